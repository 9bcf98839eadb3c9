import Testing

@testable import ComposeXLua

/// Scripts of random pieces: whatever they do, they end with a value or a failure, and the host goes on.
@Suite struct RandomScriptTests {
  @Test(arguments: 1...20)
  func scriptsNeverHarmTheHost(seed: Int) throws {
    let host = LuaHost(limits: LuaLimits(memory: 16 << 20, seconds: 0.2))
    let tally = Tally()
    var dice = Dice(UInt64(seed) &* 77)
    for _ in 0..<60 {
      var script = Script(dice: dice)
      let source = script.text()
      dice = script.dice
      do {
        let function = try host.load(source, name: "random.lua", globals: globals(host, tally))
        _ = try host.call(function, [.integer(dice.below(10)), .object(Record(tally))])
      } catch {
        #expect(!error.message.isEmpty, "\(source)")
        #expect(error.chunk == "random.lua", "\(error) of \(source)")
      }
      #expect(try run("return 1 + 1", in: host).integer == 2, "\(source)")
    }
  }

  /// Sources that are no Lua at all.
  @Test(arguments: 1...10)
  func nonsenseIsRefused(seed: Int) throws {
    let host = LuaHost()
    var dice = Dice(UInt64(seed) &* 131)
    for _ in 0..<100 {
      let bytes = (0..<dice.below(80)).map { _ in UInt8(dice.below(256)) }
      let words = (0..<dice.below(20)).map { _ in dice.pick(Script.words) }.joined(separator: " ")
      for source in [bytes, Array(words.utf8)] {
        source.withUnsafeBufferPointer { source in
          do throws(LuaFailure) { _ = try host.load(source, name: "nonsense.lua") } catch {
            #expect(error.chunk == "nonsense.lua")
          }
        }
      }
    }
    #expect(try run("return 1", in: host).integer == 1)
  }

  private func globals(_ host: LuaHost, _ tally: Tally) -> [(String, LuaValue)] {
    let call = host.function("call") { call in
      guard let function = try call.live(1).function else { throw Wrong(code: 1) }
      return try call.host.call(function, [try call[2]])
    }
    let make = host.function("make") { _ in .object(Record(tally)) }
    let fail = host.function("fail") { call in throw Wrong(code: call.count) }
    return [("call", call), ("make", make), ("fail", fail)]
  }
}

/// Writes a random script that is valid Lua most of the time.
private struct Script {
  var dice: Dice
  private var left = 40

  init(dice: Dice) { self.dice = dice }

  static let words = [
    "local", "function", "end", "if", "then", "else", "while", "do", "for", "in", "return", "repeat", "until", "goto",
    "x", "t", "=", "==", "(", ")",
    "{", "}", "[", "]", "[[", "]]", "..", "...", ",", ";", "::", "<close>", "<const>", "1", "0x", "1e", "'", "\"", "--",
    "#", "~", "not", "nil",
  ]
  private static let names = ["x", "y", "t", "f", "o"]
  private static let atoms = [
    "1", "0", "-1", "2.5", "1e300", "'text'", "''", "nil", "true", "{}", "{1, 2, 3}", "{a = 1}", "x", "y", "t", "f",
    "o", "make()", "math.maxinteger",
    "0/0", "'\\xff'", "('ab'):rep(100)", "...", "function(a) return a end",
  ]
  private static let functions = [
    "call", "make", "fail", "pcall", "xpcall", "error", "tostring", "tonumber", "type", "pairs", "ipairs", "next",
    "select", "setmetatable",
    "getmetatable", "rawset", "rawget", "rawlen", "rawequal", "assert", "print", "string.rep", "string.find",
    "string.gsub", "string.format", "string.byte",
    "string.gmatch", "table.insert", "table.remove", "table.sort", "table.concat", "table.move", "table.unpack",
    "table.pack", "math.floor", "utf8.char", "utf8.len",
  ]

  mutating func text() -> String {
    left = 40
    return "local a, o = ... local x, y, t, f = 1, 'y', {3, 1, 2, k = 'v'}, function(...) return ... end\n" + block()
  }

  private mutating func block() -> String {
    var lines = ""
    for _ in 0...dice.below(4) where left > 0 { lines += statement() + "\n" }
    return lines
  }

  private mutating func statement() -> String {
    left -= 1
    switch dice.below(12) {
    case 0: return "local \(dice.pick(Script.names)) = \(expression())"
    case 1, 2: return "\(dice.pick(Script.names)) = \(expression())"
    case 3: return "t[\(expression())] = \(expression())"
    case 4: return "o.\(dice.pick(Script.names)) = \(expression())"
    case 5: return "if \(expression()) then \(block()) else \(block()) end"
    case 6: return "for i = 1, \(dice.below(50)) do \(block()) end"
    case 7: return "for k, v in pairs(\(dice.pick(["t", "o", expression()]))) do \(block()) end"
    case 8: return "while \(dice.pick(["x", "true", "not x", "#t < 5"])) do \(block()) break end"
    case 9:
      return
        "setmetatable(t, {__\(dice.pick(["index", "newindex", "call", "eq", "len", "concat", "close", "tostring", "lt", "gc"])) = f})"
    case 10: return "f = function(...) \(block()) return \(expression()) end"
    default: return "pcall(function() \(block()) end)"
    }
  }

  private mutating func expression() -> String {
    left -= 1
    if left <= 0 { return dice.pick(Script.atoms) }
    switch dice.below(8) {
    case 0:
      return
        "(\(expression()) \(dice.pick(["+", "-", "*", "/", "//", "%", "..", "==", "<", "<=", "and", "or", "&", "<<"])) \(expression()))"
    case 1: return "(\(dice.pick(["-", "not ", "#", "~"]))\(expression()))"
    case 2, 3: return "\(dice.pick(Script.functions))(\(arguments()))"
    case 4: return "(\(expression()))[\(expression())]"
    case 5: return "{\(expression()), k = \(expression())}"
    case 6: return "f(\(arguments()))"
    default: return dice.pick(Script.atoms)
    }
  }

  private mutating func arguments() -> String {
    (0..<dice.below(4)).map { _ in expression() }.joined(separator: ", ")
  }
}
