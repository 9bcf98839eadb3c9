/// What a plain scalar means: YAML 1.2 core schema, with the numbers that Compose's own parser reads (leading zero is octal,
/// underscores are dropped, no base 60, no timestamps).
enum YAMLScalar {
  /// The value of an untagged plain scalar.
  static func resolve(_ text: UnsafeBufferPointer<UInt8>) -> Node.Value {
    guard let first = text.first else { return .null }
    switch first {
    case UInt8(ascii: "~"):
      return text.count == 1 ? .null : .string(String(decoding: text, as: UTF8.self))
    case UInt8(ascii: "n"), UInt8(ascii: "N"), UInt8(ascii: "t"), UInt8(ascii: "T"), UInt8(ascii: "f"),
      UInt8(ascii: "F"):
      return word(text)
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."):
      return number(text) ?? .string(String(decoding: text, as: UTF8.self))
    default:
      return .string(String(decoding: text, as: UTF8.self))
    }
  }

  private static func word(_ text: UnsafeBufferPointer<UInt8>) -> Node.Value {
    let string = String(decoding: text, as: UTF8.self)
    guard text.count == 4 || text.count == 5 else { return .string(string) }
    switch string {
    case "null", "Null", "NULL": return .null
    case "true", "True", "TRUE": return .bool(true)
    case "false", "False", "FALSE": return .bool(false)
    default: return .string(string)
    }
  }

  /// The number that `text` is, or nil.
  static func number(_ text: UnsafeBufferPointer<UInt8>) -> Node.Value? {
    if text.count > 400 { return nil }
    switch String(decoding: text, as: UTF8.self) {
    case ".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF": return .float(.infinity)
    case "-.inf", "-.Inf", "-.INF": return .float(-.infinity)
    case ".nan", ".NaN", ".NAN": return .float(.nan)
    default: break
    }
    var digits: [UInt8] = []
    digits.reserveCapacity(text.count)
    for byte in text {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"),
        UInt8(ascii: "A")...UInt8(ascii: "F"),
        UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "x"), UInt8(ascii: "o"),
        UInt8(ascii: "X"),
        UInt8(ascii: "O"):
        digits.append(byte)
      case UInt8(ascii: "_"): continue
      default: return nil
      }
    }
    if let int = integer(digits[...]) {
      return int == 0 && digits.first == UInt8(ascii: "-") ? .float(-0.0) : .int(int)
    }
    guard isDecimal(digits) else { return nil }
    return Double(String(decoding: digits, as: UTF8.self)).map { .float($0) }
  }

  /// Sign, then `0x`, `0b`, `0o` or a leading zero (octal), then digits; nil when it is none or does not fit 64 bits.
  private static func integer(_ text: ArraySlice<UInt8>) -> Int? {
    var rest = text
    var negative = false
    if let sign = rest.first, sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") {
      negative = sign == UInt8(ascii: "-")
      rest = rest.dropFirst()
    }
    var radix = 10
    if rest.first == UInt8(ascii: "0"), rest.count > 1 {
      switch rest[rest.startIndex + 1] | 0x20 {
      case UInt8(ascii: "x"): radix = 16
      case UInt8(ascii: "b"): radix = 2
      case UInt8(ascii: "o"): radix = 8
      default: radix = 0
      }
      rest = rest.dropFirst(radix == 0 ? 1 : 2)
      if radix == 0 { radix = 8 }
    }
    guard let first = rest.first, first != UInt8(ascii: "+"), first != UInt8(ascii: "-") else { return nil }
    return Int((negative ? "-" : "") + String(decoding: rest, as: UTF8.self), radix: radix)
  }

  /// `[-+]? ( "." digits | digits [ "." digits* ] ) [ e [-+] digits ]`
  private static func isDecimal(_ text: [UInt8]) -> Bool {
    var index = 0
    func digits() -> Int {
      let start = index
      while index < text.count, text[index] &- UInt8(ascii: "0") < 10 { index += 1 }
      return index - start
    }
    func sign() {
      if index < text.count, text[index] == UInt8(ascii: "+") || text[index] == UInt8(ascii: "-") { index += 1 }
    }
    sign()
    let whole = digits()
    var fraction = 0
    if index < text.count, text[index] == UInt8(ascii: ".") {
      index += 1
      fraction = digits()
    }
    if whole + fraction == 0 { return false }
    if index < text.count, text[index] | 0x20 == UInt8(ascii: "e") {
      index += 1
      sign()
      if digits() == 0 { return false }
    }
    return index == text.count
  }

  /// A number as it is written in a template; nil for anything else.
  static func number(_ value: Node.Value) -> String? {
    switch value {
    case .int(let number): String(number)
    case .float(let number): text(of: number)
    default: nil
    }
  }

  /// The text of a float as Compose puts it into a string field: shortest digits, an exponent outside 1e-4 ..< 1e21.
  static func text(of value: Double) -> String {
    if value.isNaN { return ".nan" }
    if value.isInfinite { return value < 0 ? "-.inf" : ".inf" }
    if value == 0 { return value.sign == .minus ? "-0" : "0" }
    // Swift prints the shortest digits that read back as the same number; only their layout is ours.
    let printed = Array(value.magnitude.description.utf8)
    var digits: [UInt8] = []
    var exponent = 0
    var point: Int?
    for (index, byte) in printed.enumerated() {
      if byte == UInt8(ascii: "e") {
        exponent = Int(String(decoding: printed[(index + 1)...], as: UTF8.self)) ?? 0
        break
      }
      if byte == UInt8(ascii: ".") { point = digits.count } else { digits.append(byte) }
    }
    var scale = (point ?? digits.count) + exponent
    while digits.count > 1, digits.first == UInt8(ascii: "0") {
      digits.removeFirst()
      scale -= 1
    }
    while digits.count > 1, digits.last == UInt8(ascii: "0") { digits.removeLast() }
    return (value < 0 ? "-" : "") + layOut(digits, scale: scale)
  }

  /// `0.digits` times ten to the power of `scale`.
  private static func layOut(_ digits: [UInt8], scale: Int) -> String {
    let text = String(decoding: digits, as: UTF8.self)
    if scale < -3 || scale > 21 {
      let exponent = scale - 1
      let shown = exponent.magnitude < 10 ? "0\(exponent.magnitude)" : "\(exponent.magnitude)"
      let mantissa = digits.count == 1 ? text : text.prefix(1) + "." + text.dropFirst()
      return "\(mantissa)e\(exponent < 0 ? "-" : "+")\(shown)"
    }
    if scale <= 0 { return "0." + String(repeating: "0", count: -scale) + text }
    if scale >= digits.count { return text + String(repeating: "0", count: scale - digits.count) }
    return text.prefix(scale) + "." + text.dropFirst(scale)
  }
}
