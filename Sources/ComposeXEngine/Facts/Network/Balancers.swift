/// Which listener of which load balancer leads to which service.
struct Balancers {
  /// A way through a load balancer.
  struct Way {
    /// The key of the load balancer.
    var balancer: String
    var transport: String
    var port: Int
    /// The key of the ECS service, and the port of its container.
    var service: String
    var target: Int
    var targetTransport: String
    var because: [Evidence]
  }

  let template: FactTemplate

  /// TCP or UDP, or both.
  static func transports(_ listener: FactResource) -> [String] {
    switch listener.text("Protocol") {
    case "UDP": ["udp"]
    case "TCP_UDP": ["tcp", "udp"]
    case "QUIC": ["udp"]
    case "TCP_QUIC": ["tcp", "udp"]
    default: ["tcp"]
    }
  }

  func ways() -> [Way] {
    var targets: [String: [(service: FactResource, port: Int)]] = [:]
    for service in template.all("AWS::ECS::Service") {
      for item in service.items(["LoadBalancers"]) {
        guard let group = FactValues.text(item.node["TargetGroupArn"], item.scope) else { continue }
        let port = FactValues.text(item.node["ContainerPort"], item.scope).flatMap { Int($0) } ?? 0
        targets[GroupRules.group(group), default: []].append((service, port))
      }
    }
    var ways: [Way] = []
    for listener in template.all("AWS::ElasticLoadBalancingV2::Listener") {
      let balancer = GroupRules.group(listener.text("LoadBalancerArn") ?? "")
      guard let port = listener.text("Port").flatMap({ Int($0) }) else { continue }
      let rules = template.all("AWS::ElasticLoadBalancingV2::ListenerRule").filter {
        GroupRules.group($0.text("ListenerArn") ?? "") == listener.key
      }
      var seen: Set<String> = []
      for (source, path) in [(listener, "DefaultActions")] + rules.map({ ($0, "Actions") }) {
        for group in Self.groups(source, path) {
          for (service, target) in targets[group] ?? [] where seen.insert("\(service.key):\(target)").inserted {
            for transport in Self.transports(listener) {
              ways.append(
                Way(
                  balancer: balancer, transport: transport, port: port, service: service.key, target: target,
                  targetTransport: transport,
                  because: [
                    listener.evidence("Port", listener.properties["Port"]),
                    source.evidence(path, source.properties[path]),
                  ]))
            }
          }
        }
      }
    }
    return ways
  }

  private static func groups(_ source: FactResource, _ path: String) -> [String] {
    let plain = source.items([path, "TargetGroupArn"])
    let weighted = source.items([path, "ForwardConfig", "TargetGroups", "TargetGroupArn"])
    return (plain + weighted).map { GroupRules.group(FactValues.text($0.node, $0.scope) ?? "") }
  }
}
