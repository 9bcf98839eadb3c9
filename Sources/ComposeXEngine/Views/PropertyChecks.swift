import ComposeXLua

extension ScriptSession {
  /// Refuses a write where the phase does not allow one.
  func checkWritable(_ owner: NodeView.Owner) throws {
    writes += 1
    if case .compose = owner {
      guard phase == .project else {
        throw ScriptError(
          "the compose model is frozen once resources are generated", remedy: "change it in composex.project(function)")
      }
      return
    }
    if case .data = owner {
      throw ScriptError("what a data file holds is read-only", remedy: "change a copy: composex.copy(data)")
    }
    if phase == .check {
      throw ScriptError("resources are read-only in a check", remedy: "change them in each() or patch()")
    }
    switch owner {
    case .properties(let resource, _), .attribute(let resource, _):
      guard !stack.contains(resource), let (_, place) = stack.removed.last(where: { $0.resource === resource }) else {
        return
      }
      throw ScriptError(
        "\(resource.subject) was removed at \(place.fileAndLine)", remedy: "change resources before they are removed")
    default: return
    }
  }

  /// Refuses a property that the type does not have. `path` are the names down to it, `*` for an item of a list.
  func checkProperty(_ path: [String], of resource: Resource) throws {
    guard let type = resource.registered, type.schema(at: path) == nil else { return }
    try refuse(SchemaCheck.check(writing: Node(.null, at: .unknown), at: path, of: type, place: .unknown))
  }

  /// Makes `node` fit its place in the template, and refuses what does not fit: an empty table becomes a list where one is wanted.
  func fit(_ node: Node, _ owner: NodeView.Owner) throws {
    guard case .properties(let resource, let path) = owner, let type = resource.registered else { return }
    if node.holdsEmptyMapping, let schema = type.schema(at: path) { schema.fit(node) }
    // What generators make of the compose file is checked as a whole, so that all that is wrong is reported.
    if phase == .generate { return }
    try refuse(SchemaCheck.check(writing: node, at: path, of: type, place: .unknown))
  }

  /// Throws the first finding, to be reported at the line of the script that is running.
  private func refuse(_ found: [Finding]) throws {
    guard let first = found.first(where: { $0.severity == .error }) else { return }
    throw ScriptError(first.message, remedy: first.remedy)
  }
}

extension Node {
  /// Whether a mapping without entries is in the tree.
  fileprivate var holdsEmptyMapping: Bool {
    switch value {
    case .list(let items): items.contains { $0.holdsEmptyMapping }
    case .map(let fields): fields.isEmpty || fields.values.contains { $0.holdsEmptyMapping }
    default: false
    }
  }
}

extension Schema {
  /// Lua has one empty table; it becomes the empty list where the form is a list.
  func fit(_ node: Node) {
    switch node.value {
    case .list(let items): for item in items { step("*")?.fit(item) }
    case .map(let fields) where fields.isEmpty: if wantsList { node.value = .list([]) }
    case .map(let fields): for (name, field) in fields { step(name)?.fit(field) }
    default: break
    }
  }

  private var wantsList: Bool {
    switch self {
    case .list: true
    case .either(let forms): !forms.isEmpty && forms.allSatisfy(\.wantsList)
    default: false
    }
  }
}
