/// The short tags of CloudFormation templates (`!Ref`, `!GetAtt`, `!Sub`, ...), and their long form.
enum YAMLTags {
  /// Functions that are written `!Name` and mean `Fn::Name` (CloudFormation user guide, intrinsic function reference).
  private static let functions: [String] = [
    "And", "Base64", "Cidr", "Contains", "EachMemberEquals", "EachMemberIn", "Equals", "FindInMap", "GetAZs", "GetAtt",
    "GetStackOutput", "If", "ImportValue", "Join", "Length", "Not", "Or", "RefAll", "Select", "Split", "Sub",
    "ToJsonString", "Transform",
    "ValueOf", "ValueOfAll",
  ]

  /// The key of the long form of `!Name`: `Ref`, `Condition` or `Fn::Name`; nil when CloudFormation has no such tag.
  static func longKey(_ tag: String) -> String? {
    let name = tag.dropFirst()
    if name == "Ref" || name == "Condition" { return String(name) }
    return functions.contains { $0 == name } ? "Fn::" + name : nil
  }

  /// The tag that was probably meant, with its mark.
  static func near(_ tag: String) -> String? {
    NearName.find(String(tag.dropFirst()), in: functions + ["Ref", "Condition"]).map { "!" + $0 }
  }

  /// Wraps `node` into its long form. `!GetAtt A.B` becomes the list `[A, B]`, split at the first dot.
  static func expand(_ node: Node, key: String) -> Node {
    if key == "Fn::GetAtt", let text = node.string, let dot = text.firstIndex(of: ".") {
      let parts = [text[..<dot], text[text.index(after: dot)...]].map { Node(.string(String($0)), at: node.place) }
      node.value = .list(parts)
    }
    let wrapper = Node(.map([key: node]), at: node.place)
    node.keyPlace = node.place
    return wrapper
  }
}
