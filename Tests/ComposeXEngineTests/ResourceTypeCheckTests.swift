import Testing

@testable import ComposeXEngine

/// A tree without a reader: the line counts the values, so that a fault's place can be told.
private func node(_ value: Any) -> Node {
  switch value {
  case let flag as Bool: Node(.bool(flag), at: .unknown)
  case let number as Int: Node(.int(number), at: .unknown)
  case let number as Double: Node(.float(number), at: .unknown)
  case let text as String: Node(.string(text), at: .unknown)
  case let items as [Any]: Node(.list(items.map(node)), at: .unknown)
  case let pairs as KeyValuePairs<String, Any>:
    Node(.map(Node.Fields(uniqueKeysWithValues: pairs.map { ($0, node($1)) })), at: .unknown)
  case let other as Node: other
  default: Node(.null, at: .unknown)
  }
}

private typealias Map = KeyValuePairs<String, Any>

@Suite struct ResourceTypeCheckTests {
  let types = ResourceTypes()

  private func check(_ type: String, _ properties: Map) throws -> [String] {
    let findings = Findings()
    SchemaCheck.check(node(properties), type: try #require(types.type(type)), findings: findings)
    return findings.all.map(\.description)
  }

  private func write(_ type: String, _ path: [String], _ value: Any) throws -> [String] {
    let type = try #require(types.type(type))
    return SchemaCheck.check(writing: node(value), at: path, of: type, place: .unknown).map(\.description)
  }

  // MARK: What passes

  @Test func whatCloudFormationAcceptsPasses() throws {
    #expect(
      try check(
        "AWS::SQS::Queue", ["VisibilityTimeout": "300", "FifoQueue": "true", "QueueName": 12, "DelaySeconds": 3.0])
        == [])
    #expect(try check("AWS::SQS::Queue", ["RedrivePolicy": "{}", "RedriveAllowPolicy": ["a": [1]] as Map]) == [])
    #expect(try check("AWS::ECS::Cluster", [:]) == [])
    #expect(
      try check("AWS::CloudFormation::CustomResource", ["ServiceToken": "arn", "Anything": ["at": "all"] as Map]) == [])
  }

  @Test func whatIsComputedPasses() throws {
    let reference = Node(.reference(Reference(.name("X"))), at: .unknown)
    let text = Node(.text([.literal("x")]), at: .unknown)
    let tagged = Node(.string("X"), at: .unknown)
    tagged.tag = "!Ref"
    for value in [reference, text, tagged, node(["Ref": "X"] as Map), node(["Fn::GetAtt": ["A", "B"]] as Map)] {
      #expect(try check("AWS::SQS::Queue", ["VisibilityTimeout": value, "Tags": value, "RedrivePolicy": value]) == [])
      #expect(try check("AWS::ECS::Service", ["LaunchType": value, "NetworkConfiguration": value]) == [])
    }
    #expect(try check("AWS::SQS::Queue", ["DelaySeconds": "{{resolve:ssm:x}}"]) == [])
    #expect(try check("AWS::ECS::Service", ["LaunchType": "{{resolve:ssm:x}}"]) == [])
    #expect(try check("AWS::SNS::Subscription", ["Fn::Transform": ["Name": "X"] as Map, "Protocol": "sqs"]) == [])
  }

  // MARK: What is refused

  @Test func unknownProperties() throws {
    #expect(
      try check("AWS::SQS::Queue", ["VisibilityTimeOut": 3]) == [
        """
        composex: error: AWS::SQS::Queue has no property "VisibilityTimeOut"
          did you mean "VisibilityTimeout"?
        """
      ])
    #expect(
      try check("AWS::ECS::Service", ["NetworkConfiguration": ["AwsVpcConfiguration": [:] as Map] as Map]) == [
        """
        composex: error: AWS::ECS::Service has no property "NetworkConfiguration.AwsVpcConfiguration"
          did you mean "AwsvpcConfiguration"?
        """
      ])
    #expect(
      try check("AWS::ECS::Service", ["LoadBalancers": [["Xyzzy": 1] as Map]]) == [
        """
        composex: error: AWS::ECS::Service has no property "LoadBalancers.Xyzzy"
          properties: AdvancedConfiguration, ContainerName, ContainerPort, LoadBalancerName, TargetGroupArn
        """
      ])
  }

  @Test func faultsAreAtTheirPlaces() throws {
    let file = SourceFile(name: "compose.yaml", role: .compose)
    let wrong = Node(.string("x"), at: Place(file: file, line: 3, column: 20))
    wrong.keyPlace = Place(file: file, line: 3, column: 5)
    let findings = Findings()
    let queue = try #require(types.type("AWS::SQS::Queue"))
    SchemaCheck.check(node(["Nonsense": wrong] as Map), type: queue, findings: findings)
    SchemaCheck.check(node(["DelaySeconds": wrong] as Map), type: queue, findings: findings)
    #expect(findings.all.map { "\($0.place)" } == ["compose.yaml:3:5", "compose.yaml:3:20"])
  }

  @Test func wrongKinds() throws {
    func only(_ type: String, _ properties: Map) throws -> String {
      let all = try check(type, properties)
      #expect(all.count == 1)
      return all.first ?? ""
    }
    #expect(
      try only("AWS::SQS::Queue", ["VisibilityTimeout": "five"]) == """
        composex: error: AWS::SQS::Queue VisibilityTimeout must be an integer, not "five"
          write an integer
        """)
    #expect(try only("AWS::SQS::Queue", ["VisibilityTimeout": 1.5]).contains("must be an integer, not 1.5"))
    #expect(try only("AWS::SQS::Queue", ["VisibilityTimeout": [1]]).contains("must be an integer, not a list"))
    #expect(try only("AWS::SQS::Queue", ["FifoQueue": "yes"]).contains("must be a boolean, not \"yes\""))
    #expect(try only("AWS::SQS::Queue", ["FifoQueue": 1]).contains("must be a boolean, not 1"))
    #expect(try only("AWS::SQS::Queue", ["QueueName": [:] as Map]).contains("must be a string, not a mapping"))
    #expect(try only("AWS::SQS::Queue", ["RedrivePolicy": [1]]).contains("must be a mapping or a string, not a list"))
    #expect(
      try only("AWS::SQS::Queue", ["QueueName": Node(.null, at: .unknown)]).contains("must be a string, not null"))
    #expect(
      try only("AWS::SQS::Queue", ["Tags": "x"]) == """
        composex: error: AWS::SQS::Queue Tags must be a list, not "x"
          write it as a list: ["x"]
        """)
    #expect(
      try only("AWS::SSM::Parameter", ["Type": "String", "Value": "v", "Tags": [1]]).contains("Tags must be a mapping"))
  }

  @Test func wrongValues() throws {
    #expect(
      try check("AWS::ECS::Service", ["LaunchType": "FARGAT"]) == [
        """
        composex: error: AWS::ECS::Service LaunchType cannot be "FARGAT"
          did you mean "FARGATE"?
        """
      ])
    #expect(
      try check("AWS::ECS::Service", ["LaunchType": "moon"]) == [
        """
        composex: error: AWS::ECS::Service LaunchType cannot be "moon"
          one of: EC2, FARGATE, EXTERNAL
        """
      ])
    #expect(
      try check("AWS::SQS::Queue", ["DelaySeconds": 901]) == [
        """
        composex: error: AWS::SQS::Queue DelaySeconds must be between 0 and 900, not 901
          change the number
        """
      ])
  }

  @Test func missingProperties() throws {
    #expect(
      try check("AWS::ECS::TaskDefinition", ["ContainerDefinitions": [["Name": "web"] as Map]]) == [
        """
        composex: error: AWS::ECS::TaskDefinition ContainerDefinitions needs the property "Image"
          add Image, a string
        """
      ])
    #expect(
      try check("AWS::SNS::Subscription", ["TopicArn": "x"]) == [
        """
        composex: error: AWS::SNS::Subscription needs the property "Protocol"
          add Protocol, a string
        """
      ])
  }

  @Test func readOnlyProperties() throws {
    #expect(
      try check("AWS::SQS::Queue", ["Arn": "x"]) == [
        """
        composex: error: AWS::SQS::Queue Arn is set by AWS and cannot be written
          remove it; read it with Fn::GetAtt
        """
      ])
    #expect(try check("AWS::RDS::DBInstance", ["MasterUserSecret": ["SecretArn": "x"] as Map]).count == 1)
    let endpoint = ["PackagingConfigurationId": "x"] as Map
    #expect(
      try check(
        "AWS::MediaPackage::Asset",
        ["Id": "a", "PackagingGroupId": "b", "SourceArn": "c", "SourceRoleArn": "d", "EgressEndpoints": [endpoint]]
      ).map { $0.split(separator: "\n")[0] } == [
        "composex: error: AWS::MediaPackage::Asset EgressEndpoints.PackagingConfigurationId is set by AWS and cannot be written"
      ])
  }

  @Test func branchesOfAnIfAreChecked() throws {
    let choice = node(["Fn::If": ["Big", 300, "x"]] as Map)
    #expect(
      try check("AWS::SQS::Queue", ["DelaySeconds": choice]).map { $0.split(separator: "\n")[0] } == [
        "composex: error: AWS::SQS::Queue DelaySeconds must be an integer, not \"x\""
      ])
  }

  @Test func oneOfSeveralFormsMustDo() throws {
    let fault = try check("AWS::SQS::Queue", ["RedrivePolicy": ["maxReceiveCont": 3] as Map])
    #expect(fault.first?.contains("has no property \"RedrivePolicy.maxReceiveCont\"") == true)
    #expect(fault.count == 1)
  }

  @Test func deepTreesEnd() throws {
    var wide = Node(.map([:]), at: .unknown)
    for _ in 0..<300 {
      wide = Node(.map(["NotStatement": Node(.map(["Statement": wide]), at: .unknown)]), at: .unknown)
    }
    let rules: Map = ["Rules": [["Statement": wide] as Map]]
    #expect(try check("AWS::WAFv2::WebACL", rules).contains { $0.contains("is nested too deeply") })
  }

  /// Whatever is asked of whatever type is answered: nothing traps, and only open types take an unknown name.
  @Test func everyTypeRefusesNonsense() throws {
    let values = [node(-1), node("x"), node([node("x")]), node(["x": 1.5] as Map), Node(.null, at: .unknown)]
    for name in types.allNames {
      let type = try #require(types.type(name))
      for property in type.properties.properties {
        let faults = values.flatMap {
          SchemaCheck.check(writing: $0, at: [property.name], of: type, place: .unknown)
        }
        if case .any = property.schema { continue }
        #expect(!faults.isEmpty && faults.allSatisfy { $0.remedy != nil }, "\(name) \(property.name)")
      }
      let unknown = SchemaCheck.check(writing: node(1), at: ["Zz"], of: type, place: .unknown)
      #expect(unknown.isEmpty == type.properties.isOpen, "\(name)")
    }
  }

  // MARK: Writing one path

  @Test func aWriteIsCheckedAlone() throws {
    #expect(try write("AWS::SQS::Queue", ["DelaySeconds"], 3) == [])
    #expect(try write("AWS::ECS::TaskDefinition", ["ContainerDefinitions", "1"], ["Name": "web"] as Map) == [])
    #expect(
      try write("AWS::SQS::Queue", ["VisibilityTimeOut"], 3) == [
        """
        composex: error: AWS::SQS::Queue has no property "VisibilityTimeOut"
          did you mean "VisibilityTimeout"?
        """
      ])
    #expect(
      try write("AWS::ECS::TaskDefinition", ["ContainerDefinitions", "1", "Imag"], "x") == [
        """
        composex: error: AWS::ECS::TaskDefinition has no property "ContainerDefinitions.Imag"
          did you mean "Image"?
        """
      ])
    #expect(
      try write("AWS::SQS::Queue", ["QueueName", "x"], 3) == [
        """
        composex: error: AWS::SQS::Queue has no property "QueueName.x"
          QueueName is a string
        """
      ])
    #expect(try write("AWS::SQS::Queue", ["Arn"], "x").first?.contains("is set by AWS") == true)
    #expect(try write("AWS::SQS::Queue", ["DelaySeconds"], "x").first?.contains("must be an integer") == true)
  }
}
