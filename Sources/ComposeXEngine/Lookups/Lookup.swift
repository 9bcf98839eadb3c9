/// A `Lookup` of a project: something that exists already, found by what the file says of it.
struct Lookup {
  /// The key under which a security group stands; sections have their own.
  static let securityGroup = "security group"
  /// The same for a prefix list.
  static let prefixList = "prefix list"

  /// `x-sqs::jobs`, `x-vpc`, `volumes::data`.
  let subject: String
  /// `x-sqs`: what kind of thing it is.
  let key: String
  /// The mapping that has the key `Lookup`.
  let holder: Node
  /// What a zone is called.
  let name: String?

  /// What the file says.
  var node: Node { holder["Lookup"] ?? .nothing }
  /// Where it says so.
  var place: Place { node.keyPlace ?? node.place }

  private init?(_ subject: String, _ key: String, _ holder: Node?, name: String? = nil) {
    guard let holder, let node = holder["Lookup"], node.fields != nil || node.string != nil || node.bool == true else {
      return nil
    }
    (self.subject, self.key, self.holder, self.name) = (subject, key, holder, name)
  }

  /// Those of a project, in the order of the file.
  static func all(_ project: ComposeProject) -> [Lookup] {
    var found: [Lookup] = []
    for (key, section) in project.root.fields ?? [:] {
      switch key {
      case "x-vpc", "x-cluster": found += Lookup(key, key, section).map { [$0] } ?? []
      case "volumes", "secrets":
        let own = key == "volumes" ? "x-efs" : "x-secrets"
        for (name, body) in section.fields ?? [:] {
          found += Lookup("\(key)::\(name)", own, body[own]).map { [$0] } ?? []
        }
      case "services":
        for (name, service) in section.fields ?? [:] {
          found += groups("services::\(name)", service["x-network"])
        }
      default:
        guard key.hasPrefix("x-") else { continue }
        for (name, body) in section.fields ?? [:] {
          let zone = body["ZoneName"]?.string ?? body["Name"]?.string
          found += Lookup("\(key)::\(name)", key, body, name: zone).map { [$0] } ?? []
          if key == "x-elbv2" { found += groups("\(key)::\(name)", body) }
        }
      }
    }
    return found
  }

  /// Security groups and prefix lists that a service or a load balancer lets in, and groups that it has.
  private static func groups(_ subject: String, _ network: Node?) -> [Lookup] {
    var found: [Lookup] = []
    for (index, source) in (network?.at("Ingress", "AwsSources")?.list ?? []).enumerated() {
      let kind = source["Type"]?.string == "PrefixList" ? prefixList : securityGroup
      found += Lookup("\(subject)::AwsSources.\(index + 1)", kind, source).map { [$0] } ?? []
    }
    let further = network?["AdditionalSecurityGroups"]
    let items = further?.fields?.map { ($0, $1) } ?? (further?.list ?? []).enumerated().map { ("\($0 + 1)", $1) }
    for (name, group) in items {
      found += Lookup("\(subject)::AdditionalSecurityGroups.\(name)", securityGroup, group).map { [$0] } ?? []
    }
    return found
  }
}

// MARK: - What is asked

extension Lookup {
  /// Keys that hold the Lookup of one of several things of a kind.
  static let levels = ["cluster", "db", "instance", "loadbalancer", "LoadBalancer"]

  /// The key below which the thing itself is described; nil when it stands in the Lookup.
  var level: String? { Self.levels.first { node[$0]?.fields != nil } }
  /// What describes the thing itself.
  var inner: Node { level.flatMap { node[$0] } ?? node }

  /// Names of subnets and the VPC, in the Lookup of `x-vpc`.
  var groups: [String] { key == "x-vpc" ? node.fields?.keys.filter { $0 != "RoleArn" && $0 != "Region" } ?? [] : [] }

  /// The listeners, by their ports.
  var listeners: [String] { key == "x-elbv2" ? node["Listeners"]?.fields?.keys.elements ?? [] : [] }

  /// Whether the file says too little: only `composex lookup` knows the rest.
  var isOpen: Bool {
    switch key {
    case "x-vpc": groups.contains { node[$0].map(Self.isOpen) ?? false }
    case "x-elbv2": Self.isOpen(inner) || listeners.contains { isOpen(listener: $0) }
    case "x-cluster": node["Tags"] != nil && Self.isOpen(node)
    // A namespace has a name in any case, and no other value of a Lookup need say one.
    case "x-cloudmap": node.fields.map { fields in !Self.stating.contains { fields[$0] != nil } } ?? true
    default: Self.isOpen(inner) || node["secret"].map(Self.isOpen) ?? false
    }
  }

  /// Whether the ARN of a listener is missing.
  func isOpen(listener port: String) -> Bool {
    guard let node = node.at("Listeners", port) else { return false }
    return node["Arn"] == nil
  }

  /// Whether something is found by its tags, or by a name that is none to CloudFormation.
  static func isOpen(_ node: Node) -> Bool {
    guard let fields = node.fields else { return false }
    if stating.contains(where: { fields[$0] != nil }) { return false }
    if let identifier = fields["Identifier"]?.string {
      if identifier.hasPrefix("vpc-") || identifier.hasPrefix("subnet-") || identifier.contains("|") { return false }
      return true
    }
    return fields["Tags"].map { $0.fields?.isEmpty == false || $0.list?.isEmpty == false } ?? false
      || fields["Name"]?.string != nil
  }

  /// What says which thing it is.
  private static let stating = [
    "Arn", "ClusterName", "HostedZoneId", "NamespaceId", "Id", "Ids", "Identifiers", "FileSystemId", "Fn::Sub", "Ref",
    "Fn::ImportValue", "Fn::GetAtt",
  ]

  /// Keys of a Lookup by which nothing is found.
  private static let others: Set = ["ReturnValues", "Targets", "Certificates", "Protocol"]

  /// What the file asks, always written the same way.
  var query: Node { Self.sorted(node) }

  private static func sorted(_ node: Node) -> Node {
    switch node.value {
    case .map(let fields):
      let kept = fields.filter { !others.contains($0.key) }.sorted {
        $0.key.utf8.lexicographicallyPrecedes($1.key.utf8)
      }
      return .object(kept.map { ($0.key, sorted($0.value)) })
    case .list(let items): return Node(.list(items.map(sorted)), at: .unknown)
    default: return Node(node.value, at: .unknown)
    }
  }

  /// Whether both ask the same.
  static func isSame(_ a: Node, _ b: Node) -> Bool {
    JSONWriter.line(sorted(a), .compact) == JSONWriter.line(sorted(b), .compact)
  }

  /// By what the file finds it, for messages: `its Tags`.
  var way: String {
    let node = key == "x-vpc" ? groups.lazy.compactMap { self.node[$0] }.first(where: Self.isOpen) ?? inner : inner
    for name in ["Tags", "Name", "Identifier"] where node[name] != nil { return "its \(name)" }
    return node["Arn"] != nil ? "its Arn" : key == "x-cloudmap" ? "its name" : "what it says"
  }
}
