/// Whose resources of a deployed template are, by their ids: the file that says so has changed since.
///
/// Of the task definition `WorkerTaskDefinition` the first container is the service, and ids that begin with `Worker` are its own, as far
/// as a service makes resources of that type.
struct DeployedFamilies {
  private var types: [String: String] = [:]
  /// The beginnings of ids, with their services.
  private var services: [String: String] = [:]

  private static let noun = "TaskDefinition"
  private static let own: Set = [
    "AWS::ECS::Service", "AWS::ECS::TaskDefinition", "AWS::Logs::LogGroup", "AWS::IAM::Role", "AWS::IAM::Policy",
    "AWS::EC2::SecurityGroup", "AWS::EC2::SecurityGroupIngress", "AWS::EC2::SecurityGroupEgress",
    "AWS::ApplicationAutoScaling::ScalableTarget", "AWS::ApplicationAutoScaling::ScalingPolicy",
    "AWS::ServiceDiscovery::Service", "AWS::ElasticLoadBalancingV2::TargetGroup",
    "AWS::ElasticLoadBalancingV2::ListenerRule",
  ]

  init(_ templates: [Node]) {
    for (id, resource) in templates.flatMap({ Array($0["Resources"]?.fields ?? [:]) }) {
      types[id] = resource["Type"]?.string
      guard types[id] == "AWS::ECS::TaskDefinition", id.hasSuffix(Self.noun),
        let name = resource.at("Properties", "ContainerDefinitions")?.list?.first?["Name"]?.string
      else { continue }
      services[String(id.dropLast(Self.noun.count))] = name
    }
  }

  /// `services::worker`; nil for what no service has made.
  func subject(of id: String) -> String? {
    guard let type = types[id], Self.own.contains(type) else { return nil }
    let beginnings = services.keys.filter { prefix in
      id.hasPrefix(prefix) && id.dropFirst(prefix.count).first?.isUppercase == true
    }
    return beginnings.max { $0.count < $1.count }.flatMap { services[$0] }.map { "services::\($0)" }
  }
}
