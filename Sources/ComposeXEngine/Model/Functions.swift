/// How references and texts with references are written: as intrinsic functions, in the long form or with a short tag.
extension Node {
  /// `{"Ref": id}`, `{"Fn::GetAtt": [id, attribute]}` or `{"Fn::Sub": ...}` for what is symbolic; any other node is itself.
  var longForm: Node {
    switch value {
    case .reference(let reference):
      guard let attribute = reference.attribute else { return made(.map(["Ref": made(.string(reference.id))])) }
      return made(.map(["Fn::GetAtt": made(.list([made(.string(reference.id)), made(.string(attribute))]))]))
    case .text(let parts): return made(.map(["Fn::Sub": Self.subArgument(parts, at: place)]))
    default: return self
    }
  }

  /// The tag and argument of a function that a short tag can say: `!Ref Queue`, `!GetAtt Queue.Arn`, `!Join [...]`.
  ///
  /// YAML has no place for a tag right after a tag, so a function whose argument is tagged itself keeps its long form.
  /// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html
  var shortForm: (tag: String, argument: Node)? {
    switch value {
    case .reference(let reference):
      return (reference.attribute == nil ? "!Ref" : "!GetAtt", made(.string(reference.text)))
    case .text(let parts): return ("!Sub", Self.subArgument(parts, at: place))
    case .map:
      guard let (name, argument) = Intrinsics.function(self), argument.shortForm == nil else { return nil }
      if name == "Ref" || name == "Condition" { return argument.string == nil ? nil : ("!\(name)", argument) }
      let short = name.dropFirst("Fn::".utf8.count)
      return short.contains(":") || short == "Transform" ? nil : ("!\(short)", argument)
    default: return nil
    }
  }

  private static func subArgument(_ parts: [TextPart], at place: Place) -> Node {
    let text = Node(.string(parts.subText), at: place)
    var variables: Node.Fields = [:]
    for case .variable(let name, let value) in parts { variables[name] = value }
    return variables.isEmpty ? text : Node(.list([text, Node(.map(variables), at: place)]), at: place)
  }

  private func made(_ value: Value) -> Node { Node(value, at: place) }
}
