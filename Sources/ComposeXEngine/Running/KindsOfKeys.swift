import ComposeXLua

extension ScriptSession {
  /// A key of composex stands for its types. One of a script's own stands for what is made under it, and under keys that are `like`
  /// it: its type belongs to others as well.
  func kinds(of key: String) -> Selector.Kinds {
    if let known = knownKinds[key] { return known }
    let types = key == "services" ? ["AWS::ECS::Service"] : builtInTypes(of: key)
    let kinds = Selector.Kinds(keys: keys(like: key), types: types)
    knownKinds[key] = kinds
    return kinds
  }

  private func builtInTypes(of key: String) -> Set<String> {
    guard let file = moduleFiles[key], case .reference(let table)? = try? module(file),
      let fields = try? host.contents(of: table)
    else { return [] }
    var types: Set<String> = []
    func add(_ module: LuaTable) { if let type = module["type"]?.string { types.insert(type) } }
    add(fields)
    if case .reference(let kinds)? = fields["kinds"], let list = try? host.contents(of: kinds) {
      for case .reference(let kind) in list.items { if let kind = try? host.contents(of: kind) { add(kind) } }
    }
    return types
  }

  private func keys(like key: String) -> Set<String> {
    var keys: Set = [key]
    // Modules are declared in an order in which a later one names an earlier.
    for declaration in declarations.modules {
      guard case .module(let fields) = declaration.body, let own = fields["key"]?.string,
        let like = fields["like"]?.string, keys.contains(like)
      else { continue }
      keys.insert(own)
    }
    return keys
  }

  /// Refuses what becomes other resources while the stack is deployed, where an organisation's pack does not allow it: its rules cannot
  /// see them.
  func checkUnseen() {
    for resource in stack.resources.values {
      for unseen in Unseen.allCases where unseen.isIn(resource) {
        guard let pack = packs.first(where: { $0.isOrganisations && !$0.content.allow.contains(unseen.rawValue) })
        else {
          continue
        }
        findings.report(
          .error(
            at: resource.origin.place, "\(resource.subject) \(unseen.message)",
            remedy: "write what it stands for; or pack \(pack.name) lets it pass: allow = { \"\(unseen.rawValue)\" }"))
      }
    }
  }
}
