import CEmbedded
import Testing

@testable import ComposeXEngine

@Suite struct ResourceTypesTests {
  let types = ResourceTypes()

  @Test func everyTypeIsFoundByItsName() {
    let names = types.allNames
    #expect(names.count > 1500)
    #expect(names == names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) })
    for name in names { #expect(types.type(name)?.name == name) }
  }

  @Test(arguments: [
    "", "A", "AWS::", "AWS::SQS", "AWS::SQS::Queu", "AWS::SQS::Queue2", "AWS::SQS::Queue *", "zzz", "#",
  ])
  func otherNamesAreNot(name: String) {
    #expect(types.type(name) == nil)
  }

  /// Every line of the text is understood, to its last letter.
  @Test func everyFormIsRead() throws {
    let file = composex_resource_types()
    let text = UnsafeBufferPointer(start: file.bytes, count: file.count)
    var type: ResourceType?
    var forms = 0
    for line in TextLines(text, 0..<text.count) {
      if line.starts(with: "# ".utf8) { type = types.type(line.words[1]) }
      guard let type, line.starts(with: "  ".utf8), line.dropFirst(2).first != UInt8(ascii: "@") else { continue }
      let space = try #require(line.dropFirst(2).firstIndex(of: 0x20))
      var form = FormReader(line[(space + 1)...], type: type)
      _ = form.read()
      #expect(!form.failed, "\(type.name): \(String(decoding: line, as: UTF8.self))")
      forms += 1
    }
    #expect(forms > 40_000)
  }

  @Test func aTypeKnowsItsFacts() throws {
    let queue = try #require(types.type("AWS::SQS::Queue"))
    #expect(queue.hasAttribute("Arn") && queue.hasAttribute("QueueName") && !queue.hasAttribute("Url"))
    #expect(queue.createOnly == ["FifoQueue", "QueueName"])
    #expect(queue.identifier == ["QueueUrl"])
    #expect(queue.tags == .list(property: "Tags", key: "Key", value: "Value", more: []))
    #expect(queue.properties["VisibilityTimeout"]?.isRequired == false)
    #expect(types.type("AWS::SSM::Parameter")?.tags == .map(property: "Tags"))
    #expect(
      types.type("AWS::AutoScaling::AutoScalingGroup")?.tags
        == .list(property: "Tags", key: "Key", value: "Value", more: ["PropagateAtLaunch"]))
    #expect(types.type("AWS::IAM::Policy")?.tags == ResourceType.Tags.none)
  }

  @Test func attributesReachIntoObjects() throws {
    let database = try #require(types.type("AWS::RDS::DBInstance"))
    #expect(database.hasAttribute("Endpoint.Address") && !database.hasAttribute("Endpoint"))
    let stack = try #require(types.type("AWS::CloudFormation::Stack"))
    #expect(stack.hasAttribute("Outputs.QueueArn") && !stack.hasAttribute("QueueArn"))
    #expect(types.type("AWS::CloudFormation::CustomResource")?.hasAttribute("Anything") == true)
  }

  @Test func aPathLeadsThroughListsAndMaps() throws {
    let task = try #require(types.type("AWS::ECS::TaskDefinition"))
    func word(_ path: String...) -> String? { task.schema(at: path)?.description }
    #expect(word("ContainerDefinitions", "1", "Essential") == "a boolean")
    #expect(word("ContainerDefinitions", "1", "DockerLabels", "any.name") == "a string")
    #expect(word("ContainerDefinitions", "1", "Essentials") == nil)
    #expect(word("Family", "x") == nil)
    #expect(
      types.type("AWS::IAM::Role")?.schema(at: ["AssumeRolePolicyDocument", "Statement"])?.description == "any value")
  }

  /// A statement holds statements: parsing one must not try to hold them all.
  @Test func recursiveDefinitionsEnd() throws {
    let rules = try #require(types.type("AWS::WAFv2::WebACL"))
    let path = ["Rules", "1", "Statement"] + Array(repeating: ["NotStatement", "Statement"], count: 50).joined()
    #expect(rules.schema(at: path) != nil)
  }

  @Test func unknownTypes() {
    func message(_ name: String) -> String? { types.unknown(name, at: .unknown)?.description }
    #expect(message("AWS::SQS::Queue") == nil)
    #expect(message("Custom::Thing") == nil)
    #expect(
      message("AWS::SQS::Quue") == """
        composex: error: CloudFormation has no resource type "AWS::SQS::Quue"
          did you mean "AWS::SQS::Queue"?
        """)
    #expect(
      message("Acme::Db::Table")?.contains("warning: \"Acme::Db::Table\" is not in CloudFormation's public") == true)
    #expect(message("Table")?.contains("error: \"Table\" is not the name of a resource type") == true)
    #expect(message("::::")?.contains("error") == true)
  }

  private static let keys: [(type: String, path: [String], key: String?)] = [
    ("AWS::ECS::TaskDefinition", ["ContainerDefinitions"], "Name"),
    ("AWS::ECS::TaskDefinition", ["ContainerDefinitions", "1", "Environment"], "Name"),
    ("AWS::ECS::TaskDefinition", ["ContainerDefinitions", "1", "PortMappings"], "ContainerPort"),
    ("AWS::ECS::TaskDefinition", ["ContainerDefinitions", "1", "DependsOn"], "ContainerName"),
    ("AWS::ECS::TaskDefinition", ["ContainerDefinitions", "1", "MountPoints"], "ContainerPath"),
    ("AWS::ECS::TaskDefinition", ["ContainerDefinitions", "1", "Command"], nil),
    ("AWS::ECS::Service", ["LoadBalancers"], "ContainerPort"),
    ("AWS::SQS::Queue", ["Tags"], "Key"),
    ("AWS::IAM::Role", ["Policies"], "PolicyName"),
    ("AWS::EC2::SecurityGroup", ["SecurityGroupIngress"], nil),
    ("AWS::ElasticLoadBalancingV2::TargetGroup", ["Targets"], "Id"),
    ("AWS::Events::Rule", ["Targets"], "Id"),
    ("AWS::DynamoDB::Table", ["AttributeDefinitions"], "AttributeName"),
    ("AWS::DynamoDB::Table", ["GlobalSecondaryIndexes"], "IndexName"),
    ("AWS::S3::Bucket", ["LifecycleConfiguration", "Rules"], "Id"),
  ]

  @Test(arguments: keys)
  func listsGoByAKey(type: String, path: [String], key: String?) throws {
    let schema = try #require(types.type(type)?.schema(at: path))
    #expect(ListKeys.key(forItemsOf: schema) == key)
  }

  @Test func freeListsGoByWhatTheirItemsHave() {
    func item(_ name: String) -> Node { Node(.map([name: Node(.string("x"), at: .unknown)]), at: .unknown) }
    #expect(ListKeys.key(for: [item("Sid"), item("Sid")]) == "Sid")
    #expect(ListKeys.key(for: [item("Sid"), item("Effect")]) == nil)
    #expect(ListKeys.key(for: []) == nil)
  }
}
