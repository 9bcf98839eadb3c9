/// Holds the properties of a resource against its type, and reports each fault where it was written.
///
/// As lenient as CloudFormation is: `"300"` is an integer, `"true"` a boolean, a number a string. What CloudFormation
/// itself computes (references, texts with references, intrinsic functions, dynamic references) may be anything.
final class SchemaCheck {
  let type: ResourceType
  /// The first words of every message: the type's name, or what the caller rather calls it.
  let subject: String
  /// What is wrong with what is written.
  private var written: [Finding] = []
  /// The same, and the required properties that are missing. Empty only when `written` is.
  private var whole: [Finding] = []
  /// The properties down to the node in hand, without the indices of lists: the place shows the item.
  private var path: [String] = []

  private init(_ type: ResourceType, _ subject: String?) {
    self.type = type
    self.subject = subject ?? type.name
  }

  /// What is wrong with the properties of a resource: with what is written there, and with the whole, where required properties
  /// that are missing count as well.
  static func faults(
    of properties: Node, type: ResourceType, subject: String? = nil
  ) -> (written: [Finding], whole: [Finding]) {
    let check = SchemaCheck(type, subject)
    check.check(properties, .object(type.properties))
    return (check.written, check.whole)
  }

  /// Reports what is wrong with all properties of a resource.
  static func check(
    _ properties: Node, type: ResourceType, subject: String? = nil, findings: Findings
  ) {
    faults(of: properties, type: type, subject: subject).whole.forEach(findings.report)
  }

  /// What is wrong with writing `value` at `path`, reported at the line that writes it; empty when nothing is.
  ///
  /// Required properties are not asked for: the next line may write them. `path` holds property names and, for items of
  /// lists, any text; faults inside `value` are at their own places, a fault of the path at `place`.
  static func check(
    writing value: Node, at path: [String], of type: ResourceType, place: Place, subject: String? = nil
  ) -> [Finding] {
    let check = SchemaCheck(type, subject)
    var schema = Schema.object(type.properties)
    for step in path {
      guard let below = schema.step(step) else { return [check.unknownProperty(step, schema, at: place)] }
      if case .list = schema {} else { check.path.append(step) }
      schema = below
    }
    if type.isReadOnly(check.path) { return [check.readOnly(at: place)] }
    check.check(value, schema)
    return check.written
  }

  // MARK: Walking

  /// Trees are bounded where they are read; this bound is for those that a script builds.
  private static let depthLimit = 256

  private func check(_ node: Node, _ schema: Schema, depth: Int = 0) {
    if depth > Self.depthLimit { return report(node.place, "is nested too deeply", remedy: "flatten it") }
    if let branches = Computed.branches(node) {
      if branches.isEmpty { node.keepArguments() }
      return branches.forEach { check($0, schema, depth: depth + 1) }
    }
    switch schema {
    case .any: node.keepDigits()
    case .json where node.fields != nil: node.keepScalars()
    case .scalar(let scalar) where scalar.accepts(node):
      if scalar.kind == .string { node.keepSpelling() }
      checkValue(node, scalar)
    case .list(let item):
      guard let items = node.list else { return wrongKind(node, schema) }
      for below in items { check(below, item, depth: depth + 1) }
    case .map(let form):
      guard let fields = node.fields else { return wrongKind(node, schema) }
      for (key, below) in fields where !Computed.isFunction(key) { check(below, form, key, depth: depth) }
    case .object(let object):
      guard let fields = node.fields else { return wrongKind(node, schema) }
      check(node, fields, object, depth: depth)
    case .either(let forms): checkEither(node, forms, depth: depth)
    case .json, .scalar: wrongKind(node, schema)
    }
  }

  private func check(_ node: Node, _ schema: Schema, _ name: String, depth: Int) {
    path.append(name)
    check(node, schema, depth: depth + 1)
    path.removeLast()
  }

