import OrderedCollections

extension SecurityChanges {
  /// What changes between two versions. `groups` are the changes of their resources, `renamed` what things are called in the newer one.
  init(
    from old: ComparedTemplates, to new: ComparedTemplates, _ groups: [ChangeGroup], renamed: [String: String] = [:]
  ) {
    let after = new.facts(like: nil)
    // What was read from a template is called as the project calls it.
    let before = old.facts(like: after.template)
    let names = Names(renamed: renamed)
    takePorts(before, after, names)
    takeActions(before, after, names)
    take(groups)
  }

  /// What things of the older version are called in the newer one.
  private struct Names {
    let renamed: [String: String]

    func callAsFunction(_ name: String) -> String {
      if renamed.isEmpty { return name }
      if let known = renamed[name] { return known }
      // `x-s3::files/*`
      let end = name.firstIndex(of: "/") ?? name.endIndex
      return (renamed[String(name[..<end])] ?? String(name[..<end])) + name[end...]
    }
  }

  // MARK: - Ports

  private mutating func takePorts(_ before: Facts, _ after: Facts, _ names: Names) {
    let (old, new) = (Self.ports(before, names), Self.ports(after))
    let known = Set(before.endpoints.flatMap(\.subjects).map { names($0) })
    let knows = Set(after.endpoints.flatMap(\.subjects))
    portsOpened = new.filter { old[$0.key] == nil && Self.isNews($0.key, known) }.map {
      Fact(value: $0.key, place: $0.value.because.first?.place, isMaybe: $0.value.certainty < .yes)
    }
    portsClosed = old.filter { new[$0.key] == nil && Self.isNews($0.key, knows) }.map {
      Fact(value: $0.key, place: $0.value.because.first?.place, isMaybe: $0.value.certainty < .yes)
    }
  }

  private static func ports(_ facts: Facts, _ names: Names = Names(renamed: [:])) -> OrderedDictionary<Port, Reach> {
    var ports: OrderedDictionary<Port, Reach> = [:]
    for reach in facts.reach {
      let isAll = reach.ports == .all || reach.transport == "all"
      let port = Port(
        from: names(reach.from), to: names(reach.to), transport: reach.transport, port: isAll ? nil : reach.ports.lower,
        lastPort: isAll || reach.ports.lower == reach.ports.upper ? nil : reach.ports.upper)
      if ports[port].map({ $0.certainty < reach.certainty }) ?? true { ports[port] = reach }
    }
    return ports
  }

  /// A new service that may call out opens nothing: only a change of one that is on both sides is told.
  private static func isNews(_ port: Port, _ others: Set<String>) -> Bool {
    port.to != "internet" || others.contains(port.from)
  }

  // MARK: - Actions

  private mutating func takeActions(_ before: Facts, _ after: Facts, _ names: Names) {
    let old = before.grants.map { grant in
      var grant = grant
      (grant.role, grant.resource) = (names(grant.role), names(grant.resource))
      return grant
    }
    actionsGranted = Self.rights(after.grants, besides: old)
    actionsRevoked = Self.rights(old, besides: after.grants)
  }

  /// That ECS writes the logs of a task comes with every task, and says nothing.
  private static func isUsual(_ grant: Grant) -> Bool {
    grant.kind == .execution && ["logs:CreateLogStream", "logs:PutLogEvents"].contains(grant.action)
  }

  /// The rights of some grants that others do not give, not even by a pattern.
  private static func rights(_ grants: [Grant], besides others: [Grant]) -> [Fact<Action>] {
    var given: [String: [Grant]] = [:]
    for grant in others { given[grant.role, default: []].append(grant) }
    var seen: Set<Action> = []
    return grants.compactMap { grant in
      let action = Action(role: grant.role, action: grant.action, resource: grant.resource)
      let isGiven = (given[grant.role] ?? []).contains { covers($0, grant) }
      guard !isGiven, !isUsual(grant), seen.insert(action).inserted else { return nil }
      return Fact(value: action, place: grant.evidence?.place, isMaybe: grant.certainty < .yes)
    }
  }

  private static func covers(_ grant: Grant, _ other: Grant) -> Bool {
    guard grant.certainty >= other.certainty, grant.resource == other.resource || grant.resource == "*" else {
      return false
    }
    return grant.action == other.action
      || IAMPattern(grant.action, ignoresCase: true).matches(other.action.lowercased()) == .yes
  }
}
