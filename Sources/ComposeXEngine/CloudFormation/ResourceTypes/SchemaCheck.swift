/// Holds the properties of a resource against its type, and reports each fault where it was written.
///
/// As lenient as CloudFormation is: `"300"` is an integer, `"true"` a boolean, a number a string. What CloudFormation
/// itself computes (references, texts with references, intrinsic functions, dynamic references) may be anything.
public struct SchemaCheck {
  let type: ResourceType
  /// The first words of every message: the type's name, or what the caller rather calls it.
  let subject: String
  /// Whether the tree is all there will be, so that missing properties are faults.
  let isComplete: Bool
  private let findings: Findings

  /// Reports what is wrong with all properties of a resource.
  public static func check(
    _ properties: Node, type: ResourceType, subject: String? = nil, findings: Findings
  ) {
    SchemaCheck(type: type, subject: subject ?? type.name, isComplete: true, findings: findings)
      .check(properties, .object(type.properties), [])
  }

  /// What is wrong with writing `value` at `path`, told at the line that writes it; empty when nothing is.
  ///
  /// Required properties are not asked for: the next line may write them. `path` holds property names and, for items of
  /// lists, any text; faults inside `value` are at their own places, a fault of the path at `place`.
  public static func check(
    writing value: Node, at path: [String], of type: ResourceType, place: Place, subject: String? = nil
  ) -> [Finding] {
    let findings = Findings()
    let check = SchemaCheck(type: type, subject: subject ?? type.name, isComplete: false, findings: findings)
    var schema = Schema.object(type.properties)
    var known: [String] = []
    for step in path {
      guard let below = schema.step(step) else {
        return [check.unknownProperty(step, known, schema, at: place)]
      }
      if case .list = schema {} else { known.append(step) }
      schema = below
    }
    if type.isReadOnly(path) { return [check.readOnly(known, at: place)] }
    check.check(value, schema, known)
    return findings.all
  }

  // MARK: Walking

  /// Trees are bounded where they are read; this bound is for those that a script builds.
  static let depthLimit = 256

  /// `path` names the properties down to `node`, without indices: the place tells the item.
  func check(_ node: Node, _ schema: Schema, _ path: [String], depth: Int = 0) {
    if depth > Self.depthLimit {
      return findings.report(.error(at: node.place, "\(words(path)) is nested too deeply", remedy: "flatten it"))
    }
    if let branches = Computed.branches(node) {
      return branches.forEach { check($0, schema, path, depth: depth + 1) }
    }
    switch schema {
    case .any: return
    case .json where node.fields != nil: return
    case .scalar(let scalar) where scalar.accepts(node): checkValue(node, scalar, path)
    case .list(let item):
      guard let items = node.list else { return wrongKind(node, schema, path) }
      for below in items { check(below, item, path, depth: depth + 1) }
    case .map(let form):
      guard let fields = node.fields else { return wrongKind(node, schema, path) }
      for (key, below) in fields where !Computed.isFunction(key) { check(below, form, path + [key], depth: depth + 1) }
    case .object(let object):
      guard let fields = node.fields else { return wrongKind(node, schema, path) }
      check(node, fields, object, path, depth: depth)
    case .either(let forms): checkEither(node, forms, path, depth: depth)
    case .json, .scalar: wrongKind(node, schema, path)
    }
  }

  private func check(_ node: Node, _ fields: Node.Fields, _ object: ObjectSchema, _ path: [String], depth: Int) {
    for (key, below) in fields where !Computed.isFunction(key) {
      guard let property = object[key] else {
        if object.isOpen { continue }
        findings.report(unknownProperty(key, path, .object(object), at: below.keyPlace ?? below.place))
        continue
      }
      if type.isReadOnly(path + [key]) {
        findings.report(readOnly(path + [key], at: below.keyPlace ?? below.place))
        continue
      }
      check(below, property.schema, path + [key], depth: depth + 1)
    }
    // What a macro adds is not known before CloudFormation runs it.
    guard isComplete, !fields.keys.contains(where: Computed.isFunction) else { return }
    for property in object.properties where property.isRequired && fields[property.name] == nil {
      findings.report(
        .error(
          at: node.place, "\(words(path)) needs the property \"\(property.name)\"",
          remedy: "add \(property.name), \(property.schema.description)"))
    }
  }

  /// One of the forms must do; what is told is what keeps the likeliest of them from it.
  private func checkEither(_ node: Node, _ forms: [Schema], _ path: [String], depth: Int) {
    let likely = forms.filter { $0.isLikely(for: node) }
    if likely.isEmpty { return wrongKind(node, .either(forms), path) }
    var first: [Finding] = []
    for form in likely {
      let attempt = Findings()
      SchemaCheck(type: type, subject: subject, isComplete: isComplete, findings: attempt)
        .check(node, form, path, depth: depth + 1)
      if attempt.all.isEmpty { return }
      if first.isEmpty { first = attempt.all }
    }
    first.forEach(findings.report)
  }

  private func checkValue(_ node: Node, _ scalar: Schema.Scalar, _ path: [String]) {
    guard let text = node.scalarText else { return }
    if let values = scalar.values, !scalar.admits(text) {
      findings.report(
        .error(
          at: node.place, "\(words(path)) cannot be \(node.shown)",
          remedy: NearName.remedy(text, in: values, what: "one of")))
    }
    if let number = Double(text), let range = scalar.range, !scalar.contains(number) {
      findings.report(
        .error(at: node.place, "\(words(path)) must be \(range), not \(node.shown)", remedy: "change the number"))
    }
  }
}

// MARK: - Messages

extension SchemaCheck {
  func words(_ path: [String]) -> String { path.isEmpty ? subject : subject + " " + path.joined(separator: ".") }

  private func unknownProperty(_ name: String, _ path: [String], _ above: Schema, at place: Place) -> Finding {
    let full = (path + [name]).joined(separator: ".")
    let names = above.names.filter { !type.isReadOnly(path + [$0]) }
    return .error(
      at: place, "\(subject) has no property \"\(full)\"",
      remedy: NearName.remedy(name, in: names, what: "properties")
        ?? "\(path.joined(separator: ".")) is \(above.description)")
  }

  private func readOnly(_ path: [String], at place: Place) -> Finding {
    let name = path.joined(separator: ".")
    return .error(
      at: place, "\(subject) \(name) is set by AWS and cannot be written",
      remedy: type.hasAttribute(name) ? "remove it; read it with Fn::GetAtt" : "remove it")
  }

  private func wrongKind(_ node: Node, _ schema: Schema, _ path: [String]) {
    var remedy = "write \(schema.description)"
    if case .list = schema, node.scalarText != nil { remedy = "write it as a list: [\(node.shown)]" }
    findings.report(
      .error(at: node.place, "\(words(path)) must be \(schema.description), not \(node.shown)", remedy: remedy))
  }
}
