/// How a text is written as a YAML scalar, so that every reader, of YAML 1.1 or 1.2, reads the same text again.
enum YAMLText {
  /// Appends `text` as a plain or double-quoted scalar on one line.
  static func write(_ text: String, into out: inout [UInt8]) {
    if isPlain(text) { out.append(contentsOf: text.utf8) } else { JSONText.write(text, into: &out) }
  }

  /// Whether `text` may stand without quotes: nothing in it is YAML's own, and it is no null, boolean, number or date in either
  /// version of YAML.
  static func isPlain(_ text: String) -> Bool {
    var text = text
    return text.withUTF8 { bytes in
      guard let first = bytes.first, let last = bytes.last, last != UInt8(ascii: " "), last != UInt8(ascii: ":") else {
        return false
      }
      guard canBegin(first, bytes), isText(bytes) else { return false }
      return !isWord(bytes) && !isNumberLike(bytes)
    }
  }

  private static func canBegin(_ first: UInt8, _ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    switch first {
    case UInt8(ascii: "-"):
      // `-x` is text, `- x` an item, `---` a document.
      return bytes.count > 1 && bytes[1] != UInt8(ascii: " ")
        && !(bytes.count > 2 && bytes[1] == first && bytes[2] == first)
    case UInt8(ascii: "."):
      return !(bytes.count > 2 && bytes[1] == first && bytes[2] == first)
    case UInt8(ascii: "?"), UInt8(ascii: ":"), UInt8(ascii: ","), UInt8(ascii: "["), UInt8(ascii: "]"),
      UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: "#"), UInt8(ascii: "&"), UInt8(ascii: "*"),
      UInt8(ascii: "!"), UInt8(ascii: "|"), UInt8(ascii: ">"), UInt8(ascii: "'"), UInt8(ascii: "\""),
      UInt8(ascii: "%"), UInt8(ascii: "@"), UInt8(ascii: "`"), UInt8(ascii: " "), UInt8(ascii: "="):
      return false
    default: return true
    }
  }

  /// No control characters, no line or paragraph separators, no `: ` and no ` #`.
  private static func isText(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    var previous: UInt8 = 0
    for (index, byte) in bytes.enumerated() {
      if byte < 0x20 || byte == 0x7F { return false }
      if byte == UInt8(ascii: " "), previous == UInt8(ascii: ":") { return false }
      if byte == UInt8(ascii: "#"), previous == UInt8(ascii: " ") { return false }
      if byte >= 0x80, !JSONText.isPrintable(bytes, at: index) { return false }
      previous = byte
    }
    return true
  }

  private static let words: Set<String> = [
    "null", "true", "false", "yes", "no", "on", "off", "y", "n", "~", "<<",
  ]

  private static func isWord(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    bytes.count <= 5 && words.contains(String(decoding: bytes, as: UTF8.self).lowercased())
  }

  /// Begins like a number and holds nothing that numbers, base 60 numbers, dates and times do not hold.
  private static func isNumberLike(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    var start = 0
    if bytes[0] == UInt8(ascii: "+") || bytes[0] == UInt8(ascii: "-") { start = 1 }
    guard start < bytes.count else { return true }
    let first = bytes[start]
    if first == UInt8(ascii: ".") {
      if bytes.count == start + 1 { return true }
      let rest = String(decoding: bytes[(start + 1)...], as: UTF8.self).lowercased()
      if rest == "inf" || rest == "nan" { return true }
    } else if first &- UInt8(ascii: "0") > 9 {
      return false
    }
    for byte in bytes[start...] {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"),
        UInt8(ascii: "A")...UInt8(ascii: "F"), UInt8(ascii: "x"), UInt8(ascii: "X"), UInt8(ascii: "o"),
        UInt8(ascii: "O"), UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: ":"), UInt8(ascii: "+"),
        UInt8(ascii: "-"), UInt8(ascii: "T"), UInt8(ascii: "t"), UInt8(ascii: "Z"), UInt8(ascii: "z"),
        UInt8(ascii: " "), UInt8(ascii: ","):
        continue
      default: return false
      }
    }
    return true
  }

  /// Whether `text` reads better as a literal block: several lines, and nothing that a block cannot hold.
  static func isBlock(_ text: String) -> Bool {
    var text = text
    return text.withUTF8 { bytes in
      guard let first = bytes.first, first != UInt8(ascii: " "), first != UInt8(ascii: "\n"),
        first != UInt8(ascii: "\t"),
        bytes.contains(UInt8(ascii: "\n"))
      else { return false }
      for (index, byte) in bytes.enumerated() {
        if byte < 0x20, byte != UInt8(ascii: "\n"), byte != UInt8(ascii: "\t") { return false }
        if byte == 0x7F || (byte >= 0x80 && !JSONText.isPrintable(bytes, at: index)) { return false }
      }
      return true
    }
  }

  /// Appends `text` as a literal block whose lines stand `indent` blanks in; the caller is at the place of the value.
  static func writeBlock(_ text: String, indent: Int, into out: inout [UInt8]) {
    out.append(UInt8(ascii: "|"))
    var lines = text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    var newlines = 0
    while let last = lines.last, last.isEmpty, lines.count > 1 {
      lines.removeLast()
      newlines += 1
    }
    if newlines == 0 { out.append(UInt8(ascii: "-")) }
    if newlines > 1 { out.append(UInt8(ascii: "+")) }
    for line in lines {
      out.append(UInt8(ascii: "\n"))
      if line.isEmpty { continue }
      out.append(contentsOf: repeatElement(UInt8(ascii: " "), count: indent))
      out.append(contentsOf: line)
    }
    for _ in 0..<max(0, newlines - 1) { out.append(UInt8(ascii: "\n")) }
  }
}
