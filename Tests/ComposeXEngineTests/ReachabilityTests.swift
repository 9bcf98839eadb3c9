@testable import ComposeXEngine
import Testing

/// What the examples open, computed from their templates: exactly what their compose files ask for.
@Suite struct ReachabilityTests {
  struct Example: Sendable, CustomTestStringConvertible {
    var name: String
    /// `source -> security group:port`, sorted.
    var open: [String]
    var testDescription: String { name }
  }

  static let examples = [
    Example(
      name: "https-web",
      open: [
        "0.0.0.0/0 -> PublicLoadBalancerSecurityGroup:443", "0.0.0.0/0 -> PublicLoadBalancerSecurityGroup:80",
        "::/0 -> PublicLoadBalancerSecurityGroup:443", "::/0 -> PublicLoadBalancerSecurityGroup:80",
        "DefaultNetworkSecurityGroup -> ApiSecurityGroup:5000", "DefaultNetworkSecurityGroup -> WebSecurityGroup:80",
        "PublicLoadBalancerSecurityGroup -> ApiSecurityGroup:5000",
        "PublicLoadBalancerSecurityGroup -> WebSecurityGroup:80",
      ]),
    Example(
      name: "existing-vpc",
      open: [
        "InnerLoadBalancerSecurityGroup -> ApiSecurityGroup:8080",
        "InsideNetworkSecurityGroup -> ApiSecurityGroup:8080",
        "sg-0a1b2c3d4e5f60719 -> InnerLoadBalancerSecurityGroup:80",
      ]),
    Example(name: "ec2-spot", open: []),
    Example(
      name: "service-connect",
      open: [
        "BackNetworkSecurityGroup -> CatalogueSecurityGroup:8080",
        "BackNetworkSecurityGroup -> PricesSecurityGroup:9090",
        "FrontNetworkSecurityGroup -> CatalogueSecurityGroup:8080",
      ]),
  ]

  private static let folder =
    String(#filePath.dropLast("Tests/ComposeXEngineTests/ReachabilityTests.swift".count)) + "examples/"

  private func stack(_ name: String) throws -> Stack {
    var options = ComposeOptions()
    options.files = [Self.folder + name + "/compose.yaml"]
    return try Pipeline(Pipeline.Input(compose: options), findings: Findings()).run().stack
  }

  @Test(arguments: examples)
  func nothingIsOpenThatNobodyAskedFor(_ example: Example) throws {
    var open: [String] = []
    for resource in try stack(example.name).resources.values {
      switch resource.type {
      case "AWS::EC2::SecurityGroup":
        for rule in resource.properties["SecurityGroupIngress"]?.list ?? [] {
          open.append(shown(rule, into: resource.id))
        }
      case "AWS::EC2::SecurityGroupIngress":
        open.append(shown(resource.properties, into: id(resource.properties["GroupId"])))
      default: break
      }
    }
    #expect(open.sorted() == example.open)
  }

  /// Who carries the group of a network is on that network, and nobody else.
  @Test func networkGroupsAreCarriedByMembersOnly() throws {
    let services = try stack("service-connect").resources.values.filter { $0.type == "AWS::ECS::Service" }
    let carried = services.map { service in
      let groups = service.properties.at("NetworkConfiguration", "AwsvpcConfiguration", "SecurityGroups")?.list ?? []
      return "\(service.id): \(groups.map { id($0) }.joined(separator: " "))"
    }
    #expect(
      carried.sorted() == [
        "CatalogueService: CatalogueSecurityGroup FrontNetworkSecurityGroup BackNetworkSecurityGroup",
        "GatewayService: GatewaySecurityGroup FrontNetworkSecurityGroup",
        "PricesService: PricesSecurityGroup BackNetworkSecurityGroup",
      ])
  }

  private func shown(_ rule: Node, into group: String) -> String {
    let source = ["CidrIp", "CidrIpv6", "SourceSecurityGroupId", "SourcePrefixListId"].compactMap { rule[$0] }.first
    let (first, last) = (rule["FromPort"]?.int ?? -1, rule["ToPort"]?.int ?? -1)
    return "\(id(source)) -> \(group):\(first == last ? "\(first)" : "\(first)-\(last)")"
  }

  private func id(_ node: Node?) -> String {
    switch node?.value {
    case .reference(let reference)?: reference.id
    case .string(let text)?: text
    default: "?"
    }
  }
}
