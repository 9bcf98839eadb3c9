/// The rules of security groups.
///
/// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-securitygroup.html (read 2026-11-29): a group
/// without egress rules of its own gets those that let everything out.
struct GroupRules {
  enum Peer {
    case group(String)
    case addresses(String)
    case prefixList(String)
  }

  struct Rule {
    var peer: Peer
    var transport: String
    var ports: PortRange
    var certainty: Certainty
    var evidence: Evidence
  }

  /// By group: the key of a resource, or the id of a group from elsewhere.
  private(set) var ingress: [String: [Rule]] = [:]
  private(set) var egress: [String: [Rule]] = [:]
  /// Names of groups of the template that rules of egress leave out.
  private let template: FactTemplate
  private let ports: ServicePorts

  init(_ template: FactTemplate, _ ports: ServicePorts) {
    self.template = template
    self.ports = ports
    for group in template.all("AWS::EC2::SecurityGroup") {
      ingress[group.key] = []
      for (index, item) in group.items(["SecurityGroupIngress"]).enumerated() {
        add(item, of: group, "SecurityGroupIngress.\(index + 1)", isIngress: true, to: group.key)
      }
      let own = group.items(["SecurityGroupEgress"])
      for (index, item) in own.enumerated() {
        add(item, of: group, "SecurityGroupEgress.\(index + 1)", isIngress: false, to: group.key)
      }
    }
    for (type, isIngress) in [("AWS::EC2::SecurityGroupIngress", true), ("AWS::EC2::SecurityGroupEgress", false)] {
      for resource in template.all(type) {
        let item = FactValues.Branch(
          node: resource.properties, scope: resource.scope, isConditional: resource.isConditional)
        add(item, of: resource, "", isIngress: isIngress, to: Self.group(resource.text("GroupId") ?? ""))
      }
    }
    for group in template.all("AWS::EC2::SecurityGroup") where egress[group.key] == nil {
      egress[group.key] = ["0.0.0.0/0", "::/0"].map {
        Rule(
          peer: .addresses($0), transport: "all", ports: .all, certainty: .yes,
          evidence: group.evidence("SecurityGroupEgress", nil))
      }
    }
  }

  /// The key of the group that a text refers to; the text itself for one from elsewhere.
  static func group(_ text: String) -> String {
    guard text.hasPrefix("<"), text.hasSuffix(">") else { return text }
    return String(text.dropFirst().dropLast().prefix { $0 != "." })
  }

  private mutating func add(
    _ item: FactValues.Branch, of resource: FactResource, _ path: String, isIngress: Bool, to group: String
  ) {
    func text(_ name: String) -> String? { FactValues.text(item.node[name], item.scope) }
    let side = isIngress ? "Source" : "Destination"
    let address = text("CidrIp") ?? text("CidrIpv6")
    let peer: Peer
    if let address {
      peer = .addresses(address)
    } else if let other = text("\(side)SecurityGroupId") ?? text("SourceSecurityGroupName") {
      peer = .group(Self.group(other))
    } else if let list = text("\(side)PrefixListId") {
      peer = .prefixList(list)
    } else {
      return
    }
    let transport = Self.transport(text("IpProtocol") ?? "-1")
    let hasPorts = transport == "tcp" || transport == "udp"
    let isMaybe = item.isConditional || resource.isConditional
    var range = PortRange.all
    var isKnown = true
    if hasPorts {
      let (from, to) = (text("FromPort").flatMap(ports.number), text("ToPort").flatMap(ports.number))
      isKnown = from != nil && to != nil
      // -1 stands for all.
      if let from, let to, from >= 0, to >= from { range = PortRange(lower: from, upper: to) }
    }
    let rule = Rule(
      peer: peer, transport: transport, ports: range, certainty: isMaybe || !isKnown ? .maybe : .yes,
      evidence: resource.evidence(path, item.node))
    if isIngress { ingress[group, default: []].append(rule) } else { egress[group, default: []].append(rule) }
  }

  private static func transport(_ text: String) -> String {
    switch text.lowercased() {
    case "tcp", "6": "tcp"
    case "udp", "17": "udp"
    case "icmp", "1", "icmpv6", "58": "icmp"
    case "-1": "all"
    default: "protocol \(text)"
    }
  }
}

extension GroupRules.Rule {
  /// What two rules both let through.
  func narrowed(to other: GroupRules.Rule) -> (transport: String, ports: PortRange)? {
    guard let ports = ports.intersection(other.ports) else { return nil }
    if transport == other.transport || other.transport == "all" { return (transport, ports) }
    return transport == "all" ? (other.transport, ports) : nil
  }
}
