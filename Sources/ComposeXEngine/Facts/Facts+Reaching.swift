extension Facts {
  /// How one thing reaches another: what names it, and what is true of any address that it has. Empty when it does not.
  func reach(from source: String, to target: String) -> [Reach] {
    let direct = reach.filter { $0.from == source && $0.to == target }
    let sources = endpoints.filter { $0.subjects.contains(source) }
    let targets = endpoints.filter { $0.subjects.contains(target) }
    var found = direct
    if source == "vpc" { found += reach.filter { $0.from == "internet" && $0.to == target } }
    for one in sources {
      for other in targets where other.key != one.key {
        found += implied(one, source, other, target)
        found += unknown(one, source, other, target)
      }
    }
    if source == "internet" {
      for other in targets where other.isPublic > .no && direct.isEmpty {
        found += unknown(nil, source, other, target)
      }
    }
    return found
  }

  /// What a rule opens to addresses, of which the source has one.
  private func implied(_ source: Endpoint, _ name: String, _ target: Endpoint, _ to: String) -> [Reach] {
    reach.filter { $0.to == to && $0.group == nil }.compactMap { reach in
      let membership: Certainty
      switch reach.from {
      case "vpc": membership = .yes
      case "internet":
        membership = self.reach.filter { $0.from == name && $0.to == "internet" }.map(\.certainty).max() ?? .no
      default:
        guard AddressBlock(reach.from) != nil else { return nil }
        membership = network.comes(.addresses(reach.from), from: source)
      }
      // On the way through a load balancer, the source opens a connection to that.
      let first = reach.via.flatMap { via in endpoints.first { $0.subjects.contains(via) } } ?? target
      guard first.key != source.key else { return nil }
      let out = network.leaves(source, to: first, reach)
      guard min(membership, out) > .no else { return nil }
      var made = reach
      made.from = name
      made.certainty = min(reach.certainty, membership, out)
      return made
    }
  }

  /// Groups that are not in the template may have any rules.
  private func unknown(_ source: Endpoint?, _ name: String, _ target: Endpoint, _ to: String) -> [Reach] {
    let foreign = target.groups.filter { template.byKey[$0] == nil }
    guard !foreign.isEmpty else { return [] }
    let listening = target.listening ?? [Endpoint.Listening(transport: "all", ports: .all)]
    return listening.map {
      Reach(
        from: name, to: to, transport: $0.transport, ports: $0.ports, certainty: .maybe, because: [target.evidence])
    }
  }
}

extension ReachReader {
  /// Whether the groups of a source let out what reaches a target.
  func leaves(_ source: Endpoint, to target: Endpoint, _ reach: Reach) -> Certainty {
    let door = Door(subject: reach.to, transport: reach.transport, ports: reach.ports)
    return leaving(source, to: target, door).map(\.certainty).max() ?? .no
  }
}
