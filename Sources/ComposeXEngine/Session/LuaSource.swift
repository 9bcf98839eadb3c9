/// The text of a script, line by line, for messages that look into it.
struct LuaSource {
  /// The lines as they are.
  let lines: [[UInt8]]
  /// The same with strings and comments blanked, so that what is found in them is Lua.
  let code: [[UInt8]]

  init(_ source: [UInt8]) {
    let newline = UInt8(ascii: "\n")
    lines = source.split(separator: newline, omittingEmptySubsequences: false).map(Array.init)
    code = Self.blanked(source).split(separator: newline, omittingEmptySubsequences: false).map(Array.init)
  }

  func text(_ line: Int) -> [UInt8] { lines.indices.contains(line - 1) ? lines[line - 1] : [] }
  func code(_ line: Int) -> [UInt8] { code.indices.contains(line - 1) ? code[line - 1] : [] }

  /// Strings and comments as blanks, in as many bytes.
  private static func blanked(_ source: [UInt8]) -> [UInt8] {
    var result = source
    var index = 0
    /// The number of `=` of a long bracket that opens at `start`; nil for none.
    func level(_ start: Int) -> Int? {
      guard start < source.count, source[start] == UInt8(ascii: "[") else { return nil }
      var end = start + 1
      while end < source.count, source[end] == UInt8(ascii: "=") { end += 1 }
      return end < source.count && source[end] == UInt8(ascii: "[") ? end - start - 1 : nil
    }
    func blank(_ range: Range<Int>) {
      for place in range where result[place] != UInt8(ascii: "\n") { result[place] = UInt8(ascii: " ") }
    }
    func endOfLong(_ start: Int, _ level: Int) -> Int {
      let close = [UInt8(ascii: "]")] + Array(repeating: UInt8(ascii: "="), count: level) + [UInt8(ascii: "]")]
      var end = start + level + 2
      while end + close.count <= source.count, !source[end..<end + close.count].elementsEqual(close) { end += 1 }
      return min(end + close.count, source.count)
    }
    while index < source.count {
      let byte = source[index]
      if byte == UInt8(ascii: "-"), index + 1 < source.count, source[index + 1] == byte {
        var end = index + 2
        if let level = level(end) {
          end = endOfLong(end, level)
        } else {
          while end < source.count, source[end] != UInt8(ascii: "\n") { end += 1 }
        }
        blank(index..<end)
        index = end
      } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
        var end = index + 1
        while end < source.count, source[end] != byte, source[end] != UInt8(ascii: "\n") {
          end += source[end] == UInt8(ascii: "\\") ? 2 : 1
        }
        // The quotes stay: they say that a value stands there.
        blank(index + 1..<min(end, source.count))
        index = min(end + 1, source.count)
      } else if let level = level(index) {
        let end = endOfLong(index, level)
        blank(index..<end)
        index = end
      } else {
        index += 1
      }
    }
    return result
  }

  /// What is nil in `attempt to index a nil value (field '?')`: `sizes[task.name]`, when one place of the line can be it.
  func nilValue(_ message: String, at line: Int) -> String? {
    guard message.hasSuffix("index a nil value (field '?')") else { return nil }
    let code = code(line)
    var found: [String] = []
    var start = 0
    while let open = code[start...].firstIndex(of: UInt8(ascii: "[")) {
      start = open + 1
      guard let close = code[open...].firstIndex(of: UInt8(ascii: "]")), close + 1 < code.count,
        [UInt8(ascii: "."), UInt8(ascii: "["), UInt8(ascii: ":")].contains(code[close + 1])
      else { continue }
      let name = code[..<open].reversed().prefix { Self.isName($0) || $0 == UInt8(ascii: ".") }
      if name.isEmpty { continue }
      found.append(String(decoding: text(line)[(open - name.count)...close], as: UTF8.self))
    }
    return found.count == 1 ? found[0] : nil
  }

  static func isName(_ byte: UInt8) -> Bool {
    (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte) || byte == UInt8(ascii: "_")
  }
}
