extension Planning {
  /// What is deployed and what would be, as templates; nil where what is deployed cannot be read.
  var sides: (old: ComparedTemplates, new: ComparedTemplates)? {
    let new = ComparedTemplates(deployment.outcome, named: "plan")
    if isNew { return (ComparedTemplates(nothingIn: "nothing"), new) }
    guard let deployed else { return nil }
    var templates: [String: Node] = [:]
    for change in changeSet?.changes ?? [] {
      let stack = change.nested.flatMap { self.nested[$0]?.stack } ?? change.physicalId ?? ""
      templates[change.logicalId] = nestedTemplates[stack]
    }
    // A stack of which nothing changes has what the project has.
    for part in deployment.outcome.parts ?? [] where templates[part.home.id] == nil && !part.home.id.isEmpty {
      templates[part.home.id] = TemplateTree.make(part.stack).written
    }
    let known = (deployed["Resources"]?.fields ?? [:]).keys.compactMap { id in templates[id].map { (id, $0) } }
    return (ComparedTemplates(deployed, nested: known, named: "deployed"), new)
  }
}
