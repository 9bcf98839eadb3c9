import ComposeXLua
import Glibc

/// An object with two fields and a child, as cheap as an object can be: what is measured is the crossing.
private final class Box: LuaObject {
  var number = 1
  var text = "text"
  var child: Box?

  var luaTypeName: String { "box" }

  func luaGet(_ key: LuaValue, _ call: LuaCall) -> LuaValue {
    guard case .string(let key) = key else { return .nil }
    switch key {
    case "number": return .integer(number)
    case "text": return .string(text)
    case "child": return child.map { .object($0) } ?? .nil
    default: return .nil
    }
  }

  func luaSet(_ key: LuaValue, _ value: LuaValue, _ call: LuaCall) {
    if case .integer(let value) = value { number = value }
    if case .string(let value) = value { text = value }
  }
}

/// Prints nanoseconds per operation, the best of several rounds.
func measure() {
  let host = LuaHost(limits: LuaLimits(seconds: 600))
  let box = Box()
  box.child = Box()
  let globals: [(String, LuaValue)] = [
    ("box", .object(box)), ("nothing", host.function("nothing") { _ in .nil }),
    ("one", host.function("one") { try $0[1] }), ("line", host.function("line") { .integer($0.caller()?.line ?? 0) }),
    ("fail", host.function("fail") { _ in throw LuaFailure("no") }),
  ]
  let count = 200_000
  for operation in [
    "local _ = 1", "local _ = b.number", "local _ = b.text", "local _ = b.child", "local _ = b.missing", "b.number = i",
    "b.text = 'x'",
    "b.list = {1, 2, 3}", "nothing()", "one(i)", "one('text')", "one({a = 1})", "line()", "pcall(fail)", "pcall(error)",
    "for k, v in pairs(t) do end", "local _ = s:find('^%s*(.-)%s*$')", "local _ = s:gsub('o', '0')",
    "local _ = ('%s-%d'):format('a', i)",
  ] {
    let source = """
      local b <const>, nothing <const>, one <const>, line <const>, fail <const> = box, nothing, one, line, fail
      local t, s = {a = 1, b = 2, c = 3, d = 4, e = 5}, '  hello world of foo  '
      for i = 1, \(count) do \(operation) end
      """
    do {
      let function = try host.load(source, name: "measure.lua", globals: globals)
      var best = Int.max
      for _ in 0..<5 {
        let start = now()
        _ = try host.call(function)
        best = min(best, now() - start)
      }
      print("\(best / count) ns  \(operation)")
    } catch {
      print("\(operation): \(error)")
    }
  }
  measureCalls(host, count)
  measureLoads()
}

private func measureLoads() {
  do {
    let start = now()
    let host = LuaHost()
    let opened = now()
    for _ in 0..<1000 { _ = try host.load("return 1", name: "f.lua") }
    print("\(opened - start) ns  a host")
    print("\((now() - opened) / 1000) ns  load of a short text")
  } catch {
    print("load: \(error)")
  }
}

private func measureCalls(_ host: LuaHost, _ count: Int) {
  do {
    guard let function = try host.call(host.load("return function(x) return x end", name: "f.lua")).function else {
      return
    }
    let start = now()
    for i in 0..<count { _ = try host.call(function, [.integer(i)]) }
    print("\((now() - start) / count) ns  call from Swift")
  } catch {
    print("call: \(error)")
  }
}

private func now() -> Int {
  var time = timespec()
  clock_gettime(CLOCK_MONOTONIC, &time)
  return time.tv_sec * 1_000_000_000 + time.tv_nsec
}
