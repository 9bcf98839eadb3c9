import ComposeXEngine
import Foundation
import Testing

/// An organisation's rule sees every resource of its kind, by whatever way it was made and however its values are spelled.
@Suite struct OrganisationCheckTests {
  /// Values of `SqsManagedSseEnabled` that are not true, or may not be.
  static let spellings = [
    "false", "\"false\"", "\"False\"", "!Ref AWS::NoValue", "!Sub \"false\"", "!Sub [\"${A}\", {A: \"false\"}]",
    "!Join [\"\", [\"fal\", \"se\"]]", "!Select [1, [\"true\", \"false\"]]",
    "!Select [0, !Split [\",\", \"false,true\"]]",
    "!If [Never, true, false]", "!If [Stage, true, false]", "!If [NotStage, true, false]",
    "!If [Stage, !If [Stage, true, true], !Ref AWS::NoValue]", "!Ref Given", "\"{{resolve:ssm:/sse}}\"",
    "!Join [\"\", [\"{{resol\", \"ve:ssm:/sse}}\"]]", "!ImportValue sse", "!Select [0, [!Ref Given]]",
    "!FindInMap [A, b, c]", "!FindInMap [Sse, b, Wanted]", "!FindInMap [Sse, !Ref Given, Wanted]",
    "!FindInMap [Sse, !Ref AWS::Region, Wanted]", "!Sub \"{{resolve:ssm:/${AWS::Region}}}\"",
    "!Sub \"${AWS::NoValue}\"",
    "!If [Accents, true, false]", "!If [Alike, true, false]",
  ]

  /// Values that are true, however they are spelled: a rule that refuses what it cannot work out would refuse them too.
  static let goodSpellings = [
    "true", "\"true\"", "!Join [\"\", [\"tr\", \"ue\"]]", "!Select [1, [\"false\", \"true\"]]", "!Sub \"true\"",
    "!Select [1, !Split [\",\", \"false,true\"]]", "!If [Never, false, true]", "!If [Stage, true, \"true\"]",
    "!FindInMap [Sse, a, Wanted]",
  ]

  private static let rules = """
    composex.resource { key = "x-acme", type = "AWS::SQS::Queue", id = "Acme" }
    composex.check("x-acme", "must keep acme's rules", function(queue) return queue.Properties.SqsManagedSseEnabled == true end)
    composex.check("x-sqs", "must not wait", function(queue) return queue.Properties.DelaySeconds == nil end)
    composex.check({ "x-sqs" }, "must be encrypted", function(queue) return queue.Properties.SqsManagedSseEnabled == true end)
    composex.check("AWS::SQS::Queue", "must not be plain", function(queue) return queue.Properties.SqsManagedSseEnabled ~= false and queue.Properties.SqsManagedSseEnabled ~= nil end)
    """

  private static let script = """
    composex.resource { key = "x-module", type = "AWS::SQS::Queue", id = "Module" }
    composex.resource { key = "x-alike", like = "x-sqs", id = "Alike" }
    composex.resource { key = "x-alike-alike", like = "x-alike", id = "AlikeAlike" }
    composex.resource { key = "x-acme-alike", like = "x-acme", id = "AcmeAlike" }
    local kept
    composex.stack(function(stack)
      kept = stack
      stack:parameter("Given", { Type = "String" })
      stack:condition("Never", { ["Fn::Equals"] = { "a", "b" } })
      stack:condition("Stage", { ["Fn::Equals"] = { composex.ref("Given"), "prod" } })
      stack:condition("NotStage", { ["Fn::Not"] = { { Condition = "Stage" } } })
      stack:mapping("Sse", { a = { Wanted = true }, b = { Wanted = false } })
      stack:condition("Accents", { ["Fn::Equals"] = { "\\u{e9}", "e\\u{301}" } })
      stack:condition("Alike", { ["Fn::Equals"] = {
        { ["Fn::Join"] = { "", { composex.sub("${Given}, !Sub ${Given}") } } },
        { ["Fn::Join"] = { "", { composex.sub("${Given}"), composex.sub("${Given}") } } } } })
      stack:add("AWS::SQS::Queue", "Added", { SqsManagedSseEnabled = false })
      stack:add("AWS::SQS::Queue", "AddedThen", { SqsManagedSseEnabled = true }).Properties.SqsManagedSseEnabled = false
      stack:add("AWS::SQS::Queue", "AddedOnCondition", { SqsManagedSseEnabled = false }).Condition = "Stage"
      stack:add("AWS::SQS::Queue", "AddedRenamed", { SqsManagedSseEnabled = false }):rename("Renamed")
    end)
    composex.each("AWS::SQS::Queue", function(queue)
      if queue.id == "Added" then kept:add("AWS::SQS::Queue", "AddedInEach", { SqsManagedSseEnabled = false }) end
    end)
    composex.patch("x-sqs::patched", { SqsManagedSseEnabled = false })
    composex.each("x-sqs::changed", function(queue) queue.Properties = { SqsManagedSseEnabled = false } end)
    composex.project(function(project) project["x-sqs"].hooked = { Properties = { SqsManagedSseEnabled = false } } end)
    """

