/// Reading of what a user wrote with intrinsic functions: `Ref`, `Fn::GetAtt` and `Fn::Sub` become symbolic references.
enum Intrinsics {
  /// Every function that a template may call.
  /// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html (read 2026-11-29)
  static let names = [
    "Ref", "Condition", "Fn::And", "Fn::Base64", "Fn::Cidr", "Fn::Equals", "Fn::FindInMap", "Fn::GetAtt", "Fn::GetAZs",
    "Fn::GetStackOutput", "Fn::If", "Fn::ImportValue", "Fn::Join", "Fn::Length", "Fn::Not", "Fn::Or", "Fn::Select",
    "Fn::Split", "Fn::Sub",
    "Fn::ToJsonString", "Fn::Transform",
  ]

  /// Whether CloudFormation knows the function; `Fn::ForEach::Name` has a name of its own.
  static func isKnown(_ name: String) -> Bool { names.contains(name) || name.hasPrefix("Fn::ForEach::") }

  /// The function's name and argument, when `node` is a mapping with the single key `Ref`, `Condition` or `Fn::*`.
  static func function(_ node: Node) -> (name: String, argument: Node)? {
    guard case .map(let fields) = node.value, fields.count == 1 else { return nil }
    let (name, argument) = fields.elements[0]
    guard name == "Ref" || name == "Condition" || name.hasPrefix("Fn::") else { return nil }
    return (name, argument)
  }

  /// Turns `node` into a reference or a text with references, when it is a function that can be read as one.
  static func read(_ node: Node) {
    guard let (name, argument) = function(node) else { return }
    switch name {
    case "Ref":
      guard let target = argument.string else { return }
      node.value = .reference(Reference(.name(target)))
    case "Fn::GetAtt":
      guard let reference = getAtt(argument) else { return }
      node.value = .reference(reference)
    case "Fn::Sub":
      guard let parts = sub(argument) else { return }
      node.value = .text(parts)
    default: return
    }
  }

  private static func getAtt(_ argument: Node) -> Reference? {
    if let text = argument.string, let dot = text.firstIndex(of: ".") {
      return Reference(.name(String(text[..<dot])), attribute: String(text[text.index(after: dot)...]))
    }
    guard let items = argument.list, items.count == 2, let id = items[0].string, let attribute = items[1].string
    else { return nil }
    return Reference(.name(id), attribute: attribute)
  }

  private static func sub(_ argument: Node) -> [TextPart]? {
    if let text = argument.string { return [TextPart](sub: text) }
    guard let items = argument.list, items.count == 2, let text = items[0].string, let variables = items[1].fields
    else { return nil }
    return [TextPart](sub: text, variables: variables)
  }
}
