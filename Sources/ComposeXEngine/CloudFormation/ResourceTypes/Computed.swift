/// What CloudFormation computes, so that no schema can say what it will be.
enum Computed {
  /// Whether a mapping's key is a function's name. `Fn::Transform` and `Fn::ForEach` may stand beside others.
  static func isFunction(_ key: String) -> Bool { key.utf8.starts(with: "Fn::".utf8) }

  /// Whether a text holds a dynamic reference: `{{resolve:ssm:name}}`.
  static func isDynamic(_ text: String) -> Bool { text.utf8.contains(UInt8(ascii: "{")) && text.contains("{{resolve:") }

  /// nil when the node is a plain value. Otherwise the values that may come out, as far as they can be checked: the
  /// branches of an `Fn::If`; nothing for other functions and for references.
  static func branches(_ node: Node) -> [Node]? {
    switch node.value {
    case .reference, .text: return []
    case .map(let fields):
      guard fields.count == 1, let (key, argument) = fields.elements.first else { break }
      if key == "Fn::If", let parts = argument.list, parts.count == 3 { return [parts[1], parts[2]] }
      if isFunction(key) || (["Ref", "Condition"].contains(key) && argument.string != nil) { return [] }
    default: break
    }
    // A short tag that the reader left: `!Ref Queue`.
    return node.tag?.hasPrefix("!") == true ? [] : nil
  }
}
