import Testing

@testable import ComposeXLua

/// Plain replacement, as Foundation has it.
extension String {
  fileprivate func replacing(_ old: String, with new: String) -> String {
    var rest = self[...]
    var result = ""
    while let found = rest.firstRange(of: old) {
      result += rest[..<found.lowerBound] + new
      rest = rest[found.upperBound...]
    }
    return result + rest
  }
}

/// The host's library against Lua's own: same input, same result, same error.
@Suite struct LibraryTests {
  /// Writes what a function returned, or its error, as a line.
  static let prelude = """
    local lines = {}
    local function show(v)
      -- A match may be half a character.
      local function escape(c) return "\\\\" .. c:byte() end
      if type(v) == "string" then return (("%q"):format(v):gsub("\\\\\\n", "\\\\n"):gsub("[^ -~]", escape)) end
      return tostring(v)
    end
    local function note(...)
      local parts = {}
      for i = 1, select("#", ...) do parts[i] = show((select(i, ...))) end
      lines[#lines + 1] = table.concat(parts, " ")
    end
    local function try(f, ...) note(pcall(f, ...)) end

    """

  /// Runs a body of `try` and `note` in both and compares line by line.
  private func compare(_ body: String) throws {
    let source = LibraryTests.prelude + body + "\nreturn table.concat(lines, '\\n')"
    // Lua 5.4.4 blames the table for a wrong position; later versions and the host blame the position.
    let stock = StockLua.run(source).replacing("#1 to 'table.remove' (position", with: "#2 to 'table.remove' (position")
      .split(separator: "\n", omittingEmptySubsequences: false)
    let own = text(in: try run(source)).split(separator: "\n", omittingEmptySubsequences: false)
    #expect(stock.count == own.count)
    for (expected, found) in zip(stock, own) where expected != found {
      Issue.record("Lua: \(expected)\nhost: \(found)")
    }
  }

  private func text(in value: LuaValue) -> String { value.string ?? "not a string" }

