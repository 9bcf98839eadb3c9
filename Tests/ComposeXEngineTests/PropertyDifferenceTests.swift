import Testing

@testable import ComposeXEngine

@Suite struct PropertyDifferenceTests {
  private func read(_ text: String) throws -> Node { try #require(TemplateSource.read(text)) }

  /// What differs, as `path: before -> after`.
  private func differences(_ old: String, _ new: String, _ type: String = "AWS::ECS::TaskDefinition") throws -> [String]
  {
    PropertyDifference().entries(try read(old), try read(new), ResourceTypes().type(type)).map {
      "\($0.path): \($0.before?.briefFunctions ?? "none") -> \($0.after?.briefFunctions ?? "none")"
    }
  }

  @Test func itemsGoByTheirKeys() throws {
    let old = "ContainerDefinitions: [{Name: a, Image: x}, {Name: b, Image: y, Environment: [{Name: L, Value: info}]}]"
    let new = "ContainerDefinitions: [{Name: b, Image: y, Environment: [{Name: L, Value: debug}]}, {Name: a, Image: z}]"
    #expect(
      try differences(old, new) == [
        #"ContainerDefinitions.a.Image: "x" -> "z""#, #"ContainerDefinitions.b.Environment.L.Value: "info" -> "debug""#,
      ])
  }

  @Test func itemsWithoutKeysComeAndGo() throws {
    #expect(
      try differences("Subnets: [a, b]", "Subnets: [b, c, d]", "AWS::ElasticLoadBalancingV2::LoadBalancer")
        == [#"Subnets.2: "a" -> "c""#, #"Subnets.3: none -> "d""#])
  }

  @Test func numbersAndTheirTextsAreTheSame() throws {
    #expect(try differences("Cpu: 256", "Cpu: \"256\"") == [])
  }

  @Test func functionsAreWholeValues() throws {
    #expect(
      try differences("Family: !Sub '${AWS::StackName}-a'", "Family: !Sub '${AWS::StackName}-b'")
        == ["Family: !Sub ${AWS::StackName}-a -> !Sub ${AWS::StackName}-b"])
  }

  @Test func parametersInTextsAreTheirValues() throws {
    var difference = PropertyDifference()
    difference.before = ["Stage": .of("test"), "Other": .of("x")]
    difference.after = ["Stage": .of("prod"), "Other": .of("x")]
    let node = try read("Family: !Sub 'web-${Stage}-${Other}'")
    let found = difference.entries(node, node, ResourceTypes().type("AWS::ECS::TaskDefinition"))
    #expect(found.map { $0.after?.briefFunctions } == ["!Sub web-prod-${Other}"])
  }

  @Test func parametersAreTheirValues() throws {
    var difference = PropertyDifference()
    difference.before = ["Size": .of("1")]
    difference.after = ["Size": .of("2")]
    let node = try read("DesiredCount: !Ref Size")
    let found = difference.entries(node, node, ResourceTypes().type("AWS::ECS::Service"))
    #expect(found.map(\.path) == ["DesiredCount"])
    #expect(found.first?.after?.string == "2")
  }

  @Test(arguments: [
    ("ContainerDefinitions.web.Environment.DB_PASSWORD.Value", "x", true), ("MasterUserPassword", "x", true),
    ("Environment.TOKEN_TTL.Value", "60", false), ("Secrets.DB.ValueFrom", "arn:aws:x", false),
    ("SecretArn", "x", false), ("Image", "x", false),
    ("MasterUserPassword", "{{resolve:secretsmanager:x}}", false), ("Environment.API_KEY.Value", "x", true),
  ])
  func secrets(_ path: String, _ value: String, _ isSecret: Bool) {
    #expect(SecretValues.isSecret(path, .of(value)) == isSecret)
  }

  @Test func secretsInItemsThatAreShownWhole() {
    let item = Node.object([("Name", .of("DB_PASSWORD")), ("Value", .of("x"))])
    #expect(SecretValues.shown("Environment.DB_PASSWORD", item)?.brief == #"{Name: "DB_PASSWORD", Value: "***"}"#)
  }

  @Test(arguments: [
    ("AWS::SQS::Queue", "QueueName", true), ("AWS::SQS::Queue", "VisibilityTimeout", false),
    ("AWS::ECS::Service", "Cluster", true), ("AWS::ECS::Service", "DesiredCount", false),
    ("AWS::DynamoDB::Table", "TableName", true),
  ])
  func createOnly(_ type: String, _ path: String, _ replaces: Bool) {
    #expect(Effects.replaces(ResourceTypes().type(type), path) == replaces)
  }
}
