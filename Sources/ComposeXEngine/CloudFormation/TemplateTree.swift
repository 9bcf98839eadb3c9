/// The template as one tree, in the order in which it is written.
/// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-anatomy.html
enum TemplateTree {
  static func make(_ stack: Stack) -> Node {
    var fields: Node.Fields = ["AWSTemplateFormatVersion": node(.string("2010-09-09"))]
    if let description = stack.description { fields["Description"] = node(.string(description)) }
    let transforms = stack.transforms.map { node(.string($0)) }
    if !transforms.isEmpty { fields["Transform"] = transforms.count == 1 ? transforms[0] : node(.list(transforms)) }
    let sections = [
      ("Metadata", stack.metadata), ("Parameters", stack.parameters), ("Rules", stack.rules),
      ("Mappings", stack.mappings), ("Conditions", stack.conditions),
    ]
    for (name, section) in sections {
      if section.fields?.isEmpty == false { fields[name] = section }
    }
    fields["Resources"] = node(.map(stack.resources.mapValues(make)))
    if stack.outputs.fields?.isEmpty == false { fields["Outputs"] = stack.outputs }
    return node(.map(fields))
  }

  private static func make(_ resource: Resource) -> Node {
    var fields: Node.Fields = ["Type": node(.string(resource.type))]
    for name in Resource.attributeNames {
      guard let value = resource.attributes[name] else { continue }
      fields[name] = name == "DependsOn" ? ids(value) : value
    }
    if resource.properties.fields?.isEmpty == false { fields["Properties"] = resource.properties }
    return node(.map(fields))
  }

  /// `DependsOn` takes bare logical ids, each once.
  private static func ids(_ value: Node) -> Node {
    var seen: Set<String> = []
    let ids = (value.list ?? [value]).compactMap { item -> Node? in
      let id = if case .reference(let reference) = item.value { reference.id } else { item.string ?? "" }
      return seen.insert(id).inserted ? node(.string(id)) : nil
    }
    return node(ids.count == 1 ? ids[0].value : .list(ids))
  }

  private static func node(_ value: Node.Value) -> Node { Node(value, at: .unknown) }
}
