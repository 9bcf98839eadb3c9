/// `x-aws-cloudformation`, the overlay of Docker's ECS integration: a piece of a template that is laid over the generated one.
///
/// Mappings merge, lists are replaced, null deletes, as Docker had it; but an id that is not there and has no Type is an error, and the
/// result is checked as every template is. https://github.com/docker-archive/compose-cli/pull/1116 (2026-11-29)
struct TemplateOverlay {
  static let key = "x-aws-cloudformation"

  let stack: Stack
  let findings: Findings

  /// Lays the section of a project over its template, and says what says it today.
  func apply(_ section: Node) {
    guard let fields = section.fields else {
      findings.report(
        .error(
          at: section.place, "\(Self.key) must be a mapping, not \(section.kind)", remedy: "write Resources: below it"))
      return
    }
    reportSpelling(section)
    for (name, node) in fields where !node.isNull {
      switch name {
      case "Resources": resources(node)
      case "Parameters": define(node, "parameter", in: stack.parameters)
      case "Conditions": define(node, "condition", in: stack.conditions)
      case "Outputs": define(node, "output", in: stack.outputs)
      case "AWSTemplateFormatVersion": break
      case "Description": stack.description = node.string ?? stack.description
      default:
        findings.report(
          .error(
            at: node.keyPlace ?? node.place, "\(Self.key) has no part \"\(name)\"",
            remedy: NearName.remedy(
              name, in: ["Resources", "Parameters", "Conditions", "Outputs", "Description"], what: "it has")))
      }
    }
  }

  private func reportSpelling(_ section: Node) {
    let first = section["Resources"]?.fields?.first { stack.resources[$0.key] != nil && $0.value["Properties"] != nil }
    let property = first?.value["Properties"]?.fields?.keys.first
    let shown = first.map { "composex.patch(\"#\($0.key)\", { \(property ?? "Name") = ... })" }
    findings.report(
      .warning(
        at: section.keyPlace ?? section.place, "\(Self.key) is a spelling of Docker's ECS integration",
        remedy: "today: a script, \(shown ?? "composex.patch(\"services::web\", { ... })"), which names what it changes"
      ))
  }

  private func resources(_ node: Node) {
    guard let fields = node.fields else {
      findings.report(.error(at: node.place, "\(Self.key) Resources must be a mapping, not \(node.kind)"))
      return
    }
    for (id, body) in fields { resource(id, body) }
  }

  private func resource(_ id: String, _ body: Node) {
    let place = body.keyPlace ?? body.place
    guard let resource = stack.resources[id] else { return add(id, body, at: place) }
    if body.isNull { return stack.remove(resource, at: place) }
    guard let fields = body.fields else {
      findings.report(.error(at: body.place, "\(Self.key) \(id) must be a mapping, not \(body.kind)"))
      return
    }
    for (name, value) in fields {
      switch name {
      case "Type" where value.string == resource.type: break
      case "Type":
        findings.report(
          .error(
            at: value.place, "\(Self.key) \(id) is \(resource.type), and stays so",
            remedy: "leave Type out, or take another id"))
      case "Properties": merge(value, into: resource.properties)
      default: attribute(name, value, of: resource)
      }
    }
  }

  private func attribute(_ name: String, _ value: Node, of resource: Resource) {
    guard Resource.attributeNames.contains(name) else {
      findings.report(
        .error(
          at: value.keyPlace ?? value.place, "\(Self.key) \(resource.id) has no attribute \"\(name)\"",
          remedy: NearName.remedy(name, in: ["Type", "Properties"] + Resource.attributeNames, what: "it has")))
      return
    }
    put(value, under: name, of: resource.attributes)
    ResourceAttributes.check(resource, findings: findings)
  }

  private func add(_ id: String, _ body: Node, at place: Place) {
    guard let type = body["Type"]?.string else {
      findings.report(
        .error(
          at: place, "\(Self.key) \(id) is not in the template, and has no Type",
          remedy: NearName.remedy(id, in: stack.resources.keys, what: "there are")))
      return
    }
    let resource = Resource(id: id, type: type, origin: Resource.Origin(place: place), types: stack.types)
    do throws(Finding) { try stack.add(resource) } catch { return findings.report(error) }
    self.resource(id, body)
  }

  // MARK: - Merging

  private func merge(_ node: Node, into target: Node) {
    guard let fields = node.fields else {
      findings.report(
        .error(
          at: node.place, "\(Self.key) must have a mapping here, not \(node.kind)", remedy: "write keys and values"))
      return
    }
    for (name, value) in fields { put(value, under: name, of: target) }
  }

  /// Merges definitions into a section of the template, and holds what comes of each against CloudFormation's form.
  private func define(_ node: Node, _ what: String, in section: Node) {
    merge(node, into: section)
    for (name, written) in node.fields ?? [:] {
      guard let definition = section[name] else { continue }
      do throws(Finding) {
        if what == "parameter", stack.resources[name] != nil {
          throw .error(
            at: written.place, "parameter \"\(name)\" has the name of a resource", remedy: "choose another name")
        }
        try TemplateSections.check(definition, what, name)
      } catch {
        findings.report(error)
      }
    }
  }

  private func put(_ value: Node, under name: String, of target: Node) {
    if value.isNull {
      target.remove(name, at: value.keyPlace ?? value.place)
    } else if let old = target[name], old.fields != nil, value.fields != nil, Intrinsics.function(old) == nil,
      Intrinsics.function(value) == nil
    {
      merge(value, into: old)
    } else {
      target.set(name, value.copy())
    }
  }
}
