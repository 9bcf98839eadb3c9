/// The stack of the nested layout that a resource lives in: one for every service family, one for every kind of resource, the network.
///
/// What ties kinds together (policies, subscriptions, rules, records, associations) lives in the root template: nothing refers to
/// it, so two kinds that refer to each other do not become two stacks that do.
struct StackHome: Hashable {
  /// The logical id of the stack's resource in the root template; empty for the root itself.
  var id: String
  /// The name of its template's file, without extension.
  var file: String

  static let root = StackHome(id: "", file: "template")
  static let network = StackHome(id: "NetworkStack", file: "network")

  private static let ties: Set = [
    "AWS::EC2::SecurityGroupEgress", "AWS::EC2::SecurityGroupIngress", "AWS::KMS::Alias",
    "AWS::Lambda::EventSourceMapping",
    "AWS::Lambda::Permission", "AWS::Route53::RecordSet", "AWS::S3::BucketPolicy", "AWS::SNS::Subscription",
    "AWS::SNS::TopicPolicy", "AWS::SQS::QueuePolicy", "AWS::ServiceDiscovery::Instance",
    "AWS::ServiceDiscovery::Service",
    "AWS::WAFv2::LoggingConfiguration", "AWS::WAFv2::WebACLAssociation",
  ]

  /// Where `resource` lives, by what it was made for and its type: nothing else moves it.
  static func of(_ resource: Resource) -> StackHome {
    let origin = resource.origin
    switch origin.key {
    case "services": return of(servicePart: origin.part, name: origin.name)
    case "x-vpc", "networks": return network
    case "": return .root
    default:
      if ties.contains(resource.type) { return .root }
      let kind = String(origin.key.hasPrefix("x-") ? origin.key.dropFirst(2) : origin.key[...])
      return StackHome(id: PascalCase.name(kind) + "Stack", file: kind)
    }
  }

  /// Security groups of services name each other, and load balancers lead to target groups that services answer for: both live
  /// apart from the services, so that those do not depend on each other.
  private static func of(servicePart part: String, name: String) -> StackHome {
    switch part {
    case "security_group": network
    case "target_group": StackHome(id: "Elbv2Stack", file: "elbv2")
    default: StackHome(id: PascalCase.name(name) + "ServiceStack", file: "\(name)-service")
    }
  }
}
