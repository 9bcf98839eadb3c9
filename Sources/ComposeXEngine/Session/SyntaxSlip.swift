/// Why a script is no Lua, as far as it can be seen: what YAML and other languages write in another way, and blocks without an end.
struct SyntaxSlip {
  var line: Int
  var column: Int
  var message: String
  var remedy: String

  /// What is wrong at a line that the compiler refused; nil when nothing better is known than what it says.
  static func find(_ message: String, at line: Int, in source: LuaSource) -> SyntaxSlip? {
    guard message.contains(" near ") else { return nil }
    let code = source.code(line)
    for rule in rules {
      guard let found = rule(code, source.text(line), message) else { continue }
      return SyntaxSlip(
        line: line, column: found.at + 1, message: found.message, remedy: found.remedy)
    }
    if let open = BlockScan(source).unclosed(before: line) {
      return SyntaxSlip(
        line: line, column: 0, message: "\(message): the \"\(open.word)\" of line \(open.line) has no end",
        remedy: "write the end of that block")
    }
    let near = message.split(separator: "near '", maxSplits: 1).last.map { Array($0.utf8.dropLast()) } ?? []
    guard let at = code.only(near) else { return nil }
    return SyntaxSlip(
      line: line, column: at + 1, message: message,
      remedy: missesComma(message)
        ? "a comma is missing before it: items and fields stand between commas" : "the file must be Lua 5.4")
  }

  private typealias Found = (at: Int, message: String, remedy: String)
  private typealias Rule = @Sendable (_ code: [UInt8], _ text: [UInt8], _ message: String) -> Found?

  /// Whether a table goes on with what looks like a further item.
  private static func missesComma(_ message: String) -> Bool {
    guard message.hasPrefix("'}' expected"),
      let near = message.split(separator: "near '", maxSplits: 1).last?.utf8.first
    else { return false }
    return LuaSource.isName(near) || near == UInt8(ascii: "{") || near == UInt8(ascii: "\"")
      || near == UInt8(ascii: "'")
  }

  private static let rules: [Rule] = [comment, operators, assignment, yamlEntry, dashedName, listDash]

  private static let comment: Rule = { code, _, _ in
    guard let first = code.firstIndex(where: { $0 != UInt8(ascii: " ") }) else { return nil }
    let rest = code[first...]
    guard rest.first == UInt8(ascii: "#") || rest.starts(with: "//".utf8) else { return nil }
    return (
      first, "a comment of Lua begins with --", "write -- in place of \(rest.first == UInt8(ascii: "#") ? "#" : "//")"
    )
  }

  private static let operators: Rule = { code, _, _ in
    let others = [
      ("!=", "~="), ("&&", "and"), ("||", "or"), ("+=", "x = x + 1"), ("-=", "x = x - 1"), ("...=", "x = x .. y"),
      ("elif ", "elseif"), ("=>", "="),
    ]
    for (other, own) in others {
      guard let at = code.first(of: Array(other.utf8)) else { continue }
      let name = other.trimmingBlank
      return (at, "Lua has no \(name)", own.contains(" ") ? "write it as \(own)" : "write \(own)")
    }
    guard let at = code.firstIndex(of: UInt8(ascii: "!")) else { return nil }
    return (at, "Lua has no !", "write not")
  }

