import ComposeXLua

extension ScriptSession {
  /// Refuses a write where the phase does not allow one.
  func checkWritable(_ owner: NodeView.Owner) throws {
    if case .compose = owner {
      guard phase == .project else {
        throw ScriptError(
          "the compose model is frozen once resources are generated", remedy: "change it in composex.project(function)")
      }
      return
    }
    if phase == .check {
      throw ScriptError("resources are read-only in a check", remedy: "change them in each() or patch()")
    }
  }

  /// Refuses a property that the type does not have. `path` are the names down to it.
  func checkProperty(_ path: [String], of resource: Resource) throws {
    guard let type = ResourceTypes.type(resource.type), let unknown = type.unknownName(in: path) else { return }
    throw ScriptError(
      "\(resource.type) has no property \"\(path.prefix(unknown.depth).joined(separator: "."))\"",
      remedy: NearName.remedy(path[unknown.depth - 1], in: unknown.names, what: "it has"))
  }

  /// Makes `node` fit what its place in the template takes, and refuses what does not: an empty table becomes a list where one is wanted.
  func fit(_ node: Node, _ owner: NodeView.Owner, isItem: Bool = false) throws {
    guard case .properties(let resource, let path) = owner, let type = ResourceTypes.type(resource.type) else { return }
    guard let schema = type.schema(at: path) else { return }
    let local = Findings()
    let wanted = isItem ? schema.item ?? schema : schema
    SchemaCheck.fit(node, wanted)
    SchemaCheck.check(node, wanted, type: type, path: path, findings: local)
    if let first = local.all.first(where: { $0.severity == .error }) { throw first }
  }
}
