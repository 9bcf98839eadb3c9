/// References from what is always there to what is there under a condition: when the condition is false, CloudFormation refuses the
/// whole template ("Unresolved resource dependencies").
/// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/conditions-section-structure.html (read 2026-11-29)
struct ConditionalReferences {
  let stack: Stack
  let findings: Findings

  /// Reports each; a template without conditions costs nothing.
  func check() {
    guard stack.conditions.fields?.isEmpty == false else { return }
    for resource in stack.resources.values {
      let holding = implied(by: condition(of: resource))
      findings.definition = resource.origin.place
      check(resource.properties, of: resource.id, holding)
    }
    findings.definition = nil
    for (name, output) in stack.outputs.fields ?? [:] {
      check(output, of: "output \(name)", implied(by: output["Condition"]?.string))
    }
  }

  private func condition(of resource: Resource) -> String? { resource.attributes["Condition"]?.string }

  /// The conditions that are true when `name` is: itself, and those that its `Fn::And` names.
  private func implied(by name: String?) -> Set<String> {
    var found: Set<String> = []
    var left = name.map { [$0] } ?? []
    while let next = left.popLast() {
      guard found.insert(next).inserted, let node = stack.conditions[next],
        let (function, argument) = Intrinsics.function(node)
      else { continue }
      if function == "Condition" { left += argument.string.map { [$0] } ?? [] }
      guard function == "Fn::And" else { continue }
      left += (argument.list ?? []).compactMap { item in
        Intrinsics.function(item).flatMap { $0.name == "Condition" ? $0.argument.string : nil }
      }
    }
    return found
  }

  private func check(_ node: Node, of subject: String, _ holding: Set<String>) {
    switch node.value {
    case .list(let items): for item in items { check(item, of: subject, holding) }
    case .map(let fields):
      if let (name, argument) = Intrinsics.function(node), name == "Fn::If", let parts = argument.list, parts.count == 3
      {
        check(parts[1], of: subject, holding.union(implied(by: parts[0].string)))
        return check(parts[2], of: subject, holding)
      }
      for field in fields.values { check(field, of: subject, holding) }
    case .reference(let reference): check(reference, at: node.place, of: subject, holding)
    case .text(let parts):
      for part in parts {
        switch part {
        case .literal: break
        case .reference(let reference): check(reference, at: node.place, of: subject, holding)
        case .variable(_, let value): check(value, of: subject, holding)
        }
      }
    default: break
    }
  }

  private func check(_ reference: Reference, at place: Place, of subject: String, _ holding: Set<String>) {
    guard let target = reference.resource, let needed = condition(of: target), !holding.contains(needed)
    else { return }
    findings.report(
      .error(
        at: place, "\(subject) refers to \(target.id), which is there only under the condition \(needed)",
        remedy: "give it Condition: \(needed) too, or write Fn::If: [\(needed), ..., !Ref AWS::NoValue]"))
  }
}