  private func check(_ node: Node, _ fields: Node.Fields, _ object: ObjectSchema, depth: Int) {
    // What a macro adds is not known before CloudFormation runs it.
    var isWhole = true
    for (key, below) in fields {
      if let property = object[key] {
        if property.mayBeReadOnly && type.isReadOnly(path + [key]) {
          path.append(key)
          report(readOnly(at: below.keyPlace ?? below.place))
          path.removeLast()
        } else {
          check(below, property.schema, key, depth: depth)
        }
      } else if Computed.isFunction(key) {
        isWhole = false
      } else if !object.isOpen {
        report(unknownProperty(key, .object(object), at: below.keyPlace ?? below.place))
      }
    }
    guard isWhole else { return }
    for property in object.required where fields[property.name] == nil {
      if property.mayBeReadOnly && type.isReadOnly(path + [property.name]) { continue }
      whole.append(
        fault(
          node.place, "needs the property \"\(property.name)\"",
          remedy: "add \(property.name), \(property.schema.description)"))
    }
  }

  /// One of the forms must do; what is reported is what keeps the likeliest of them from it.
  private func checkEither(_ node: Node, _ forms: [Schema], depth: Int) {
    let likely = forms.filter { $0.isLikely(for: node) }
    if likely.isEmpty { return wrongKind(node, .either(forms)) }
    let (writtenBefore, wholeBefore) = (written, whole)
    var faults: [(written: [Finding], whole: [Finding])] = []
    for form in likely {
      (written, whole) = ([], [])
      check(node, form, depth: depth + 1)
      faults.append((written, whole))
      if whole.isEmpty { break }
    }
    written = writtenBefore + (faults.contains { $0.written.isEmpty } ? [] : faults[0].written)
    whole = wholeBefore + (faults.contains { $0.whole.isEmpty } ? [] : faults[0].whole)
  }

  /// The number that is nearest to a number, of values that are all numbers; the larger of two.
  private static func nearest(_ text: String, in values: [String]) -> String? {
    guard let wanted = Double(text) else { return nil }
    let numbers = values.compactMap(Double.init)
    guard numbers.count == values.count else { return nil }
    return zip(values, numbers).min {
      abs($0.1 - wanted) < abs($1.1 - wanted) || (abs($0.1 - wanted) == abs($1.1 - wanted) && $0.1 > $1.1)
    }?.0
  }

  private func checkValue(_ node: Node, _ scalar: Schema.Scalar) {
    guard scalar.isBound, let text = node.scalarText else { return }
    if let values = scalar.values, !scalar.admits(text) {
      let near = Self.nearest(text, in: values).map { "write \($0)" }
      report(node.place, "cannot be \(node.shown)", remedy: near ?? NearName.remedy(text, in: values, what: "one of"))
    }
    if let number = Double(text), let range = scalar.range, !scalar.contains(number) {
      report(node.place, "must be \(range), not \(node.shown)", remedy: "change the number")
    }
  }
}

// MARK: - Messages

extension SchemaCheck {
  private func report(_ finding: Finding) {
    written.append(finding)
    whole.append(finding)
  }

  /// Reports a fault of the node in hand.
  private func report(_ place: Place, _ words: String, remedy: String?) {
    report(fault(place, words, remedy: remedy))
  }

  private func fault(_ place: Place, _ words: String, remedy: String?) -> Finding {
    let name = path.isEmpty ? subject : subject + " " + path.joined(separator: ".")
    return .error(at: place, name + " " + words, remedy: remedy)
  }

  private func unknownProperty(_ name: String, _ above: Schema, at place: Place) -> Finding {
    let full = (path + [name]).joined(separator: ".")
    // Near names are looked for while faults are few.
    let names = written.count < 200 ? above.names.filter { !type.isReadOnly(path + [$0]) } : []
    return .error(
      at: place, "\(subject) has no property \"\(full)\"",
      remedy: NearName.remedy(name, in: names, what: "properties")
        ?? "\(path.joined(separator: ".")) is \(above.description)")
  }

  private func readOnly(at place: Place) -> Finding {
    let name = path.joined(separator: ".")
    return .error(
      at: place, "\(subject) \(name) is set by AWS and cannot be written",
      remedy: type.hasAttribute(name) ? "remove it; read it with Fn::GetAtt" : "remove it")
  }

  private func wrongKind(_ node: Node, _ schema: Schema) {
    var remedy = "write \(schema.description)"
    if case .list = schema, node.scalarText != nil { remedy = "write it as a list: [\(node.shown)]" }
    report(node.place, "must be \(schema.description), not \(node.shown)", remedy: remedy)
  }
}
