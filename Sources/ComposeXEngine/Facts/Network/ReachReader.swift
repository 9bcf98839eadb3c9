import OrderedCollections

/// Works out who reaches whom.
struct ReachReader {
  let template: FactTemplate
  let routes: Routes
  let rules: GroupRules
  let endpoints: [Endpoint]
  let ways: [Balancers.Way]
  /// Endpoints by group.
  private let members: [String: [Int]]

  init(_ template: FactTemplate) {
    self.template = template
    let ports = ServicePorts(template)
    routes = Routes(template)
    rules = GroupRules(template, ports)
    endpoints = EndpointReader(template: template, ports: ports, routes: routes).read()
    ways = Balancers(template: template).ways()
    var members: [String: [Int]] = [:]
    for (index, endpoint) in endpoints.enumerated() {
      for group in endpoint.groups { members[group, default: []].append(index) }
    }
    self.members = members
  }

  /// From the internet inwards: what load balancers and public addresses open, then the rest in the order of the template.
  func read() -> [Reach] {
    var found: OrderedSet<Reach> = []
    for target in endpoints { found.append(contentsOf: into(target)) }
    found.append(contentsOf: throughBalancers(Array(found)))
    for source in endpoints where source.kind == .service || source.kind == .instance {
      found.append(contentsOf: outwards(source))
    }
    let order = ["internet": 0, "vpc": 1]
    return found.elements.enumerated().sorted {
      (order[$0.element.from] ?? 2, $0.offset) < (order[$1.element.from] ?? 2, $1.offset)
    }.map(\.element)
  }

  // MARK: - Into an endpoint

  private func into(_ target: Endpoint) -> [Reach] {
    if target.isOpen {
      let from = target.isPublic == .no ? "vpc" : "internet"
      return (target.listening ?? []).map {
        Reach(
          from: from, to: target.subjects[0], transport: $0.transport, ports: $0.ports,
          certainty: target.isPublic == .no ? .yes : target.isPublic, because: [target.evidence])
      }
    }
    return target.groups.flatMap { group in
      (rules.ingress[group] ?? []).flatMap { rule in reaches(by: rule, target) }
    }
  }

  private func reaches(by rule: GroupRules.Rule, _ target: Endpoint) -> [Reach] {
    let doors = doors(of: target, rule)
    guard !doors.isEmpty else { return [] }
    switch rule.peer {
    case .group(let group):
      guard let sources = members[group] else {
        let name = template.byKey[group]?.name ?? ARNForms.shown(group)
        return made(name, rule, doors, rule.certainty, group: group)
      }
      return sources.flatMap { index -> [Reach] in
        let source = endpoints[index]
        // Members of one group reach each other; nobody asks whether a service reaches itself.
        guard source.key != target.key, source.kind != .store else { return [] }
        return doors.flatMap { door -> [Reach] in
          leaving(source, to: target, door).flatMap { exit -> [Reach] in
            source.subjects.filter { $0 != door.subject }.map { from in
              Reach(
                from: from, to: door.subject, transport: exit.transport, ports: exit.ports,
                certainty: min(rule.certainty, exit.certainty), group: group, because: [rule.evidence])
            }
          }
        }
      }
    case .addresses(let text): return addresses(text, rule, target, doors)
    case .prefixList(let list): return made("prefix list \(ARNForms.shown(list))", rule, doors, rule.certainty)
    }
  }

  private func addresses(_ text: String, _ rule: GroupRules.Rule, _ target: Endpoint, _ doors: [Door]) -> [Reach] {
    if text == "0.0.0.0/0" || text == "::/0" {
      var found: [Reach] = []
      if target.isPublic > .no { found += made("internet", rule, doors, min(rule.certainty, target.isPublic)) }
      if target.isPublic < .yes { found += made("vpc", rule, doors, rule.certainty) }
      return found
    }
    if routes.isNetwork(text) { return made("vpc", rule, doors, rule.certainty) }
    let isPrivate = AddressBlock(text).map { block in Self.privateBlocks.contains { $0.contains(block) } } ?? false
    // Public addresses that come in by a line of one's own are seldom, and not in the template.
    let sure: Certainty = isPrivate ? .yes : max(target.isPublic, .maybe)
    return made(ARNForms.shown(text), rule, doors, min(rule.certainty, sure))
  }

  private static let privateBlocks = [
    "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "127.0.0.0/8", "fc00::/7",
  ]
  .compactMap { AddressBlock($0) }

  private func made(
    _ from: String, _ rule: GroupRules.Rule, _ doors: [Door], _ certainty: Certainty, group: String? = nil
  ) -> [Reach] {
    doors.map {
      Reach(
        from: from, to: $0.subject, transport: $0.transport, ports: $0.ports, certainty: certainty, group: group,
        because: [rule.evidence])
    }
  }

  // MARK: - Doors

  /// What a rule opens of an endpoint.
  struct Door {
    var subject: String
    var transport: String
    var ports: PortRange
  }

  private func doors(of target: Endpoint, _ rule: GroupRules.Rule) -> [Door] {
    func narrowed(_ listening: Endpoint.Listening) -> (String, PortRange)? {
      guard rule.transport == "all" || rule.transport == listening.transport,
        let ports = rule.ports.intersection(listening.ports)
      else { return nil }
      return (listening.transport, ports)
    }
    let listening = target.containers.compactMap { container in
      narrowed(container.listening).map { Door(subject: container.subject, transport: $0.0, ports: $0.1) }
    }
    if let known = target.listening {
      if target.kind == .service { return listening }
      return known.compactMap { narrowed($0).map { Door(subject: target.subjects[0], transport: $0.0, ports: $0.1) } }
    }
    let isFamily = target.subjects.count > 1
    if isFamily, !listening.isEmpty { return listening }
    return [Door(subject: target.subjects[0], transport: rule.transport, ports: rule.ports)]
  }

