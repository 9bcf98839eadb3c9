/// Who can open a connection to whom, as security groups, addresses and load balancers have it. Service Connect, Cloud Map and names
/// open nothing.
struct Reach: Hashable {
  /// `services::web`, `x-elbv2::public`, `internet`, `vpc` (every address of the network), `10.0.0.0/8`, `prefix list pl-1`, or the
  /// group itself (`#Bastion`, `sg-1`) where nothing of the template is in it.
  var from: String
  var to: String
  /// `tcp`, `udp`, `icmp`, or `all`.
  var transport: String
  /// Of what is in both the rule and what listens; `PortRange.all` of protocols without ports.
  var ports: PortRange
  /// `maybe` where the template does not have all that decides.
  var certainty: Certainty
  /// The load balancer in between.
  var via: String?
  /// The group that names the source, where many may be in it: the key of a compose network's.
  var group: String?
  /// The rule first, then listener and target.
  var because: [Evidence] = []

  /// `tcp 443`, `all`.
  var portText: String { transport == "all" ? "all" : ports == .all ? transport : "\(transport) \(ports.text)" }

  static func == (a: Reach, b: Reach) -> Bool {
    a.from == b.from && a.to == b.to && a.transport == b.transport && a.ports == b.ports && a.via == b.via
      && a.certainty == b.certainty
  }

  func hash(into hasher: inout Hasher) {
    hasher.combine(from)
    hasher.combine(to)
    hasher.combine(transport)
    hasher.combine(ports)
    hasher.combine(via)
  }
}
