/// The stack of the nested layout that a resource lives in: one for every service family, one for every kind of resource, the network.
///
/// What ties kinds together (policies, subscriptions, rules, records, associations) lives in the root template: nothing refers to
/// it, so two kinds that refer to each other do not become two stacks that do.
struct StackHome: Hashable {
  /// The logical id of the stack's resource in the root template; empty for the root itself.
  var id: String
  /// The name of its template's file, without extension.
  var file: String
  /// What it is the stack of: two that are not of one thing must not share a file.
  var owner: String

  static let root = StackHome(id: "", file: "template", owner: "the root template")
  static let network = StackHome(id: "NetworkStack", file: "network", owner: "the network")

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
      let kind = origin.key.hasPrefix("x-") ? String(origin.key.dropFirst(2)) : origin.key
      return StackHome(id: PascalCase.name(kind) + "Stack", file: plain(kind), owner: origin.key)
    }
  }

  /// Security groups of services name each other, and load balancers lead to target groups that services answer for: both live
  /// apart from the services, so that those do not depend on each other.
  private static func of(servicePart part: String, name: String) -> StackHome {
    switch part {
    case "security_group": network
    case "target_group": StackHome(id: "Elbv2Stack", file: "elbv2", owner: "x-elbv2")
    default:
      StackHome(id: PascalCase.name(name) + "ServiceStack", file: "\(plain(name))-service", owner: "services::\(name)")
    }
  }

  /// A name as that of a file: what is not plain becomes `-`.
  private static func plain(_ name: String) -> String {
    String(
      decoding: name.utf8.map { byte in
        let small = (65...90).contains(byte) ? byte | 0x20 : byte
        return isPlain(small) ? small : UInt8(ascii: "-")
      }, as: UTF8.self)
  }

  /// Whether a text consists of lower-case letters, digits, `-` and `_`, as the names of templates do.
  static func isPlain(_ text: some StringProtocol) -> Bool {
    !text.isEmpty && text.utf8.count <= 200 && text.utf8.allSatisfy { isPlain($0) }
  }

  private static func isPlain(_ byte: UInt8) -> Bool {
    (97...122).contains(byte) || (48...57).contains(byte) || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
  }
}
