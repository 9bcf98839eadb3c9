import Testing

@testable import ComposeXLua

/// Scripts that try to run for ever, to eat all memory, or to reach what is not theirs. Each must end with a message
/// that names it.
@Suite struct HostileTests {
  static let endless: [String] = [
    "while true do end",
    "repeat until false",
    "::top:: goto top",
    "while true do pcall(function() while true do end end) end",
    "while true do pcall(error) end",
    "xpcall(error, function() while true do end end)",
    "xpcall(function() while true do end end, function() while true do end end)",
    "while true do xpcall(error, error) end",
    "local t = setmetatable({}, {__index = function() while true do end end}) return t.x",
    "local t = setmetatable({}, {__newindex = function() while true do end end}) t.x = 1",
    "local m = {__eq = function() while true do end end} return setmetatable({}, m) == setmetatable({}, m)",
    "local m = {__lt = function() while true do end end} return setmetatable({}, m) < setmetatable({}, m)",
    "local m = {__le = function() while true do end end} return setmetatable({}, m) <= setmetatable({}, m)",
    "return setmetatable({}, {__concat = function() while true do end end}) .. 'x'",
    "return #setmetatable({}, {__len = function() while true do end end})",
    "return setmetatable({}, {__call = function() while true do end end})()",
    "return -setmetatable({}, {__unm = function() while true do end end})",
    "tostring(setmetatable({}, {__tostring = function() while true do end end}))",
    "string.format('%s', setmetatable({}, {__tostring = function() while true do end end}))",
    "print(setmetatable({}, {__tostring = function() while true do end end}))",
    "error(setmetatable({}, {__tostring = function() while true do end end}))",
    "for k in pairs(setmetatable({}, {__pairs = function() while true do end end})) do end",
    "for k in pairs(setmetatable({}, {__pairs = function() return function() return 1 end end})) do end",
    "local c <close> = setmetatable({}, {__close = function() while true do end end})",
    "do local c <close> = setmetatable({}, {__close = function() while true do end end}) error('x') end",
    "for i = 1, 100 do local c <close> = setmetatable({}, {__close = function() while true do end end}) end",
    "table.sort({1, 2, 3}, function() while true do end end)",
    "table.sort({3, 1, 2}, function() return pcall(function() while true do end end) end)",
    "local t = {} for i = 1, 20000 do t[i] = 1 end while true do table.sort(t, rawequal) end",
    "('x'):gsub('.', function() while true do end end)",
    "('x'):gsub('.', setmetatable({}, {__index = function() while true do end end}))",
    "local s = ('a'):rep(100000) return s:find('^.-.-.-b')",
    "local s = ('a'):rep(100000) return s:match(('.-'):rep(6) .. 'b')",
    "local s = ('a'):rep(100000) return s:gsub('.-.-.-b', '', 1)",
    "for _ in (('a'):rep(100000)):gmatch('.*.*.*b') do end",
    "local s = ('('):rep(100000) return s:find('%b().-%b()')",
    "while true do ('x'):rep(1e6) end",
    "local s = ('x'):rep(2e7) while true do local _ = s .. s == s .. 'x' end",
    "while true do ('%99.99f'):format(1e300) end",
    "table.move({}, 1, 1e18, 2)",
    "table.move({}, -1e15, 1e15, 1e16)",
    "for i in ipairs(setmetatable({}, {__index = function(_, i) return i end})) do end",
    "local t = setmetatable({}, {__index = rawlen}) while true do rawget(t, 1) end",
    "local function f() return f() end return f()",
    "while true do local ok = pcall(string.rep, 'x', -1) end",
    "local t = {} for i = 1, 100000 do t['k' .. i] = i end while true do for k in pairs(t) do break end end",
    "local t = {} for i = 1, 50000 do t['k' .. i] = i end local k repeat k = next(t, k) until false",
    "while true do r.x = {1, 2, 3} end",
    "while true do local _ = r.x end",
    "while true do pcall(fail) end",
    "call(function() while true do end end)",
    "while true do pcall(call, function() while true do end end) end",
    "call(function() call(function() call(function() while true do end end) end) end)",
    "while true do swallow(function() while true do end end) end",
    "while true do utf8.len(('ü'):rep(1000)) end",
  ]

