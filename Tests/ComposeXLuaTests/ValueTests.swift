import Testing

@testable import ComposeXLua

@Suite struct ValueTests {
  @Test(arguments: [
    ("return", "nil"), ("return nil", "nil"), ("return true", "true"), ("return 7", "7"),
    ("return 10/2", "5.0"), ("return 10//2", "5"), ("return math.mininteger", "\(Int.min)"),
    ("return 'grün'", "\"grün\""), ("return ''", "\"\""), ("return 'a', 'b'", "\"a\""),
    ("return {}", "{}"), ("return {1, 2, 3}", "{1, 2, 3}"), ("return {b=1, a=2, B=3}", "{B=3, a=2, b=1}"),
    ("return {1, x={y={2}}, 'z'}", "{1, \"z\", x={y={2}}}"), ("return {[1.0]='a', [2]='b'}", "{\"a\", \"b\"}"),
    ("return {[3]='c', [2]='b', [1]='a'}", "{\"a\", \"b\", \"c\"}"),
    ("return function() end", "<function>"), ("return {f=print}", "{f=<function>}"),
    ("local t = {} ; return {t, t}", "{{}, {}}"),
    ("return ('x'):rep(50)", "\"" + String(repeating: "x", count: 50) + "\""),
  ])
  func fromLua(source: String, expected: String) throws {
    #expect(text(try run(source)) == expected)
  }

  @Test(arguments: [
    ("return '\\xff'", "not valid UTF-8"), ("return {['\\xff']=1}", "key is not valid UTF-8"),
    ("return {a={b={'\\xff'}}}", "(at .a.b[1])"),
    ("local t = {} t.t = t return t", "contains itself"), ("return {[0]=1}", "has the key 0"),
    ("return {[-3]=1}", "has the key -3"), ("return {[1.5]=1}", "has the key 1.5"),
    ("return {[true]=1}", "has the key true"), ("return {[{}]=1}", "has a table as a key"),
    ("return {1, 2, nil, 4}", "no item 3, but an item 4"), ("return {[2]=1}", "no item 1, but an item 2"),
    ("local t = {} for i = 1, 60 do t = {t, t} end return t", "MiB of memory"),
    ("local t = {} for i = 1, 200 do t = {t} end return t", "more than 100 deep"),
  ])
  func refusedFromLua(source: String, expected: String) throws {
    let failure = try #require(fails(source, in: LuaHost(limits: LuaLimits(memory: 16 << 20))))
    #expect(failure.message.contains(expected), "\(failure)")
    #expect(failure.chunk == "test.lua")
  }

  @Test func toLuaAndBack() throws {
    let host = LuaHost()
    let same = try #require(try run("return function(x) return x end", in: host).function)
    let table = LuaTable(
      items: [.integer(1), .nil, .boolean(false)], fields: [("k", .table(LuaTable(items: [.string("é")])))])
    for value: LuaValue in [
      .nil, .boolean(true), .boolean(false), .integer(.min), .number(0.1), .string("a\0b"), .string(""),
      .string(String(repeating: "ü", count: 3000)), .object(Record()), .reference(same), .table(LuaTable()),
    ] {
      #expect(text(try host.call(same, [value])) == text(value))
    }
    let count = try #require(try run("return function(t) return #t, t[3], t.k[1] end", in: host).function)
    #expect(try host.call(count, [.table(table)]).integer == 3)
  }

  @Test func deepTablesAreRefusedOnTheWayIn() throws {
    let host = LuaHost(limits: LuaLimits(depth: 5))
    let same = try #require(try run("return function(x) return x end", in: host).function)
    var table = LuaTable()
    for _ in 0..<5 { table = LuaTable(items: [.table(table)]) }
    #expect { try host.call(same, [.table(table)]) } throws: {
      ($0 as? LuaFailure)?.message.contains("more than 5 deep") == true
    }
  }

  @Test func liveTables() throws {
    let host = LuaHost()
    let chunk = try host.load("return {1, {2}, name = 'x', go = function() return 42 end}", name: "m.lua")
    let table = try #require(try host.callLive(chunk).reference)
    #expect(!table.isFunction)
    let contents = try host.contents(of: table)
    #expect(text(.table(contents)) == "{1, <table>, go=<function>, name=\"x\"}")
    #expect(try host.call(try #require(contents["go"]?.function)).integer == 42)
    let change = try #require(try run("return function(t) t.name = 'y' end", in: host).function)
    _ = try host.call(change, [.reference(table)])
    #expect(try host.contents(of: table)["name"]?.string == "y")
  }

  @Test func whatAFunctionAnswersWithIsThereWhenLuaReadsIt() throws {
    let host = LuaHost()
    let table = host.function("table") { call in
      guard case .reference(let make) = try call.live(1) else { return .nil }
      return try call.host.callLive(make)
    }
    let source = "local t, u = table(function() return {7} end), table(function() return {8} end) return t[1] + u[1]"
    #expect(try run(source, in: host, globals: [("table", table)]).integer == 15)
  }

  @Test func deepCopiesOfLiveTables() throws {
    let host = LuaHost()
    let table = try #require(try host.callLive(host.load("return {a = {1, {2}}}", name: "m.lua")).reference)
    #expect(text(.table(try host.copy(of: table))) == "{a={1, {2}}}")
  }

  @Test func functionsKnowWhereTheyWereDefined() throws {
    let host = LuaHost()
    let function = try #require(try run("\n\nreturn function()\nend", in: host, name: "lua/task/service.lua").function)
    #expect(function.definedAt?.chunk == "lua/task/service.lua")
    #expect(function.definedAt?.line == 3)
    #expect(try run("return print", in: host).function?.definedAt == nil)
  }

  @Test func valuesOfAnotherHostAreRefused() throws {
    let one = LuaHost(), other = LuaHost()
    let function = try one.load("return 1", name: "a.lua")
    #expect { try other.call(function) } throws: { "\($0)".contains("another host") }
  }

  @Test func referencesMayOutliveTheHost() throws {
    var host: LuaHost? = LuaHost()
    let function = try #require(try host?.load("return 1", name: "a.lua"))
    host = nil
    #expect(function.isFunction)
  }
}
