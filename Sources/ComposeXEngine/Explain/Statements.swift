/// The answer of `composex explain --action sqs:SendMessage` and `--role web`: statements of every policy of the template.
struct Statements {
  private let stack: Stack
  private let action: String?
  /// The roles that are asked for; nil for any.
  private let roles: [Resource]?

  /// Throws a `Finding` when no role answers to the name.
  init(action: String?, role: String?, _ outcome: Pipeline.Outcome) throws {
    stack = outcome.stack
    self.action = action
    guard let role else {
      roles = nil
      return
    }
    let all = stack.resources.values.filter { $0.type == "AWS::IAM::Role" }
    let found = all.filter { $0.id == role || ($0.origin.key == "services" && $0.origin.names.contains(role)) }
    guard !found.isEmpty else {
      let names = outcome.project.services.keys.elements + all.map(\.id)
      throw Explanation.error("there is no role of \"\(role)\"", NearName.remedy(role, in: names, what: "there are"))
    }
    roles = found
  }

  var entries: [Provenance] {
    stack.resources.values.flatMap { resource -> [Provenance] in
      guard roles == nil || isOfRole(resource) else { return [] }
      var found: [Provenance] = []
      visit(resource.properties, resource.id, resource, &found)
      return found
    }
  }

  /// Whether a reference, or a text that is one, leads to the resource.
  static func points(_ node: Node, to resource: Resource) -> Bool {
    switch node.value {
    case .reference(let reference): reference.resource === resource || reference.id == resource.id
    case .string(let text): text == resource.id
    default: false
    }
  }

  /// A role's own policies, and those that are attached to it.
  private func isOfRole(_ resource: Resource) -> Bool {
    guard let roles else { return true }
    if roles.contains(where: { $0 === resource }) { return true }
    return (resource.properties["Roles"]?.list ?? []).contains { item in roles.contains { Self.points(item, to: $0) } }
  }

  private func visit(_ node: Node, _ path: String, _ resource: Resource, _ found: inout [Provenance]) {
    for (index, item) in (node.list ?? []).enumerated() {
      let name = (item["PolicyName"] ?? item["Sid"])?.string ?? String(index + 1)
      visit(item, "\(path).\(name)", resource, &found)
    }
    for (name, value) in node.fields ?? [:] {
      // Who may take a role is another question.
      if name == "AssumeRolePolicyDocument" { continue }
      guard name == "Statement" else {
        visit(value, "\(path).\(name)", resource, &found)
        continue
      }
      for (index, statement) in (value.list ?? [value]).enumerated() {
        let own = "\(path).Statement.\(statement["Sid"]?.string ?? String(index + 1))"
        if let entry = entry(statement, own, resource) { found.append(entry) }
      }
    }
  }

  private func entry(_ statement: Node, _ path: String, _ resource: Resource) -> Provenance? {
    let isNot = statement["Action"] == nil
    let actions = Self.texts(statement["Action"] ?? statement["NotAction"])
    var shown = actions
    if let action {
      let wanted = action.lowercased()
      let matching = actions.filter { pattern in
        Selector.Glob(pattern.lowercased()).matches(wanted) || Selector.Glob(wanted).matches(pattern.lowercased())
      }
      guard isNot ? matching.isEmpty : !matching.isEmpty else { return nil }
      if !isNot { shown = matching }
    }
    let effect = statement["Effect"]?.string ?? "Allow"
    let what = (isNot ? "all but " : "") + shown.joined(separator: ", ")
    let resources = Self.texts(statement["Resource"] ?? statement["NotResource"])
    let on =
      resources.isEmpty
      ? "" : " on \(statement["NotResource"] == nil ? "" : "all but ")\(resources.joined(separator: ", "))"
    let condition = statement["Condition"] == nil ? "" : ", under a condition"
    var writers = statement.history.map { Provenance.Writer(place: $0.place, note: "the statement") }
    if !writers.contains(where: { $0.place == resource.origin.place }) {
      writers.append(Provenance.Writer(place: resource.origin.place, note: "made for \(resource.name)"))
    }
    return Provenance(path: path, value: "\(effect) \(what)\(on)\(condition)", writers: writers)
  }

  private static func texts(_ node: Node?) -> [String] {
    guard let node else { return [] }
    return (node.list ?? [node]).map { $0.string ?? $0.brief }
  }
}
