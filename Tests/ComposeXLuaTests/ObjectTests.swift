import Testing

@testable import ComposeXLua

@Suite struct ObjectTests {
  private func run(_ source: String, _ record: Record = Record(), in host: LuaHost = LuaHost()) throws -> String {
    text(try ComposeXLuaTests.run(source, in: host, globals: [("r", .object(record)), ("other", .object(Record()))]))
  }

  @Test(arguments: [
    ("r.x = 5 return r.x", "5"), ("return r.nothing", "nil"), ("r[1] = 'a' r[2.0] = 'b' return #r", "2"),
    ("r[1] = 'a' return r[1.0]", "\"a\""), ("r.t = {1, {k = 2}} return r.t", "{1, {k=2}}"),
    ("return tostring(r)", "\"record of 0\""), ("return type(r)", "\"userdata\""), ("return r(1, nil, 3)", "3"),
    ("return r .. 'x'", "\"record..x\""), ("return 'x' .. r", "\"x..record\""), ("return r == r", "true"),
    ("return r == other", "false"), ("return ({[r] = 1, [other] = 2})[r]", "1"),
    ("r.self = r return r.self == r", "true"),
    ("r.b = 1 r.a = 2 r[1] = 3 local s = '' for k, v in pairs(r) do s = s .. k .. v end return s", "\"b1a213\""),
    ("for i = 1, 3 do r[i] = i * i end local s = 0 for _, v in ipairs(r) do s = s + v end return s", "14"),
    ("table.insert(r, 'a') table.insert(r, 1, 'b') return r[1] .. r[2] .. #r", "\"ba2\""),
    ("for i = 1, 3 do r[i] = 4 - i end table.sort(r) return table.concat(r, ',')", "\"1,2,3\""),
    ("for i = 1, 3 do r[i] = i end return table.remove(r, 1) .. table.concat(r)", "\"123\""),
    ("return table.remove(r)", "nil"),
    ("r.f = function(a) return a + 1 end return r.f(2)", "3"),
    ("return string.format('%s!', r)", "\"record of 0!\""),
  ])
  func operations(source: String, expected: String) throws {
    #expect(try run(source) == expected)
  }

  @Test(arguments: [
    ("return r + 1", "attempt to perform arithmetic on a record value"),
    ("return r < other", "attempt to compare two record values"),
    ("r.refused = 1", "wrong 7"), ("getmetatable(r).__index = 1", "this metatable is locked"),
    ("setmetatable(r, {})", "table expected"), ("rawset(r, 1, 2)", "table expected"), ("return next(r)", "use pairs"),
    ("return rawget(r, 'x')", "table expected"), ("r['\\xff'] = 1", "not valid UTF-8"), ("r.x = {nil, 2}", "no item 1"),
    ("local t = {} t[1] = t r.x = t", "contains itself"),
  ])
  func refusals(source: String, expected: String) throws {
    let failure = try #require(fails(source, globals: [("r", .object(Record())), ("other", .object(Record()))]))
    #expect(failure.message.contains(expected), "\(failure)")
    #expect(failure.chunk == "test.lua" && failure.line == 1)
  }

  /// The defaults of the protocol.
  @Test(arguments: [
    ("o.x = 1", "a thing cannot be changed"), ("return #o", "a thing has no length"),
    ("pairs(o)", "nothing to go through"),
    ("o()", "cannot be called"), ("return o .. o", "cannot be joined"),
  ])
  func defaults(source: String, expected: String) throws {
    final class Thing: LuaObject {
      var luaTypeName: String { "thing" }
      func luaGet(_ key: LuaValue, _ call: LuaCall) -> LuaValue { .nil }
    }
    let failure = try #require(fails(source, globals: [("o", .object(Thing()))]))
    #expect(failure.message.contains(expected), "\(failure)")
  }

  @Test func functions() throws {
    let host = LuaHost()
    var kinds: [LuaCall.Kind] = []
    let probe = host.function("probe") { call in
      kinds = (1...call.count + 1).map { call.kind($0) }
      return .integer(call.count)
    }
    let source = "return probe(nil, true, 1, 's', {}, print, r)"
    let count = try ComposeXLuaTests.run(source, in: host, globals: [("probe", probe), ("r", .object(Record()))])
    #expect(count.integer == 7)
    #expect(kinds == [.nil, .boolean, .number, .string, .table, .function, .object, .none])
    #expect(
      text(try ComposeXLuaTests.run("return type(probe), probe == probe", in: host, globals: [("probe", probe)]))
        == "\"function\"")
  }

  @Test func argumentsThatCannotCrossNameTheirPlace() throws {
    let host = LuaHost()
    let take = host.function("take") { call in try call[2] }
    let failure = try #require(fails("take(1, {[true]=1})", in: host, globals: [("take", take)]))
    #expect(failure.message.hasPrefix("argument 2 of take: a table has the key true"))
  }

  @Test func callsCannotBeReadLater() throws {
    let host = LuaHost()
    var kept: LuaCall?
    let keep = host.function("keep") { call in
      kept = call
      return .nil
    }
    try ComposeXLuaTests.run("keep('x')", in: host, globals: [("keep", keep)])
    let call = try #require(kept)
    #expect(throws: LuaFailure.self) { try call[1] }
    #expect(call.kind(1) == .none)
  }

  @Test func callersAreFoundThroughAllFrames() throws {
    let host = LuaHost()
    var found: [String] = []
    let note = host.function("note") { call in
      for wanted in ["lib.lua", "tags.lua", "none.lua"] {
        let caller = call.caller { $0 == wanted }
        found.append(caller.map { "\($0.chunk):\($0.line)" } ?? "none")
      }
      found.append(call.caller().map { "\($0.chunk):\($0.line)" } ?? "none")
      return .nil
    }
    let lib = try #require(
      try ComposeXLuaTests.run("return function()\n  note()\nend", in: host, name: "lib.lua", globals: [("note", note)])
        .function)
    let call = host.function("through") { call in try host.call(lib) }
    try ComposeXLuaTests.run("\n\npcall(through)", in: host, name: "tags.lua", globals: [("through", call)])
    #expect(found == ["lib.lua:2", "tags.lua:3", "none", "lib.lua:2"])
  }
}
