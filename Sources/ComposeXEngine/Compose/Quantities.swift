/// Sizes, times and shell words as Compose writes them.
enum Quantities {
  /// Bytes of `64m`, `1.5 GiB`, `-1`: powers of 1024, the result truncated; nil when the text is no size.
  static func bytes(_ text: String) -> Int? {
    if let value = Int(text), !text.hasPrefix("+") { return value }
    let body = Array(text.utf8)
    let isNumeric = { (byte: UInt8) in VariableText.isDigit(byte) || byte == UInt8(ascii: ".") }
    guard let end = body.lastIndex(where: isNumeric), body[0...end].allSatisfy(isNumeric) else { return nil }
    guard let number = Double(String(decoding: body[0...end], as: UTF8.self)), number.isFinite else { return nil }
    var unit = body[(end + 1)...]
    if unit.first == UInt8(ascii: " ") { unit = unit.dropFirst() }
    guard let factor = factor(String(decoding: unit, as: UTF8.self).lowercased()) else { return nil }
    let result = number * factor
    return result < 9.2e18 ? Int(result) : nil
  }

  private static func factor(_ unit: String) -> Double? {
    switch unit {
    case "", "b": 1
    case "k", "kb", "kib": 1024
    case "m", "mb", "mib": 1_048_576
    case "g", "gb", "gib": 1_073_741_824
    case "t", "tb", "tib": 1_099_511_627_776
    case "p", "pb", "pib": 1_125_899_906_842_624
    default: nil
    }
  }

  private static let units: [(name: [UInt8], nanoseconds: Double)] = [
    ("ns", 1), ("us", 1e3), ("\u{B5}s", 1e3), ("\u{3BC}s", 1e3), ("ms", 1e6), ("s", 1e9), ("m", 60e9), ("h", 3600e9),
    ("d", 86_400e9), ("w", 604_800e9),
  ].map { (Array($0.utf8), $1) }

  /// Nanoseconds of `1m30s`, `1.5h`, `2d`, `-5ms`, `0`; nil when the text is no time.
  static func nanoseconds(_ text: String) -> Int? {
    var text = text
    return text.withUTF8 { nanoseconds($0[...]) }
  }

  private static func nanoseconds(_ text: Slice<UnsafeBufferPointer<UInt8>>) -> Int? {
    var rest = text
    var sign = 1.0
    if rest.first == UInt8(ascii: "-") || rest.first == UInt8(ascii: "+") {
      sign = rest.first == UInt8(ascii: "-") ? -1 : 1
      rest = rest.dropFirst()
    }
    if rest.elementsEqual([UInt8(ascii: "0")]) { return 0 }
    if rest.isEmpty { return nil }
    var total = 0.0
    while !rest.isEmpty {
      guard let number = number(&rest) else { return nil }
      let unit = rest.prefix { !VariableText.isDigit($0) && $0 != UInt8(ascii: ".") }
      rest = rest[unit.endIndex...]
      guard let factor = units.first(where: { $0.name.elementsEqual(unit) })?.nanoseconds else { return nil }
      total += number * factor
    }
    return total < 9.2e18 ? Int((total * sign).rounded(.toNearestOrEven)) : nil
  }

  /// Takes `12`, `1.5`, `.5` or `1.` off `text`.
  private static func number(_ text: inout Slice<UnsafeBufferPointer<UInt8>>) -> Double? {
    var whole = 0.0
    var fraction = 0.0
    var scale = 0.0
    var digits = 0
    while let byte = text.first {
      if byte == UInt8(ascii: "."), scale == 0 {
        scale = 1
      } else if VariableText.isDigit(byte) {
        digits += 1
        let digit = Double(byte - UInt8(ascii: "0"))
        if scale == 0 {
          whole = whole * 10 + digit
        } else {
          // More digits than a double holds say nothing.
          if scale < 1e17 { (fraction, scale) = (fraction * 10 + digit, scale * 10) }
        }
      } else {
        break
      }
      text = text.dropFirst()
    }
    return digits == 0 || !whole.isFinite ? nil : whole + (scale > 1 ? fraction / scale : 0)
  }

  /// A time as Go prints it: `1h30m0s`, `1m30s`, `1.5s`, `500ms`.
  static func text(nanoseconds: Int) -> String {
    if nanoseconds == 0 { return "0s" }
    let sign = nanoseconds < 0 ? "-" : ""
    let value = nanoseconds.magnitude
    func decimal(_ value: UInt, _ unit: UInt) -> String {
      var fraction = value % unit
      if fraction == 0 { return String(value / unit) }
      var least = unit / 10  // the smallest fraction without a leading zero
      while fraction % 10 == 0 { (fraction, least) = (fraction / 10, least / 10) }
      var zeros = ""
      while fraction < least { (zeros, least) = (zeros + "0", least / 10) }
      return "\(value / unit).\(zeros)\(fraction)"
    }
    if value < 1_000 { return "\(sign)\(value)ns" }
    if value < 1_000_000 { return sign + decimal(value, 1_000) + "\u{B5}s" }
    if value < 1_000_000_000 { return sign + decimal(value, 1_000_000) + "ms" }
    let seconds = decimal(value % 60_000_000_000, 1_000_000_000) + "s"
    let minutes = value / 60_000_000_000
    if minutes == 0 { return sign + seconds }
    if minutes < 60 { return "\(sign)\(minutes)m\(seconds)" }
    return "\(sign)\(minutes / 60)h\(minutes % 60)m\(seconds)"
  }

  /// Splits as a shell does, without expanding anything; nil for unbalanced quotes or a bare parenthesis.
  /// `$(...)` and backquotes keep their text together.
  static func shellWords(_ text: String) -> [String]? {
    var words: [String] = []
    var word: [UInt8] = []
    var isWord = false
    var quote: UInt8 = 0
    var backquoted = false
    var parentheses = 0
    let bytes = Array(text.utf8)
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      defer { index += 1 }
      if quote == UInt8(ascii: "'") {
        if byte == quote { quote = 0 } else { word.append(byte) }
        continue
      }
      switch byte {
      case UInt8(ascii: "\\"):
        isWord = true
        if index + 1 < bytes.count {
          index += 1
          word.append(bytes[index])
        }
      case UInt8(ascii: "`") where parentheses == 0:
        backquoted.toggle()
        isWord = true
        word.append(byte)
      case UInt8(ascii: "(") where quote == 0 && !backquoted:
        guard parentheses > 0 || word.last == UInt8(ascii: "$") else { return nil }
        parentheses += 1
        word.append(byte)
      case UInt8(ascii: ")") where quote == 0 && !backquoted:
        guard parentheses > 0 else { return nil }
        parentheses -= 1
        word.append(byte)
      case UInt8(ascii: "\"") where parentheses == 0 && !backquoted:
        quote = quote == 0 ? byte : 0
        isWord = true
      case UInt8(ascii: "'") where quote == 0 && parentheses == 0 && !backquoted:
        quote = byte
        isWord = true
      case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\n"), UInt8(ascii: "\r"):
        if quote != 0 || backquoted || parentheses > 0 {
          word.append(byte)
        } else if isWord {
          words.append(String(decoding: word, as: UTF8.self))
          word = []
          isWord = false
        }
      default:
        isWord = true
        word.append(byte)
      }
    }
    if quote != 0 || backquoted || parentheses > 0 { return nil }
    if isWord { words.append(String(decoding: word, as: UTF8.self)) }
    return words
  }
}
