import ComposeXLua
import Testing

@testable import ComposeXEngine

/// The nested layout of generated projects: every template is within the quotas of CloudFormation, whatever the number of services.
@Suite struct StackDivisionTests {
  nonisolated(unsafe) private static let homes = StackHomes(
    LuaTable(fields: [
      ("shared", .table(LuaTable(fields: [("x-vpc", .string("network"))]))),
      (
        "parts",
        .table(LuaTable(fields: [("security_group", .string("x-vpc")), ("target_group", .string("x-elbv2"))]))
      ),
      ("ties", .table(LuaTable(items: [.string("AWS::EC2::SecurityGroupIngress")]))),
    ]))

  /// A project as the generators make it: a network, services with groups, target groups and queues, rules between neighbours, a dead
  /// letter queue for all, load balancers of 70 services each. Every service waits for the one that `waits` names.
  private func project(services count: Int, waits: (Int) -> Int?) throws -> Stack {
    let stack = Stack(name: "big")
    func add(_ id: String, _ type: String, _ key: String, _ name: String, _ part: String = "main", uses: [Node] = [])
      throws -> Resource
    {
      let made = Resource(
        id: id, type: type, origin: .init(key: key, name: name, part: part, place: .unknown), types: stack.types)
      made.properties.set("Uses", Node(.list(uses), at: .unknown))
      try stack.add(made)
      return made
    }
    func ref(_ resource: Resource, _ attribute: String? = nil) -> Node {
      Node(.reference(Reference(.resource(resource), attribute: attribute)), at: .unknown)
    }
    let vpc = try add("Vpc", "AWS::EC2::VPC", "x-vpc", "")
    let dead = try add("DeadQueue", "AWS::SQS::Queue", "x-sqs", "dead")
    var groups: [Resource] = []
    var targets: [Resource] = []
    var made: [Resource] = []
    for index in 0..<count {
      let name = "svc\(index)"
      groups.append(
        try add(
          "Svc\(index)SecurityGroup", "AWS::EC2::SecurityGroup", "services", name, "security_group", uses: [ref(vpc)]))
      targets.append(
        try add(
          "Svc\(index)TargetGroup", "AWS::ElasticLoadBalancingV2::TargetGroup", "services", name, "target_group",
          uses: [ref(vpc)]))
      let queue = try add("Q\(index)Queue", "AWS::SQS::Queue", "x-sqs", "q\(index)", uses: [ref(dead, "Arn")])
      let role = try add("Svc\(index)TaskRole", "AWS::IAM::Role", "services", name, "role", uses: [ref(queue, "Arn")])
      let task = try add(
        "Svc\(index)TaskDefinition", "AWS::ECS::TaskDefinition", "services", name, "task",
        uses: [ref(role, "Arn"), ref(queue)])
      let service = try add(
        "Svc\(index)Service", "AWS::ECS::Service", "services", name, "service",
        uses: [ref(task), ref(groups[index], "GroupId"), ref(targets[index])])
      if let other = waits(index), other < index {
        service.attributes.set("DependsOn", Node(.list([ref(made[other])]), at: .unknown))
      }
      made.append(service)
    }
    for index in 0..<count {
      let other = groups[(index + 1) % count]
      _ = try add(
        "Svc\(index)Ingress", "AWS::EC2::SecurityGroupIngress", "services", "svc\(index)", "ingress",
        uses: [ref(groups[index], "GroupId"), ref(other, "GroupId")])
    }
    for first in stride(from: 0, to: count, by: 70) {
      let balancer = "lb\(first)"
      for index in first..<min(count, first + 70) {
        _ = try add(
          "Lb\(first)Rule\(index)", "AWS::ElasticLoadBalancingV2::ListenerRule", "x-elbv2", balancer, "rule \(index)",
          uses: [ref(targets[index])])
      }
    }
    return stack
  }

  /// Every value of a nested stack is handed to it: its parameters have values, and the outputs that these come from are there.
  private func checkWiring(_ parts: [NestedLayout.Part]) throws {
    let root = try #require(parts.first).stack
    let stacks = Dictionary(uniqueKeysWithValues: parts.map { ($0.home.id, $0.stack) })
    for (id, stack) in stacks where !id.isEmpty {
      let given = root.resources[id]?.properties["Parameters"]?.fields ?? [:]
      let wanted = stack.parameters.fields ?? [:]
      #expect(Set(given.keys) == Set(wanted.keys), "\(id)")
      for value in given.values {
        guard case .reference(let reference) = value.value, let other = reference.resource,
          let attribute = reference.attribute, attribute.hasPrefix("Outputs.")
        else { continue }
        #expect(
          stacks[other.id]?.outputs[String(attribute.dropFirst("Outputs.".count))] != nil, "\(other.id).\(attribute)")
      }
    }
  }

  private func parts(_ stack: Stack) throws -> (NestedLayout, [NestedLayout.Part]) {
    try NestedLayout.fitting(stack, homes: Self.homes, format: .yaml)
  }

  @Test(arguments: [10, 200, 1_000])
  func everyTemplateIsWithinTheQuotas(_ count: Int) throws {
    let (layout, parts) = try parts(try project(services: count) { $0 > 0 ? $0 - 1 : nil })
    for part in parts {
      #expect(!Limits.isBroken(by: part.stack, .yaml), "\(part.file)")
    }
    try checkWiring(parts)
    let resources = parts.flatMap { $0.stack.resources.values }.filter { $0.type != "AWS::CloudFormation::Stack" }
    #expect(resources.count == 2 + 8 * count)
    // Ten services are as they were: one stack each, and each after the one that it waits for.
    if count == 10 {
      #expect(layout.unordered.isEmpty)
      #expect(parts.map(\.file).contains("svc9-service"))
      #expect(
        parts[0].stack.resources["Svc9ServiceStack"]?.attributes["DependsOn"]?.list?.first?.string == "Svc8ServiceStack"
      )
    }
  }

  @Test func nothingMovesWhenAServiceComes() throws {
    func homes(_ count: Int) throws -> [String: String] {
      let (_, parts) = try parts(try project(services: count) { _ in nil })
      let all = parts.flatMap { part in part.stack.resources.keys.map { ($0, part.file) } }
      return Dictionary(uniqueKeysWithValues: all)
    }
    let (before, after) = (try homes(700), try homes(701))
    for (id, file) in before where !id.hasSuffix("Stack") { #expect(after[id] == file, "\(id)") }
  }

  @Test func servicesThatWouldWaitForEachOtherAreReported() throws {
    let (layout, _) = try parts(try project(services: 600) { $0 > 0 ? $0 - 1 : nil })
    #expect(!layout.unordered.isEmpty)
    let findings = Findings()
    layout.report(to: findings)
    #expect(findings.all.count == 2)
    #expect(findings.all.contains { $0.message.contains("is not created after") })
  }
}