  @Test(arguments: endless)
  func endlessScriptsEnd(source: String) throws {
    let host = LuaHost(limits: LuaLimits(memory: 256 << 20, seconds: 0.2))
    let failure = try #require(fails("\n" + source, in: host, name: "tags.lua", globals: globals(host)))
    #expect(failure.message == "the script ran longer than 0.2 s", "\(failure)")
    #expect(failure.chunk == "tags.lua" && failure.line == 2, "\(failure)")
    // The next call has its whole time again.
    #expect(try run("local s = 0 for i = 1, 1e5 do s = s + i end return s", in: host).integer == 5_000_050_000)
  }

  private func globals(_ host: LuaHost) -> [(String, LuaValue)] {
    [
      ("r", .object(Record())),
      ("fail", host.function("fail") { _ in throw Wrong(code: 1) }),
      ("call", host.function("call") { call in try host.call(try #require(try call[1].function)) }),
      // A Swift function that catches what it should let pass.
      (
        "swallow",
        host.function("swallow") { call in
          do { return try host.call(try #require(try call[1].function)) } catch { return .nil }
        }
      ),
    ]
  }

  static let hungry: [String] = [
    "('x'):rep(1e10)", "('x'):rep(1e18)", "local s = 'x' while true do s = s .. s end",
    "local t = {} while true do t[#t + 1] = {} end", "local t = {} while true do t = {t} end",
    "local t = {} for i = 1, 1e9 do t[i] = i end", "local t = {} for i = 1, 1e9 do t['k' .. i] = true end",
    "return table.concat({('x'):rep(3e7), ('y'):rep(3e7)})", "return (('x'):rep(3e7)):gsub('x', 'yyyy')",
    "return (('x'):rep(4e7)):upper():lower():reverse() .. 'x'",
    "local t = {} for i = 1, 1e7 do t[i] = i end return table.pack(table.unpack(t))",
    "local f = {} for i = 1, 1e9 do f[i] = function() return i end end", "while true do eat() end",
    "local t = {} for i = 1, 1e8 do t[i] = make() end",
  ]

  @Test(arguments: hungry)
  func hungryScriptsEndAtTheCap(source: String) throws {
    let host = LuaHost(limits: LuaLimits(memory: 64 << 20))
    let failure = try #require(
      fails(
        "\n" + source, in: host, name: "tags.lua",
        globals: [
          (
            "eat",
            host.function("eat") { _ in
              try host.charge(1 << 20)
              return .nil
            }
          ),
          ("make", host.function("make") { _ in .object(Record()) }),
        ]))
    let isTold = ["needs more than 64 MiB of memory", "too large", "too many results"].contains {
      failure.message.contains($0)
    }
    #expect(isTold, "\(failure)")
    #expect(failure.chunk == "tags.lua" && failure.line == 2, "\(failure)")
    try host.charge(-(1 << 30))
    #expect(try run("local t = {} for i = 1, 1e5 do t[i] = i end return #t", in: host).integer == 100_000)
  }

  static let deep: [(String, String)] = [
    ("local function f() return 1 + f() end return f()", "stack overflow"),
    ("local function f() return (pcall(f)) and f() end return pcall(f)", ""),
    ("local t = setmetatable({}, {}) getmetatable(t).__index = t return t.x", "loop"),
    ("local m = {} m.__index = function(t, k) return t[k] end return setmetatable({}, m).x", "overflow"),
    ("local m = {} m.__tostring = function(t) return tostring(t) end return tostring(setmetatable({}, m))", "overflow"),
    ("local function f(s) return s:gsub('.', f) end return f('x')", "overflow"),
    ("return ('x'):rep(300):match(('(x)'):rep(40))", "too many captures"),
    ("return ('x'):rep(300):match(('x?'):rep(300) .. ('x'):rep(300))", "too complex"),
    ("local function f() return call(f) end return f()", "overflow"),
    ("local function f() return table.sort({2, 1}, f) end return f()", "overflow"),
  ]

  @Test(arguments: deep)
  func deepScriptsEnd(source: String, expected: String) throws {
    let host = LuaHost(limits: LuaLimits(memory: 256 << 20, seconds: 5))
    let call = host.function("call") { call in try host.call(try #require(try call[1].function)) }
    let failure = fails(source, in: host, globals: [("call", call)])
    if !expected.isEmpty { #expect(try #require(failure).message.contains(expected), "\(failure!)") }
    #expect(try run("return 1", in: host).integer == 1)
  }

  @Test func deepSyntaxEnds() throws {
    for source in [
      "return " + String(repeating: "(", count: 100_000), "return " + String(repeating: "{", count: 100_000),
      "return " + String(repeating: "- ", count: 100_000) + "1", String(repeating: "do ", count: 100_000),
      "return " + String(repeating: "function() return ", count: 1000),
      "return " + String(repeating: "a.", count: 100_000),
      "return '" + String(repeating: "x", count: 1_000_000), "--[[" + String(repeating: "=", count: 1_000_000),
    ] {
      let failure = try #require(fails(source, name: "deep.lua"))
      #expect(failure.chunk == "deep.lua", "\(failure.message.prefix(100))")
    }
  }

  static let forbidden: [(String, String)] = [
    ("io.open('/etc/passwd')", "io is not available"), ("return os.getenv('HOME')", "os is not available"),
    ("debug.getinfo(1)", "debug is not available"), ("package.loadlib('x', 'y')", "package is not available"),
    ("require 'x'", "require is not available"), ("load('return 1')", "load is not available"),
    ("loadstring('x')", "loadstring is not available"), ("dofile('x')", "dofile is not available"),
    ("loadfile('x')", "loadfile is not available"), ("collectgarbage()", "collectgarbage is not available"),
    ("coroutine.wrap(print)", "coroutine is not available"), ("string.dump(print)", "string.dump is not available"),
    ("('x').dump(print)", "string.dump is not available"), ("math.random()", "math.random is not available"),
    ("math.randomseed(1)", "math.randomseed is not available"), ("string.pack('i', 1)", "string.pack is not available"),
    ("getmetatable('').__index = {}", "locked"), ("return getmetatable('').__index.upper", "locked"),
    ("setmetatable({}, {__gc = print})", "__gc is not available"),
    ("setmetatable({}, {__mode = 'k'})", "__mode is not available"),
    ("setmetatable(_ENV, {})", "protected metatable"), ("getmetatable(_ENV).__index = 1", "locked"),
    ("('%p'):format({})", "%p is not available"), ("foo = 1", "\"foo\" is a global; write local foo"),
    ("print = nil", "\"print\" is a global; write local print"), ("return foo", "\"foo\" is not defined"),
    ("foo.bar = 1", "\"foo\" is not defined"), ("function foo() end", "\"foo\" is a global"),
    ("return _G", "_G is not available: write local"), ("return unpack({})", "\"unpack\" is not defined"),
    ("rawset(getmetatable(''), 'x', 1)", "table expected"), ("setmetatable(getmetatable(''), nil)", "table expected"),
  ]

  @Test(arguments: forbidden)
  func whatIsNotThereIsTold(source: String, expected: String) throws {
    let failure = try #require(fails("\n\n" + source, name: "tags.lua"))
    #expect(failure.message.contains(expected), "\(failure)")
    #expect(failure.chunk == "tags.lua" && failure.line == 3)
  }

  @Test func bytecodeIsRefused() throws {
    let failure = try #require(fails("\u{1B}Lua", name: "evil.lua"))
    #expect(failure.message.contains("bytecode") && failure.chunk == "evil.lua")
    #expect(fails("\u{FEFF}\u{1B}Lua", name: "evil.lua") != nil)
  }
}
