import OrderedCollections

/// Draws a view of a template from its facts.
struct GraphBuilder {
  let facts: Facts
  private var boxes: OrderedDictionary<String, Graph.Box> = [:]
  private var lines: OrderedSet<Graph.Line> = []

  /// By name: what the main resource is.
  private let kinds: [String: Graph.Kind]

  init(_ facts: Facts) {
    self.facts = facts
    var kinds: [String: (kind: Graph.Kind, isMain: Bool)] = [:]
    for resource in facts.template.resources {
      for name in resource.subjects + [resource.name] where kinds[name].map({ !$0.isMain && resource.isMain }) ?? true {
        kinds[name] = (Graph.Kind(type: resource.type), resource.isMain)
      }
    }
    self.kinds = kinds.mapValues(\.kind)
  }

  mutating func draw(_ view: Graph.View) -> Graph {
    switch view {
    case .architecture: architecture()
    case .network: network()
    case .access: access()
    }
    return Graph(view: view, boxes: boxes.values.elements, lines: lines.elements)
  }

  private mutating func add(_ name: String, _ kind: Graph.Kind, _ lines: [String]? = nil) {
    if boxes[name] != nil { return }
    boxes[name] = Graph.Box(name: name, kind: kind, lines: lines ?? [name], frame: Graph.frame(kind))
  }

  /// The kind of what a name stands for, by the main resource.
  private func kind(of name: String) -> Graph.Kind {
    if ["internet", "vpc", "everyone"].contains(name) { return .internet }
    if name.hasPrefix("services::") { return .service }
    return kinds[name] ?? .other
  }

  // MARK: - Architecture

  /// Every definition, and every resource that scripts add; the network of the project, its cluster and names are a box each.
  private mutating func architecture() {
    let plain = facts.template.resources
    var platform: [String: [FactResource]] = [:]
    var homes: [String: [String]] = [:]
    let reached = Set(facts.reach.filter { $0.from == "internet" && $0.certainty > .no && $0.via == nil }.map(\.to))
    if !reached.isEmpty { add("internet", .internet) }
    for resource in plain {
      let isPart = resource.subject == "#\(resource.key)"
      let kind = Graph.Kind(type: resource.type)
      if isPart, kind == .network {
        platform["network", default: []].append(resource)
        homes[resource.key] = []
        continue
      }
      homes[resource.key] = resource.subjects
      for subject in resource.subjects { add(subject, self.kind(of: subject)) }
    }
    if let all = platform["network"] {
      let isOne = all.count == 1
      add(isOne ? all[0].name : "#network", .network, isOne ? nil : ["network", Self.counted(all)])
    }
    let network = plain.filter { $0.subject == "x-vpc" }
    if boxes["x-vpc"] != nil { boxes["x-vpc"]?.lines.append(Self.counted(network)) }
    for name in boxes.keys where reached.contains(name) {
      lines.append(Graph.Line(from: "internet", to: name, label: ""))
    }
    for way in facts.network.ways {
      guard let balancer = facts.template.byKey[way.balancer], let service = facts.template.byKey[way.service] else {
        continue
      }
      lines.append(Graph.Line(from: balancer.subject, to: service.subject, label: "\(way.port)"))
    }
    for resource in plain {
      for key in Self.references(in: resource) {
        for from in homes[resource.key] ?? [] {
          for to in homes[key] ?? [] where from != to && !isBackground(to) && !isBackground(from) {
            // A load balancer leads to services; that a service names it says no more.
            if boxes[to]?.kind == .balancer, boxes[from]?.kind == .service { continue }
            lines.append(Graph.Line(from: from, to: to, label: ""))
          }
        }
      }
    }
  }

  /// What everything refers to says nothing about anything.
  private func isBackground(_ name: String) -> Bool {
    ["x-vpc", "x-cluster", "x-tags"].contains { name == $0 || name.hasPrefix("\($0)::") }
  }

  /// `1 VPC, 6 subnets, 1 NAT gateway`.
  private static func counted(_ resources: [FactResource]) -> String {
    let words = [
      ("AWS::EC2::VPC", "VPC", "VPCs"), ("AWS::EC2::Subnet", "subnet", "subnets"),
      ("AWS::EC2::NatGateway", "NAT gateway", "NAT gateways"), ("AWS::EC2::VPCEndpoint", "endpoint", "endpoints"),
      ("AWS::ECS::Cluster", "cluster", "clusters"),
    ]
    let found = words.compactMap { type, one, many in
      let count = resources.count { $0.type == type }
      return count == 0 ? nil : "\(count) \(count == 1 ? one : many)"
    }
    return found.isEmpty ? "\(resources.count) resources" : found.joined(separator: ", ")
  }

