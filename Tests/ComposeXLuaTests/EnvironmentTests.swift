import Testing

@testable import ComposeXLua

@Suite struct EnvironmentTests {
  /// What one script does to its library, none sees but itself.
  @Test(arguments: [
    "string.upper = nil", "string.format = function() return 'evil' end", "table.concat = print", "math.pi = 3",
    "rawset(string, 'upper', nil)",
    "for k in pairs(string) do string[k] = nil end", "setmetatable(string, {__index = function() return 'evil' end})",
    "rawset(_ENV, 'tostring', print)", "pcall(function() getmetatable('').__index = {} end)",
    "pcall(function() getmetatable('').upper = print end)", "pcall(rawset, getmetatable(''), '__index', {})",
    "utf8.char = nil",
    "pcall(setmetatable, '', {})", "local _ENV = {} x = 1", "pcall(function() tostring = print end)",
    "setmetatable(table, {__newindex = error})",
    "shared = nil", "pcall(function() getmetatable(_ENV).__index = nil end)", "setmetatable(math, {__metatable = 1})",
  ])
  func scriptsDoNotSeeEachOther(source: String) throws {
    let host = LuaHost()
    let before = try host.load(EnvironmentTests.healthy, name: "before.lua")
    _ = try? run(source, in: host, name: "evil.lua")
    let after = try host.load(EnvironmentTests.healthy, name: "after.lua")
    for function in [before, after] { #expect(try host.call(function).string == "OK 1-2 3 ä a 3.14") }
  }

  private static let healthy = """
    return ("ok"):upper() .. " " .. table.concat({1, 2}, "-") .. " " .. #"abc" .. " " .. utf8.char(228)
      .. " " .. tostring("a") .. " " .. string.format("%.2f", math.pi)
    """

  @Test func globalsAreThoseThatWereGiven() throws {
    let host = LuaHost()
    let globals: [(String, LuaValue)] = [
      ("composex", .table(LuaTable(fields: [("version", .string("1"))]))), ("print", .string("mine")),
    ]
    #expect(try run("return composex.version .. print", in: host, globals: globals).string == "1mine")
    #expect(try #require(fails("return composex", in: host)).message == "\"composex\" is not defined")
    #expect(
      try #require(fails("return composex.version.x.y", in: host, globals: globals)).message.contains("nil value"))
    // A given global takes the place of a name that is otherwise refused.
    let require = host.function("require") { try $0[1] }
    #expect(try run("return require 'x'", in: host, globals: [("require", require)]).string == "x")
  }

  @Test func tablesGivenToTwoScriptsAreNotShared() throws {
    let host = LuaHost()
    let globals: [(String, LuaValue)] = [("config", .table(LuaTable(fields: [("a", .integer(1))])))]
    try run("config.a = 2", in: host, globals: globals)
    #expect(try run("return config.a", in: host, globals: globals).integer == 1)
  }

  @Test func chunksKeepTheirEnvironment() throws {
    let host = LuaHost()
    let one = try #require(
      try run("return function() return name end", in: host, globals: [("name", .string("one"))]).function)
    let two = try #require(
      try run("return function() return name end", in: host, globals: [("name", .string("two"))]).function)
    #expect(try host.call(one).string == "one")
    #expect(try host.call(two).string == "two")
  }

  @Test func textsMayBeginWithAMark() throws {
    #expect(try run("\u{FEFF}return 1").integer == 1)
    #expect(try run("").isNil)
    #expect(try run("-- only a comment").isNil)
  }

  /// Several hosts on several threads, each with its own limit.
  @Test func hostsDoNotMeet() async throws {
    try await withThrowingTaskGroup(of: Bool.self) { group in
      for number in 0..<6 {
        group.addTask {
          let host = LuaHost(limits: LuaLimits(seconds: number % 2 == 0 ? 0.1 : 60))
          if number % 2 == 0 {
            return fails("while true do end", in: host)?.message == "the script ran longer than 0.1 s"
          }
          return try run("local s = 0 for i = 1, 5e6 do s = s + 1 end return s", in: host).integer == 5_000_000
        }
      }
      for try await isRight in group { #expect(isRight) }
    }
  }

  /// A host that is called from a function of another host has its own time, and the outer one goes on counting.
  @Test func hostsInsideHosts() throws {
    let outer = LuaHost(limits: LuaLimits(seconds: 0.3)), inner = LuaHost(limits: LuaLimits(seconds: 0.1))
    let nested = outer.function("nested") { _ in
      fails("while true do end", in: inner).map { .string($0.message) } ?? .nil
    }
    #expect(
      try run("return nested()", in: outer, globals: [("nested", nested)]).string == "the script ran longer than 0.1 s")
    let failure = try #require(
      fails("while true do nested() end", in: outer, name: "outer.lua", globals: [("nested", nested)]))
    #expect(failure.message == "the script ran longer than 0.3 s" && failure.chunk == "outer.lua")
  }
}