  @Test(arguments: ["single", "nested"])
  func seesEachQueue(_ layout: String) throws {
    let folder = try TrustFolder()
    defer { folder.remove() }
    try folder.write("acme/pack.lua", "return { name = \"acme\", version = \"1\", load = { \"rules.lua\" } }\n")
    try folder.write("acme/rules.lua", Self.rules)
    try folder.write("app/tags.lua", Self.script)
    var compose = "x-composex: {layout: \(layout)}\nservices: {web: {image: \"nginx:1\"}}\n"
    var wanted: [String] = ["#Added", "#AddedThen", "#AddedOnCondition", "#Renamed", "#AddedInEach"]
    for (key, body) in [
      ("x-sqs", "Properties: {SqsManagedSseEnabled: %}"), ("x-module", "Properties: {SqsManagedSseEnabled: %}"),
      ("x-alike", "Properties: {SqsManagedSseEnabled: %}"), ("x-alike-alike", "Properties: {SqsManagedSseEnabled: %}"),
      ("x-resources", "Type: AWS::SQS::Queue, Properties: {SqsManagedSseEnabled: %}"),
    ] {
      compose += "\(key):\n"
      for (index, spelling) in Self.spellings.enumerated() {
        let name = "\(key.dropFirst(2))-q\(index)"
        compose += "  \(name): {\(body.replacingOccurrences(of: "%", with: spelling))}\n"
        wanted.append("\(key)::\(name)")
      }
      for (index, spelling) in Self.goodSpellings.enumerated() {
        compose += "  \(key.dropFirst(2))-good\(index): {\(body.replacingOccurrences(of: "%", with: spelling))}\n"
      }
    }
    compose += "x-acme-alike: {far: {Properties: {SqsManagedSseEnabled: false}}}\n"
    compose = compose.replacingOccurrences(
      of: "x-sqs:\n",
      with: "x-sqs:\n  absent-good: {Properties: {SqsManagedSseEnabled: true, DelaySeconds: !Ref AWS::NoValue}}\n"
        + "  patched: {}\n  changed: {}\n  section-default: {}\n")
    wanted += ["x-sqs::patched", "x-sqs::changed", "x-sqs::hooked"]
    try folder.write("app/compose.yaml", compose)
    let findings = folder.render(packs: [], organisation: ["acme"], scripts: ["app/tags.lua"]).findings
    for subject in wanted {
      #expect(findings.contains { $0.contains("error: \(subject) must be encrypted") }, "\(subject): must be encrypted")
      #expect(findings.contains { $0.contains("error: \(subject) must not be plain") }, "\(subject): must not be plain")
    }
    #expect(findings.contains { $0.contains("x-acme-alike::far must keep acme's rules") })
    let wrong = findings.filter { $0.contains("-good") && $0.contains(" must ") }
    #expect(wrong.isEmpty, "\(wrong)")
  }

  /// A rule about a key sees what a script makes of the key's type, for keys of every stage.
  @Test(arguments: [
    ("services", "AWS::ECS::Service"), ("x-vpc", "AWS::EC2::VPC"), ("x-cluster", "AWS::ECS::Cluster"),
    ("x-elbv2", "AWS::ElasticLoadBalancingV2::LoadBalancer"), ("x-acm", "AWS::CertificateManager::Certificate"),
    ("x-route53", "AWS::Route53::HostedZone"), ("x-cloudmap", "AWS::ServiceDiscovery::PrivateDnsNamespace"),
    ("x-cloudmap", "AWS::ServiceDiscovery::HttpNamespace"), ("x-wafv2_webacl", "AWS::WAFv2::WebACL"),
    ("x-kms", "AWS::KMS::Key"), ("x-rds", "AWS::RDS::DBInstance"), ("x-rds", "AWS::RDS::DBCluster"),
  ])
  func seesTheTypeOfAKey(_ key: String, _ type: String) throws {
    let folder = try TrustFolder()
    defer { folder.remove() }
    try folder.write("app/compose.yaml", "services: {web: {image: \"nginx:1\"}}\n")
    try folder.write("acme/pack.lua", "return { name = \"acme\", version = \"1\", load = { \"rules.lua\" } }\n")
    try folder.write(
      "acme/rules.lua", "composex.check(\"\(key)\", \"must be ours\", function(it) return it.id ~= \"Added\" end)\n")
    try folder.write("app/add.lua", "composex.stack(function(stack) stack:add(\"\(type)\", \"Added\", {}) end)\n")
    let findings = folder.render(packs: [], organisation: ["acme"], scripts: ["app/add.lua"]).findings
    #expect(findings.contains { $0.contains("#Added must be ours") }, "\(findings)")
  }
}
