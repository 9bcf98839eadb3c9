/// The few forms of JSON Schema that composex writes.
extension Node {
  /// Anything passes, nothing passes.
  static var yes: Node { Node(.bool(true), at: .unknown) }
  static var no: Node { Node(.bool(false), at: .unknown) }

  static func type(_ names: String...) -> Node {
    .map(["type": names.count == 1 ? .text(names[0]) : .list(names.map(Node.text))])
  }

  /// One of a few texts, or one that a variable will make.
  static func oneOf(_ words: [String]) -> Node {
    .map(["anyOf": .list([.map(["enum": .list(words.map(Node.text))]), interpolated])])
  }

  /// A text with `${...}` in it.
  static var interpolated: Node { .map(["type": .text("string"), "pattern": .text("\\$")]) }

  /// A text of that form, as a regular expression, or one with `${...}` in it.
  static func matching(_ pattern: String) -> Node {
    .map(["type": .text("string"), "pattern": .text("^(\(pattern))$|\\$")])
  }

  static func either(_ forms: [Node]) -> Node { forms.count == 1 ? forms[0] : .map(["anyOf": .list(forms)]) }

  static var texts: Node { .map(["type": .text("array"), "items": .type("string")]) }
  static var scalars: Node { .map(["type": .text("array"), "items": .type("string", "number", "boolean", "null")]) }

  /// A mapping of the user's names to values; `named`: names as compose has them.
  static func map(of value: Node, named: Bool = false) -> Node {
    guard named else { return .map(["type": .text("object"), "additionalProperties": value]) }
    return .map([
      "type": .text("object"), "patternProperties": .map(["^[a-zA-Z0-9._-]+$": value]), "additionalProperties": .no,
    ])
  }

  static func number(_ type: String, _ minimum: Double?, _ maximum: Double?, _ quoted: Bool) -> Node {
    var fields: Node.Fields = ["type": .text(type)]
    if let minimum { fields["minimum"] = .limit(minimum) }
    if let maximum { fields["maximum"] = .limit(maximum) }
    return .either([.map(fields), quoted ? .matching("[-+]?[0-9][0-9a-zA-Z_.+-]*") : interpolated])
  }

  private static func limit(_ limit: Double) -> Node {
    Int(exactly: limit).map { Node(.int($0), at: .unknown) } ?? Node(.float(limit), at: .unknown)
  }

  static func reference(_ name: String) -> Node {
    let escaped = name.map { $0 == "~" ? "~0" : $0 == "/" ? "~1" : String($0) }.joined()
    return .map(["$ref": .text("#/$defs/\(escaped)")])
  }
}