  /// What the groups of a source let out to a door.
  func leaving(
    _ source: Endpoint, to target: Endpoint, _ door: Door
  ) -> [(transport: String, ports: PortRange, certainty: Certainty)] {
    if source.groups.isEmpty { return [(door.transport, door.ports, .yes)] }
    var best: [(transport: String, ports: PortRange, certainty: Certainty)] = []
    for group in source.groups {
      guard let egress = rules.egress[group], template.byKey[group] != nil else {
        best.append((door.transport, door.ports, .maybe))
        continue
      }
      for rule in egress {
        let sure = min(rule.certainty, goes(rule.peer, to: target))
        guard sure > .no, rule.transport == "all" || door.transport == "all" || rule.transport == door.transport,
          let ports = rule.ports.intersection(door.ports)
        else { continue }
        best.append((rule.transport == "all" ? door.transport : rule.transport, ports, sure))
      }
    }
    // One that lets all of it out says as much as the others.
    if let whole = best.filter({ $0.ports == door.ports && $0.transport == door.transport }).max(by: {
      $0.certainty < $1.certainty
    }) {
      return [whole]
    }
    return best
  }

  private func goes(_ peer: GroupRules.Peer, to target: Endpoint) -> Certainty {
    switch peer {
    case .group(let group): return Certainty(target.groups.contains(group))
    case .prefixList: return .no
    case .addresses(let text):
      if text == "0.0.0.0/0" || text == "::/0" || routes.isNetwork(text) { return .yes }
      return AddressBlock(text).map { routes.overlap(target.subnets, $0) } ?? .maybe
    }
  }

  // MARK: - Through load balancers

  private func throughBalancers(_ direct: [Reach]) -> [Reach] {
    var found: [Reach] = []
    for way in ways {
      guard let balancer = endpoints.first(where: { $0.key == way.balancer }),
        let service = endpoints.first(where: { $0.key == way.service })
      else { continue }
      let (sure, rule) = opens(balancer, service, way)
      guard sure > .no else { continue }
      let name = balancer.subjects[0]
      let to =
        service.containers.first { $0.listening.ports.intersection(PortRange(way.target)) != nil }?.subject
        ?? service.subjects[0]
      found.append(
        Reach(
          from: name, to: to, transport: way.targetTransport, ports: PortRange(way.target), certainty: sure,
          because: (rule.map { [$0] } ?? []) + way.because))
      for reach in direct
      where reach.to == name && (reach.transport == way.transport || reach.transport == "all")
        && reach.ports.intersection(PortRange(way.port)) != nil && reach.from != to
      {
        found.append(
          Reach(
            from: reach.from, to: to, transport: way.transport, ports: PortRange(way.port),
            certainty: min(reach.certainty, sure), via: name, because: reach.because + way.because))
      }
    }
    return found
  }

  /// Whether the groups of a service let its load balancer in.
  private func opens(_ balancer: Endpoint, _ service: Endpoint, _ way: Balancers.Way) -> (Certainty, Evidence?) {
    if service.groups.isEmpty { return (.maybe, nil) }
    let ports = service.listening?.map(\.ports) ?? [PortRange(way.target)]
    var best: (Certainty, Evidence?) = (.no, nil)
    for group in service.groups {
      if template.byKey[group] == nil, best.0 == .no { best = (.maybe, nil) }
      for rule in rules.ingress[group] ?? [] {
        guard rule.transport == "all" || rule.transport == way.targetTransport,
          ports.contains(where: { rule.ports.intersection($0) != nil })
        else { continue }
        let sure = min(rule.certainty, comes(rule.peer, from: balancer))
        if sure > best.0 { best = (sure, rule.evidence) }
      }
    }
    return best
  }

  /// Whether a rule's source is an endpoint.
  func comes(_ peer: GroupRules.Peer, from source: Endpoint) -> Certainty {
    switch peer {
    case .group(let group): return Certainty(source.groups.contains(group))
    case .prefixList: return .no
    case .addresses(let text):
      if text == "0.0.0.0/0" || text == "::/0" || routes.isNetwork(text) { return .yes }
      return AddressBlock(text).map { routes.overlap(source.subnets, $0) } ?? .maybe
    }
  }

  // MARK: - Outwards

  /// What gets out to the internet.
  private func outwards(_ source: Endpoint) -> [Reach] {
    var exit = source.isPublic == .yes ? .yes : routes.hasExit(source.subnets)
    // In a subnet behind an internet gateway, only public addresses get out.
    if source.isPublic == .no, routes.isPublic(source.subnets) == .yes { exit = .no }
    guard exit > .no else { return [] }
    var found: [Reach] = []
    for group in source.groups {
      for rule in rules.egress[group] ?? [] {
        guard case .addresses(let text) = rule.peer, !routes.isNetwork(text) else { continue }
        let isPrivate = AddressBlock(text).map { block in Self.privateBlocks.contains { $0.contains(block) } } ?? false
        guard !isPrivate else { continue }
        let isAll = text == "0.0.0.0/0" || text == "::/0"
        for subject in source.subjects {
          found.append(
            Reach(
              from: subject, to: isAll ? "internet" : ARNForms.shown(text), transport: rule.transport,
              ports: rule.ports,
              certainty: min(rule.certainty, exit), because: [rule.evidence]))
        }
      }
    }
    return found
  }
}
