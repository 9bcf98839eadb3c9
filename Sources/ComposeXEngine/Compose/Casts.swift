/// Texts as booleans and numbers, by the rules of the Compose loader.
enum Casts {
  /// `true`, `y`, `yes`, `on`, `false`, `n`, `no`, `off`, in any case.
  static func boolean(_ text: String) -> Bool? {
    switch text.lowercased() {
    case "true", "y", "yes", "on": true
    case "false", "n", "no", "off": false
    default: nil
    }
  }

  /// Whether the text is one of the words that only YAML 1.1 takes for a boolean.
  static func isOldBoolean(_ text: String) -> Bool {
    let lower = text.lowercased()
    return lower != "true" && lower != "false"
  }

  /// An optional sign and decimal digits.
  static func integer(_ text: String) -> Int? {
    text.utf8.allSatisfy { $0 &- UInt8(ascii: "0") < 10 || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "+") }
      ? Int(text) : nil
  }

  static func number(_ text: String) -> Double? {
    guard text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }), let value = Double(text), value.isFinite else { return nil }
    return value
  }

  /// The text that a scalar becomes where a text is wanted; nil for null and collections.
  static func text(_ node: Node) -> String? {
    switch node.value {
    case .string(let string): string
    case .bool(let bool): bool ? "true" : "false"
    case .int(let int): String(int)
    case .float(let float): YAMLScalar.text(of: float)
    default: nil
    }
  }
}