  /// `VisibilityTimeout: 300`, which a method call does not look like.
  private static let yamlEntry: Rule = { code, text, _ in
    var start = 0
    while let colon = code[start...].firstIndex(of: UInt8(ascii: ":")) {
      start = colon + 1
      if start < code.count, code[start] == UInt8(ascii: ":") {
        start += 1
        continue
      }
      let key = Array(code[..<colon].reversed().prefix { LuaSource.isName($0) || $0 == UInt8(ascii: "-") }.reversed())
      guard let first = key.first, !(48...57).contains(first) else { continue }
      let value = code[(colon + 1)...].drop { $0 == UInt8(ascii: " ") }
      let word = value.prefix(while: LuaSource.isName)
      let after = value.dropFirst(word.count).drop { $0 == UInt8(ascii: " ") }.first
      let calls = [UInt8(ascii: "("), UInt8(ascii: "{"), UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "[")]
      let isWord = word.first.map { !(48...57).contains($0) } ?? false
      if isWord, let after, calls.contains(after) { continue }
      // `["aws:SourceArn"] = ...` without its brackets is told as a name.
      if isWord, after == UInt8(ascii: "=") { continue }
      let end = value.firstIndex { $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: "}") } ?? code.endIndex
      let written = String(decoding: text[value.startIndex..<end], as: UTF8.self).trimmingBlank
      let name = String(decoding: key, as: UTF8.self)
      let shown = written.utf8.count > 40 || written.isEmpty ? "..." : Self.value(written)
      return (
        colon - key.count, "\"\(name):\" is YAML: a table of Lua has = between name and value",
        "write \(Self.field(name)) = \(shown)"
      )
    }
    return nil
  }

  /// `cost-center = 1`, `acme.tier = 1`, `aws:SourceArn = 1` in a table.
  private static let dashedName: Rule = { code, _, message in
    guard message.contains("'}' expected") || message.contains("near '='") else { return nil }
    var start = 0
    while let equals = code[start...].firstIndex(of: UInt8(ascii: "=")) {
      start = equals + 1
      let before = code[..<equals].reversed().drop { $0 == UInt8(ascii: " ") }
      let name = Array(
        before.prefix {
          LuaSource.isName($0) || [UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: ":")].contains($0)
        }.reversed())
      guard let first = name.first, name.contains(where: { !LuaSource.isName($0) }), LuaSource.isName(first) else {
        continue
      }
      let text = String(decoding: name, as: UTF8.self)
      return (
        before.startIndex.base - name.count, "\"\(text)\" is no name in Lua, only letters, digits and _ are",
        "write [\"\(text)\"] = ..."
      )
    }
    return nil
  }

  private static let listDash: Rule = { code, _, _ in
    guard let first = code.firstIndex(where: { $0 != UInt8(ascii: " ") }), code[first] == UInt8(ascii: "-"),
      first + 1 < code.count, code[first + 1] == UInt8(ascii: " ")
    else { return nil }
    return (first, "a list of Lua has its items between commas, not behind dashes", "write { \"a\", \"b\" }")
  }

  private static let assignment: Rule = { code, _, message in
    guard message.hasPrefix("'then' expected near '='") || message.hasPrefix("'do' expected near '='"),
      let at = code.firstIndex(of: UInt8(ascii: "="))
    else { return nil }
    return (at, "= assigns, and == compares", "write ==")
  }

  private static func field(_ name: String) -> String {
    name.utf8.allSatisfy(LuaSource.isName) ? name : "[\"\(name)\"]"
  }

  /// A value of YAML as Lua writes it, where it is a scalar.
  private static func value(_ text: String) -> String {
    if text == "null" || text == "~" { return "nil" }
    let isPlain = text == "true" || text == "false" || Double(text) != nil
    return isPlain || !text.utf8.allSatisfy { LuaSource.isName($0) || $0 == UInt8(ascii: "-") } ? text : "\"\(text)\""
  }
}

extension String {
  fileprivate var trimmingBlank: String {
    String(drop { $0 == " " }.reversed().drop { $0 == " " || $0 == "\r" }.reversed())
  }
}

extension [UInt8] {
  /// Where a text begins first.
  fileprivate func first(of text: [UInt8]) -> Int? {
    guard !text.isEmpty, count >= text.count else { return nil }
    return indices.dropLast(text.count - 1).first { self[$0..<($0 + text.count)].elementsEqual(text) }
  }

  /// Where a text begins that stands there once.
  fileprivate func only(_ text: [UInt8]) -> Int? {
    guard let at = first(of: text) else { return nil }
    return Array(self[(at + 1)...]).first(of: text) == nil ? at : nil
  }
}

/// Blocks of a script by their words, for the one that was not closed.
private struct BlockScan {
  struct Open {
    var word: String
    var line: Int
    var indent: Int
  }

  private let source: LuaSource

  init(_ source: LuaSource) { self.source = source }

  /// The block that `end` was forgotten of: an `end` that stands further left than what it closes was meant for another.
  func unclosed(before last: Int) -> Open? {
    var open: [Open] = []
    for line in 1...max(1, min(last, source.code.count)) {
      let code = source.code(line)
      let indent = code.prefix { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }.count
      for word in words(code) {
        switch word {
        case "function", "if", "while", "for", "repeat": open.append(Open(word: word, line: line, indent: indent))
        case "do":
          // `for` and `while` have one of their own.
          if let loop = open.last, loop.word == "for" || loop.word == "while", loop.line == line { continue }
          open.append(Open(word: word, line: line, indent: indent))
        case "end", "until":
          guard let closed = open.popLast() else { return nil }
          if closed.line != line, indent < closed.indent { return closed }
        default: continue
        }
      }
    }
    return nil
  }

  private func words(_ code: [UInt8]) -> [String] {
    code.split { !LuaSource.isName($0) }.map { String(decoding: $0, as: UTF8.self) }
  }
}