  /// The keys of resources that the properties of one refer to, in their order.
  private static func references(in resource: FactResource) -> OrderedSet<String> {
    var found: OrderedSet<String> = []
    func walk(_ node: Node) {
      switch node.value {
      case .list(let items): for item in items { walk(item) }
      case .map(let fields): for field in fields.values { walk(field) }
      case .reference(let reference): found.append(resource.scope.keys[reference.id] ?? reference.id)
      case .text(let parts):
        for part in parts {
          switch part {
          case .reference(let reference): found.append(resource.scope.keys[reference.id] ?? reference.id)
          case .variable(_, let value): walk(value)
          case .literal: break
          }
        }
      default: break
      }
    }
    walk(resource.properties)
    return found
  }

  // MARK: - Network

  private mutating func network() {
    for endpoint in facts.endpoints { for subject in endpoint.subjects { add(subject, kind(of: subject)) } }
    var byPair: OrderedDictionary<[String], [Reach]> = [:]
    for reach in facts.reach where reach.via == nil && reach.to != "internet" {
      if reach.from == "internet" || reach.from == "vpc" { add(reach.from, .internet) }
      let isSource = boxes[reach.from] != nil
      if !isSource { add(reach.from, kind(of: reach.from)) }
      guard boxes[reach.to] != nil else { continue }
      byPair[[reach.from, reach.to], default: []].append(reach)
    }
    // What many of one group may do is drawn once, by way of the group.
    let crowded = Set(
      Dictionary(grouping: byPair.values.joined().compactMap(\.group)) { $0 }.filter { $0.value.count > Self.crowd }
        .keys)
    for (pair, all) in byPair {
      let ports = Self.unique(all.map(\.portText)).joined(separator: ", ")
      let group = all.compactMap(\.group).first { crowded.contains($0) }
      guard let group else {
        lines.append(
          Graph.Line(from: pair[0], to: pair[1], label: ports, isDashed: all.allSatisfy { $0.certainty == .maybe }))
        continue
      }
      let name = "#\(group)"
      add(name, .network, ["members of \(group)"])
      lines.append(Graph.Line(from: pair[0], to: name, label: "", isDashed: true))
      lines.append(Graph.Line(from: name, to: pair[1], label: ports))
    }
  }

  /// Pairs of one group that are drawn one by one.
  private static let crowd = 12

  // MARK: - Access

  private mutating func access() {
    var byPair: OrderedDictionary<[String], [Grant]> = [:]
    for role in facts.roles { add(role.name, role.kind == .task ? .service : .role) }
    for grant in facts.grants {
      let owner = facts.template.byKey[String(grant.resource.dropFirst().prefix { $0 != "/" && $0 != ":" })]
      var target = grant.resource
      // What is below a resource is part of its box.
      if target.hasPrefix("x-") { target = Self.head(target) }
      if target.hasPrefix("#"), let owner { target = "#\(owner.key)" }
      if target.hasPrefix("arn:"), let named = named(in: target) { target = named.isMain ? named.subject : named.name }
      if boxes[grant.role] == nil { add(grant.role, grant.role == "everyone" ? .internet : .role) }
      add(target, kind(of: target))
      byPair[[grant.role, target], default: []].append(grant)
    }
    for (pair, all) in byPair where pair[0] != pair[1] {
      let names = Self.unique(all.map(\.action))
      let shown = names.prefix(3).joined(separator: ", ") + (names.count > 3 ? " and \(names.count - 3) more" : "")
      lines.append(
        Graph.Line(from: pair[0], to: pair[1], label: shown, isDashed: all.allSatisfy { $0.certainty == .maybe }))
    }
  }

  /// The resource of the template that an ARN names in some way of its own.
  private func named(in arn: String) -> FactResource? {
    arn.split(separator: "$").lazy.compactMap { piece -> FactResource? in
      guard piece.hasPrefix("{") else { return nil }
      return facts.template.byKey[String(piece.dropFirst().prefix { $0 != "}" && $0 != "." })]
    }.first
  }

  /// `x-s3::files` of `x-s3::files/*`.
  private static func head(_ name: String) -> String {
    guard let slash = name.firstIndex(of: "/") else { return name }
    return String(name[..<slash])
  }

  private static func unique(_ texts: [String]) -> [String] { OrderedSet(texts).elements }
}

extension Graph {
  /// A view of what a run made.
  public init(_ view: View, of outcome: Pipeline.Outcome) {
    var builder = GraphBuilder(Facts(of: outcome.stack))
    self = builder.draw(view)
  }

  /// A picture of the newer of two versions, with what came since the older one and what went.
  public init(_ view: View, from old: ComparedTemplates, to new: ComparedTemplates) {
    let after = new.facts(like: nil)
    var now = GraphBuilder(after)
    // What was read from a template is called as the project calls it.
    var before = GraphBuilder(old.facts(like: after.template))
    self = now.draw(view).compared(to: before.draw(view))
  }
}
