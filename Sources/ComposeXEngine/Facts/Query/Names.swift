extension Facts {
  /// What a name in a question means. A name without its key (`web`) is the one definition that is called so; of several, the service.
  ///
  /// - Throws: a `Finding` with the near name.
  func subject(_ name: String, in known: [String], what: String) throws(Finding) -> String {
    if known.contains(name) { return name }
    let called = known.filter { $0.hasSuffix("::\(name)") }
    if called.count == 1 { return called[0] }
    if let service = called.first(where: { $0 == "services::\(name)" }) { return service }
    if called.count > 1 {
      throw Question.error("\"\(name)\" is \(called.joined(separator: " and "))", "name one of them: \(called[0])")
    }
    let bare = known.map { $0.split(separator: ":").last.map(String.init) ?? $0 }
    if let near = NearName.find(name, in: known) ?? NearName.find(name, in: bare) {
      throw Question.error("\(what) \"\(name)\" is not in the template", "did you mean \"\(near)\"?")
    }
    throw Question.error(
      "\(what) \"\(name)\" is not in the template", NearName.remedy(name, in: known, what: "there are"))
  }

  /// What may stand on either side of `reach`.
  var places: [String] {
    var seen: Set<String> = []
    let named = endpoints.flatMap(\.subjects) + ["internet", "vpc"] + reach.flatMap { [$0.from, $0.to] }
    return named.filter { seen.insert($0).inserted }
  }

  /// A place of the network. What has no address is said to have none.
  func place(_ name: String) throws(Finding) -> String {
    let known = places
    if AddressBlock(name) != nil { return name }
    let all = subjects.filter { !known.contains($0) }
    let isElsewhere = !known.contains(name) && !known.contains { $0.hasSuffix("::\(name)") }
    if isElsewhere, let other = all.first(where: { $0 == name || $0.hasSuffix("::\(name)") }) {
      throw Question.error(
        "\(other) has no address in the network, so nothing reaches it by a port",
        "ask who may use it: who may write \(other)")
    }
    return try subject(name, in: known, what: "the place")
  }

  /// A role by its service, its definition or its id.
  func role(_ name: String) throws(Finding) -> RoleFacts {
    if name.hasPrefix("#"), let role = roles.first(where: { $0.key == String(name.dropFirst()) }) { return role }
    let services = roles.filter { $0.kind == .task }.flatMap { role in
      role.services.isEmpty ? [role.name] : role.services
    }
    var seen: Set<String> = []
    let known = (services + roles.map(\.name)).filter { seen.insert($0).inserted }
    if !known.contains(name), !known.contains("services::\(name)"),
      let service = template.all("AWS::ECS::Service").flatMap(\.subjects).first(where: {
        $0 == name || $0 == "services::\(name)"
      })
    {
      throw Question.error(
        "\(service) has no role for its code, so it may do nothing",
        "ask about another: \(known.prefix(5).joined(separator: ", "))")
    }
    let found = try subject(name, in: known, what: "the role")
    if let role = roles.first(where: { $0.name == found && $0.kind != .execution }) { return role }
    guard
      let role = roles.first(where: { $0.kind == .task && $0.services.contains(found) })
        ?? roles.first(where: { $0.name == found })
    else {
      throw Question.error("\(found) has no role", nil)
    }
    return role
  }

  /// What a question's resource means: a definition, `#Id`, an ARN or `*`.
  func resource(_ name: String) throws(Finding) -> String {
    if name.hasPrefix("arn:") || name == "*" { return name }
    // What is below a resource: x-s3::files/uploads/*.
    let head = String(name.prefix { $0 != "/" })
    var seen: Set<String> = []
    let known =
      (template.resources.flatMap(\.subjects) + template.resources.map(\.name) + template.resources.map { "#\($0.key)" })
      .filter { seen.insert($0).inserted }
    let found = try subject(head, in: known, what: "the resource")
    guard head.count < name.count, let arn = arns(of: found).first else { return found }
    return arn + name.dropFirst(head.count)
  }
}