  static let cases: [String] = [
    // find and match
    "try(string.find, 'hello', 'l') try(string.find, 'hello', 'l', -1) try(string.find, 'hello', '', 10) try(string.find, 'hello', '', 6)",
    "try(string.find, 'a.b', '.', 1, true) try(string.find, 'a.b', '.', 2) try(string.find, 'a\\0b', '\\0') try(string.find, 'a+b', '+', 1, true)",
    "try(string.find, 'key = value', '^(%w+)%s*=%s*(%w+)$') try(string.match, '2024-01-31', '(%d+)-(%d+)-(%d+)') try(string.match, 'x', '()')",
    "try(string.match, 'hello', '()ll()') try(string.find, 'abc', 'b', math.mininteger) try(string.find, 'abc', 'b', math.maxinteger)",
    "try(string.match, '  trim  ', '^%s*(.-)%s*$') try(string.match, 'THE (quick) fox', '%((%a+)%)') try(string.find, 'f(a(b)c)d', '%b()')",
    "try(string.gsub, 'THE (quick) fox', '%f[%a]%a+', string.lower) try(string.find, 'abab', '(ab)%1') try(string.match, 'x=[[y]]', '%[(%[?)')",
    "try(string.find, 'x', '[') try(string.find, 'x', '%') try(string.find, 'x', '(') try(string.find, 'x', ')') try(string.find, 'x', '%1')",
    "try(string.find, 'x', '[%') try(string.find, 'x', '[^') try(string.find, 'x', '%f') try(string.find, 'x', '%b') try(string.find, 'x', '[]')",
    "try(string.find, ']', '[]]') try(string.find, 'b', '[^]a]') try(string.find, '-', '[a-]') try(string.find, 'a', '[%a-z]') try(string.find, '-', '[%a-z]')",
    "try(string.match, ('x'):rep(40), ('(x)'):rep(33)) try(string.find) try(string.find, {}) try(string.find, 'x', 'x', {}) try(string.match, 12, '%d')",
    // gmatch
    "for k, v in ('a=1, b=2'):gmatch('(%w+)=(%w+)') do note(k, v) end for w in ('one two'):gmatch('%a+') do note(w) end",
    "for p in ('abc'):gmatch('()') do note(p) end for w in ('abc'):gmatch('', 2) do note(w) end for w in ('abc'):gmatch('%a', -2) do note(w) end",
    "for w in ('abc'):gmatch('^a') do note(w) end for w in ('a-b'):gmatch('.-') do note(w) end note(pcall(string.gmatch, 'x', {}))",
    "for w in ('abc'):gmatch('b', 10) do note(w) end for w in ('abc'):gmatch('', 4) do note(w) end for w in ('abc'):gmatch('', 5) do note(w) end",
    // gsub
    "try(string.gsub, 'hello world', 'o', '0') try(string.gsub, 'hello world', 'o', '0', 1) try(string.gsub, 'hello', '', '-') try(string.gsub, 'abc', '%w', '%0%0')",
    "try(string.gsub, 'hello world', '(%w+) (%w+)', '%2 %1') try(string.gsub, 'abc', 'b', '%%') try(string.gsub, 'abc', 'b', '%') try(string.gsub, 'abc', 'b', '%9')",
    "try(string.gsub, '$name is $x', '%$(%w+)', {name = 'lua'}) try(string.gsub, 'abc', '.', {a = 1, b = 2.5, c = false})",
    "try(string.gsub, 'abc', '(.)', function(c) if c == 'b' then return c:upper() end end) try(string.gsub, 'abc', '.', function() return {} end)",
    "try(string.gsub, 'abc', '.', 7) try(string.gsub, 'abc', '^a', 'x') try(string.gsub, 'aaa', '^a', 'x') try(string.gsub, 'abc', '.', true)",
    "try(string.gsub, 'abc', '.', '', -1) try(string.gsub, 'abc', '.', '', 0) try(string.gsub, 'abc def', '%f[%w]%w+', '<%0>') try(string.gsub, 'a,b,,c', ',', ';')",
    "try(string.gsub, 'abc', '()', '%1') try(string.gsub, 'x y', '%s*', '-') try(string.gsub, 'abc', 'b*', 'x') try(string.gsub, 'abc', '.', function(...) return select('#', ...) end)",
    "try(string.gsub, 'abc', 'b', setmetatable({}, {__index = function(_, k) return k .. k end})) try(string.gsub, 'abc', 'b', function() error('inside', 0) end)",
    // rep, format and the rest
    "try(string.rep, 'ab', 3) try(string.rep, 'ab', 3, ', ') try(string.rep, 'ab', 0) try(string.rep, 'ab', -1) try(string.rep, '', 5, '-') try(string.rep, 'x', 1, 'y')",
    "try(string.rep) try(string.rep, 'x') try(string.rep, 'x', 1.5) try(string.rep, 'x', '3') try(string.rep, '', 1e6)",
    "try(string.format, '%5d|%-5d|%05d|%+d|%x|%X|%o|%c', 42, 42, 42, 42, 255, 255, 8, 65) try(string.format, '%5.2f|%g|%e|%a', 3.14159, 1e20, 1.5, 1)",
    "try(string.format, '%s|%10s|%-10s|%.2s', 'abc', 'abc', 'abc', 'abc') try(string.format, '%q', 'a\\n\"b\\0') try(string.format, '%i', 3.0) try(string.format, '%d', 3.5)",
    "try(string.format, '%s %s', 1, nil) try(string.format, '%s') try(string.format, '%d', 'x') try(string.format, '%') try(string.format, '%y', 1) try(string.format, '%100d', 1)",
    "try(string.format, '%%') try(string.format, '%5%', 1) try(string.format, '%s', setmetatable({}, {__tostring = function() return 'own' end})) try(string.format, '%.20s', ('x'):rep(200))",
    "try(string.format, '%s', setmetatable({}, {__tostring = function() return 1 end})) try(string.format, '%q', 1/3) try(string.format, '%q', {}) try(string.format, true)",
    "try(string.byte, 'abc', 1, -1) try(string.char, 72, 105) try(string.len, 'a\\0b') try(string.lower, 'ABC') try(string.upper, 'abc') try(string.reverse, 'abc') try(string.sub, 'hello', -3)",
    "note(('x'):upper(), #'abc', ('%d'):format(7), '10' + 1, '3' * '4', 10 .. 20) try(function() return ('x') + 1 end) try(function() return ('x').y.z end)",
    // table
    "local t = {1, 2, 3} table.insert(t, 4) table.insert(t, 1, 0) note(table.concat(t, ',')) try(table.insert, t, 9, 1) try(table.insert, t, 0, 1) try(table.insert, t) try(table.insert, t, 1, 2, 3)",
    "local t = {1, 2, 3} note(table.remove(t), table.remove(t, 1), #t, table.remove(t, 2), #t) note(table.remove(t), table.remove(t), table.remove(t, 0), table.remove(t, 1)) try(table.remove, t, 5) try(table.remove, {1, 2}, 4)",
    "note(table.concat({}), table.concat({1, 'a', 2.5}), table.concat({1, 2, 3}, ', ', 2), table.concat({1, 2, 3}, '-', 2, 3), table.concat({1, 2}, ',', 3)) try(table.concat, {1, {}, 3} and {}, ',', 1, 0)",
    "note(table.unpack({1, 2, 3})) note(table.unpack({1, 2, 3}, 2)) note(table.unpack({1, nil, 3}, 1, 3)) note(table.unpack({}, 1, 2)) try(table.unpack, {}, 1, 1e8) try(table.unpack, {}, math.mininteger, math.maxinteger)",
    "local p = table.pack(1, nil, 3) note(p.n, p[1], p[2], p[3]) note(table.pack().n)",
    "local t = table.move({1, 2, 3}, 1, 3, 2) note(table.unpack(t)) t = table.move({1, 2, 3}, 2, 3, 1) note(table.unpack(t)) note(table.unpack(table.move({1, 2, 3}, 1, 3, 1, {}))) note(#table.move({1}, 1, 0, 5))",
    "try(table.move, {}, 1, math.maxinteger, 2) try(table.move, {}, -1, math.maxinteger, 2) try(table.move, {}, 1, 2) try(table.move, 1, 1, 2, 3)",
    "local t = {5, 2, 8, 1} table.sort(t) note(table.concat(t, ' ')) table.sort(t, function(a, b) return a > b end) note(table.concat(t, ' ')) t = {'b', 'a', 'C'} table.sort(t) note(table.concat(t))",
    "try(table.sort, {1, 'a'}) try(table.sort, {1, 2}, 3) try(table.sort, {{}, {}}) try(table.sort, {3, 1}, function() error('no', 0) end) try(table.sort, nil)",
    // base
    "note(pcall(error, 'x', 0)) note(pcall(error, nil)) note(pcall(error)) note(select('#')) note(select(2, 1, 2, 3)) note(select(-1, 1, 2)) try(select, 0)",
    "note(xpcall(function(...) return ... end, print, 1, 2)) note(xpcall(error, function(e) return e .. '!' end, 'x')) note(xpcall(function() return end, print)) try(xpcall, print) try(xpcall, error, 1)",
    "note(rawequal('a', 'a'), rawlen({1, 2}), rawlen('abc'), rawget({5}, 1)) note(rawset({}, 1, 2)[1]) try(rawlen, 5) try(rawget, 1, 2)",
    "note(tostring(1), tostring(1.0), tostring(-0.0), tostring(1e100), tostring(nil), tostring(true), tostring(2^63), tostring(math.mininteger)) try(tostring)",
    "note(tonumber('0x10'), tonumber('  12  '), tonumber('1e1'), tonumber('z', 36), tonumber(''), tonumber('1 2'), tonumber('0x1p4'), tonumber(nil)) try(tonumber) try(tonumber, '1', 99)",
    "note(tostring(setmetatable({}, {__tostring = function() return 'own' end}))) try(tostring, setmetatable({}, {__tostring = function() return {} end}))",
    "note(getmetatable({}), getmetatable(setmetatable({}, {__metatable = 'mine'})), pcall(setmetatable, setmetatable({}, {__metatable = 1}), {})) try(setmetatable, 1, {}) try(setmetatable, {}) try(setmetatable, {}, 1)",
    "for i, v in ipairs({1, 2, nil, 4}) do note(i, v) end for i, v in ipairs(setmetatable({}, {__index = function(_, i) if i < 4 then return i * 2 end end})) do note(i, v) end try(ipairs) try(pairs) try(next, 1)",
    "for k, v in pairs(setmetatable({}, {__pairs = function(t) return function(_, k) if not k then return 1, 2 end end, t, nil end})) do note(k, v) end note(next({})) note(next({5})) note(next({5}, 1))",
    "note(math.floor(1.5), math.ceil(1.5), math.max(1, 2.5), math.type(1), math.type(1.0), math.tointeger(3.0), math.huge, -math.huge, math.pi, 7 // 2, 7 % -3, 7.5 // 2, 1 << 62, 3 | 4, ~0)",
    "note(utf8.char(228, 8364), utf8.len('äö'), utf8.codepoint('ä', 1), utf8.offset('äö', 2)) for p, c in utf8.codes('aä') do note(p, c) end note(utf8.len('\\xff'))",
    "note(assert(1, 2)) try(assert, false, 'msg') try(assert, nil) try(assert) note(type(nil), type(print), type({})) try(type) note(_VERSION)",
  ]

