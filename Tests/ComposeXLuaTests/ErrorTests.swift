import Testing

@testable import ComposeXLua

@Suite struct ErrorTests {
  @Test(arguments: [
    ("error('boom')", "boom", 1), ("\n\nerror('boom')", "boom", 3), ("error('boom', 0)", "boom", 1),
    ("local function f() error('boom', 2) end\n\nf()", "boom", 3),
    ("local x = nil\nreturn x.y", "attempt to index a nil value (local 'x')", 2),
    ("x =", "unexpected symbol near <eof>", 1), ("\nif", "unexpected symbol near <eof>", 2),
    ("error()", "an error without a message", 1),
    ("error({})", "an error that is a table", 1),
    ("error(setmetatable({}, {__tostring = function() return 'own' end}))", "own", 1),
    ("error(setmetatable({}, {__tostring = error}))", "an error whose text could not be made", 1),
    ("error(42)", "42", 1),
    ("error('a:1: b')", "a:1: b", 1), ("error('http://x:80: y', 0)", "http://x:80: y", 1),
    ("error('\\xff')", "\u{FFFD}", 1),
    ("local ok, e = pcall(error, 'boom') \n error(e, 0)", "boom", 2),
    ("local ok, e = pcall(function() error('boom') end)\n\nerror(e, 0)", "boom", 1),
    ("error('test.lua:7: moved', 0)", "moved", 7),
    ("string.rep()", "bad argument #1 to 'rep' (string expected, got no value)", 1),
    ("('x'):rep({})", "bad argument #1 to 'rep' (number expected, got table)", 1),
    ("print(('x'):format(1, 2)) error'e'", "e", 1),
    ("assert(false)", "assertion failed!", 1), ("assert(nil, 'told')", "told", 1),
  ])
  func scriptErrorsHaveTheirLine(source: String, message: String, line: Int) throws {
    let failure = try #require(fails(source))
    #expect(failure.message == message)
    #expect(failure.chunk == "test.lua")
    #expect(failure.line == line)
    #expect(failure.cause == nil)
  }

  @Test func longChunkNames() throws {
    let name = String(repeating: "folder/", count: 30) + "script.lua"
    #expect(try #require(fails("\nerror 'x'", name: name)).description == "\(name):2: x")
    #expect(try #require(fails("\nx =", name: name)).chunk == name)
  }

  @Test(arguments: [
    "fail()", "pcall(print) fail()", "local ok, e = pcall(fail) error(e)", "local ok, e = pcall(fail) error(e, 0)",
    "local ok, e = pcall(function() local ok, e = pcall(fail) error(e) end) error(e)",
    "local ok, e = xpcall(fail, function(e) return e end) error(e)", "through(fail)", "through(function() fail() end)",
    "local ok, e = pcall(through, function() through(fail) end) error(e)",
    "local c <close> = setmetatable({}, {__close = function(_, e) error(e) end}) fail()",
    "('x'):gsub('x', fail)", "table.sort({2, 1}, fail)", "local _ = setmetatable({}, {__index = fail}).x",
    "assert(pcall(fail))",
  ])
  func whatSwiftThrewArrivesUnchanged(source: String) throws {
    let host = LuaHost()
    let through = host.function("through") { call in try host.call(try #require(try call[1].function)) }
    let fail = host.function("fail") { _ in throw Wrong(code: 42) }
    let failure = try #require(fails("\n" + source, in: host, globals: [("fail", fail), ("through", through)]))
    #expect(failure.cause as? Wrong == Wrong(code: 42), "\(failure)")
    #expect(failure.message == "wrong 42" && failure.chunk == "test.lua" && failure.line == 2, "\(failure)")
  }

  @Test(arguments: [
    ("return tostring(e)", "\"wrong 5\""), ("return e.message", "\"wrong 5\""), ("return e.line", "1"),
    ("return e.chunk", "\"test.lua\""),
    ("return e.other", "nil"), ("return 'no: ' .. e", "\"no: wrong 5\""), ("return e .. '!'", "\"wrong 5!\""),
    ("return type(e)", "\"userdata\""),
    ("return string.format('%s', e)", "\"wrong 5\""), ("return e == e", "true"), ("return e", "<error>"),
  ])
  func errorValuesInLua(source: String, expected: String) throws {
    let host = LuaHost()
    let fail = host.function("fail") { _ in throw Wrong(code: 5) }
    #expect(text(try run("local ok, e = pcall(fail) " + source, in: host, globals: [("fail", fail)])) == expected)
  }

  @Test func failuresThrownBySwiftKeepTheirPlace() throws {
    let host = LuaHost()
    let fail = host.function("fail") { _ in throw LuaFailure("elsewhere", chunk: "other.lua", line: 9) }
    let bare = host.function("bare") { _ in throw LuaFailure("here") }
    let globals = [("fail", fail), ("bare", bare)]
    #expect(try #require(fails("fail()", in: host, globals: globals)).description == "other.lua:9: elsewhere")
    #expect(try #require(fails("\nbare()", in: host, globals: globals)).description == "test.lua:2: here")
  }

  @Test func describeChoosesTheText() throws {
    let host = LuaHost()
    host.describe = { ($0 as? Wrong).map { "code \($0.code)" } ?? "" }
    let fail = host.function("fail") { _ in throw Wrong(code: 5) }
    #expect(try #require(fails("fail()", in: host, globals: [("fail", fail)])).message == "code 5")
  }

  @Test func tracebacksOnDemand() throws {
    let host = LuaHost()
    let source = "local function inner() error('x') end\nlocal function outer() inner() end\nouter()"
    #expect(try #require(fails(source, in: host)).traceback.isEmpty)
    host.wantsTraceback = true
    let traceback = try #require(fails(source, in: host)).traceback
    #expect(traceback.contains("test.lua:2:") && traceback.contains("test.lua:3:") && !traceback.contains("0x"))
  }

  @Test func printGoesToTheHandler() throws {
    let host = LuaHost()
    var lines: [String] = []
    host.print = { text, call in lines.append("\(call.caller()?.line ?? 0) \(text)") }
    try run("print('a', 1, nil, {}, print)\nprint()", in: host)
    #expect(lines == ["1 a\t1\tnil\ttable\tfunction", "2 "])
    host.print = { _, _ in throw Wrong(code: 3) }
    #expect(try #require(fails("print(1)", in: host)).cause as? Wrong == Wrong(code: 3))
  }

  @Test func whatNestsTooDeepToCompileHasALine() {
    let failure = fails("local a = 1\nlocal b = " + String(repeating: "{", count: 300))
    #expect(failure?.message == "an expression or a block is nested too deep")
    #expect(failure?.line == 2)
  }

  @Test func longMessagesAreCut() {
    let failure = fails("error(('x'):rep(100000))")
    #expect(failure?.message.hasSuffix(" bytes)") == true)
    #expect((failure?.message.utf8.count ?? 0) < 5000)
  }

  @Test func errorsThatDescribeThemselvesBadly() {
    #expect(fails("error(setmetatable({}, {__tostring = function() return 42 end}))")?.message == "42")
    #expect(fails("error('', 0)")?.message == "an error without a message")
  }

  @Test func timeThatEndsWhileATableIsCopiedHasALine() throws {
    let host = LuaHost(limits: LuaLimits(memory: 4 << 30, seconds: 0.2))
    let take = host.function("take") { try $0[1] }
    let failure = fails(
      "local t = {1}\nfor i = 1, 60 do t = {t, t} end\ntake(t)", in: host, globals: [("take", take)])
    #expect(failure?.isOverTime == true)
    #expect(failure?.line == 3)
  }
}