  @Test(arguments: cases)
  func functionsBehaveAsInTheManual(body: String) throws { try compare(body) }

  // MARK: - Random input

  static let pieces = [
    "a", "b", ".", "%a", "%d", "%s", "%W", "%.", "[ab]", "[^a]", "[a-c]", "[%w_]", "[]]", "[^]]", "*", "+", "-", "?",
    "^", "$", "(", ")", "()", "(a*)",
    "(.-)", "%1", "%2", "%b()", "%bab", "%f[a]", "%f[%A]", "%", "[", "]", "%%", "c", "(", ")", "x",
  ]

  @Test(arguments: 1...12)
  func patternsMatchAsInLua(seed: Int) throws {
    var dice = Dice(UInt64(seed))
    var body = ""
    for _ in 0..<150 {
      let pattern = literal((0...dice.below(7)).map { _ in dice.pick(LibraryTests.pieces) }.joined())
      let subject = literal(
        (0..<dice.below(12)).map { _ in dice.pick(["a", "b", "c", "(", ")", " ", "1", "]", "x", "%", "é", "\0"]) }
          .joined())
      let start = dice.pick(["1", "1", "2", "-1", "-3", "20", "0"])
      let replacement = literal(dice.pick(["<%0>", "%1", "%2%1", "", "x", "%%", "%"]))
      body += """
        try(string.find, \(subject), \(pattern), \(start))
        try(string.match, \(subject), \(pattern), \(start))
        try(string.gsub, \(subject), \(pattern), \(replacement))
        try(function() local n = 0 for a, b in string.gmatch(\(subject), \(pattern)) do note(a, b) n = n + 1 if n > 50 then break end end end)

        """
    }
    try compare(body)
  }

  @Test(arguments: 1...8)
  func tablesChangeAsInLua(seed: Int) throws {
    var dice = Dice(UInt64(seed) &+ 1000)
    var body = "local t, u = {}, {}\n"
    for _ in 0..<300 {
      let number = "\(dice.below(20) - 2)"
      let place = "\(dice.below(9) - 1)"
      body +=
        dice.pick([
          "try(table.insert, t, \(number))", "try(table.insert, t, \(place), \(number))", "try(table.remove, t)",
          "try(table.remove, t, \(place))",
          "try(table.concat, t, ',')", "try(table.unpack, t)", "table.sort(t)",
          "table.sort(t, function(a, b) return a > b end)",
          "t = table.pack(table.unpack(t)) t.n = nil", "table.move(t, 1, #t, \(max(1, dice.below(4))))",
          "u = table.move(t, 1, #t, 1, {}) note(#u)", "note(#t, table.concat(t, ' '))",
          "try(table.concat, t, '-', \(place), #t)", "try(table.unpack, t, \(place), 3)", "if #t > 40 then t = {} end",
        ]) + "\n"
    }
    try compare(body)
  }

  @Test(arguments: 1...6)
  func formatsAreWrittenAsInLua(seed: Int) throws {
    var dice = Dice(UInt64(seed) &+ 2000)
    var body = ""
    for _ in 0..<200 {
      let format =
        "[%" + dice.pick(["", "-", "0", "+", " ", "#", "-0"]) + dice.pick(["", "5", "12", "99", "100"])
        + dice.pick(["", ".0", ".3", ".", ".99", ".100"])
        + dice.pick(["d", "i", "s", "f", "g", "e", "x", "X", "o", "c", "q", "u", "a", "y", "%", ""]) + "]"
      let value = dice.pick([
        "1", "-7", "3.25", "1e300", "'text'", "nil", "true", "'12'", "''", "0/0", "math.mininteger", "('x'):rep(120)",
      ])
      body += "try(string.format, \(literal(format)), \(value))\n"
    }
    try compare(body)
  }

  // MARK: - What differs on purpose

  @Test func sortIsStableAndLeavesTheTableOnAnError() throws {
    let source = """
      local t = {}
      for i = 1, 500 do t[i] = {key = i % 7, at = i} end
      table.sort(t, function(a, b) return a.key < b.key end)
      for i = 2, #t do assert(t[i - 1].key < t[i].key or t[i - 1].key == t[i].key and t[i - 1].at < t[i].at) end
      local u, n = {5, 4, 3, 2, 1}, 0
      assert(not pcall(table.sort, u, function(a, b) n = n + 1 if n > 3 then error 'x' end return a < b end))
      -- A comparator that contradicts itself still ends, with the same elements.
      local v = {3, 1, 2, 5, 4}
      table.sort(v, function() return true end)
      local sum = 0
      for _, x in ipairs(v) do sum = sum + x end
      return table.concat(u, ' ') .. ' ' .. sum
      """
    #expect(try run(source).string == "5 4 3 2 1 15")
  }

  @Test(arguments: ["__index = function() end", "__newindex = function() end", "__len = function() return 1e9 end"])
  func tableFunctionsRefuseMetamethods(event: String) throws {
    for call in ["insert(t, 1)", "remove(t)", "concat(t)", "unpack(t)", "sort(t)", "move(t, 1, 2, 3)"] {
      let failure = try #require(fails("local t = setmetatable({}, {\(event)}) table.\(call)"))
      #expect(failure.message.contains("plain table expected"), "\(failure)")
    }
    #expect(
      try run("local C = {} C.__index = C local t = setmetatable({}, C) table.insert(t, 7) return t[1]").integer == 7)
  }

  /// What stands in `__name` is a script's to choose.
  @Test func namesOfTypesMayBeAnything() throws {
    var lines: [String] = []
    let host = LuaHost()
    host.print = { text, _ in lines.append(text) }
    for name in ["1", "{}", "print", "false", "'T'"] {
      try run("local t = setmetatable({}, {__name = \(name)}) print(t, ('x'):rep(2000), t, t)", in: host)
    }
    let long = String(repeating: "x", count: 2000)
    #expect(lines == ["table", "table", "table", "table", "T"].map { "\($0)\t\(long)\t\($0)\t\($0)" })
  }

  @Test func nothingPrintsAnAddress() throws {
    let source = """
      local values = {{}, print, function() end, setmetatable({}, {__name = 'Mine'}), getmetatable('')}
      local out = {}
      for _, v in ipairs(values) do
        out[#out + 1] = tostring(v)
        out[#out + 1] = string.format('%s', v)
      end
      return table.concat(out, ' ')
      """
    #expect(try run(source).string == "table table function function function function Mine Mine userdata userdata")
  }
}
