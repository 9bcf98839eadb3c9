/// The `x-` keys of a project: those near a known one are reported, because they were probably meant to be it.
enum ExtensionKeys {
  /// Keys of the root that mean something besides those of the resource modules.
  static let root = ["x-composex", TemplateOverlay.key]
  /// Keys of ECS ComposeX for which no resources are made: a project that brings them is reported.
  static let unavailable = ["x-ecs_connect"]
  /// Keys of a service that `lua/project/sections.lua` knows.
  static let services = [
    "x-alarms", "x-aws-autoscaling", "x-aws-logs_retention", "x-aws-max_percent", "x-aws-min_percent", "x-aws-policies",
    "x-aws-pull_credentials", "x-aws-role", "x-codeguru_profiler", "x-ecs", "x-environment", "x-iam", "x-logging",
    "x-monitoring", "x-network", "x-prometheus", "x-ray", "x-scaling", "x-xray",
  ]
  /// Keys of a service that ECS ComposeX reads and composex does not render.
  static let unavailableInServices = ["x-docker_opts", "x-ecr", "x-ecs_connect"]

  /// Keys that ECS ComposeX has or had, with what to write instead.
  private static let replaced = [
    "x-dns": "write x-route53 for its PublicZone, and x-cloudmap for its PrivateNamespace",
    "x-configs": "write x-network, x-iam or x-logging at the service",
  ]

  /// Warns of every key that is near a known one, or that has no effect although it looks as if it had.
  static func check(_ project: ComposeProject, modules: [String], findings: Findings) {
    check(project.root, known: root + modules, unavailable: unavailable.filter { !modules.contains($0) }, findings)
    for service in project.services.values {
      check(service, known: services, unavailable: unavailableInServices, findings)
    }
  }

  private static func check(_ node: Node, known: [String], unavailable: [String], _ findings: Findings) {
    for (key, value) in node.fields ?? [:] where key.hasPrefix("x-") && !known.contains(key) {
      let place = value.keyPlace ?? value.place
      if unavailable.contains(key) {
        findings.report(.warning(at: place, "\(key) has no effect: nothing is generated for it"))
      } else if let remedy = replaced[key] {
        findings.report(.warning(at: place, "\(key) is not a known key: nothing is generated for it", remedy: remedy))
      } else if let near = near(key, known + unavailable) {
        findings.report(.warning(at: place, "\(key) is not a known key", remedy: "did you mean \"\(near)\"?"))
      } else if looksLikeResources(value) {
        findings.report(
          .warning(
            at: place, "\(key) has no effect: there are no resources of that key",
            remedy: extensions[key]
              ?? "load the pack that makes them (--pack), or write x-resources: {NAME: {Type: AWS::SERVICE::TYPE}}"))
      }
    }
  }

  /// Keys of extensions of ECS ComposeX, and what composex has instead.
  private static let extensions = [
    "x-msk_cluster": "write x-msk: {NAME: {Properties: ..., Services: ...}}",
    "x-msk_topic": "let the application make its topics: CloudFormation has no type for them",
    "x-mongodb_iam_user": "write x-resources: {NAME: {Type: MongoDB::Atlas::DatabaseUser, Properties: ...}}",
  ]

  /// Whether every entry of a section is a mapping or empty, and one says what only definitions of resources say.
  private static func looksLikeResources(_ section: Node) -> Bool {
    guard let entries = section.fields, !entries.isEmpty, entries.values.allSatisfy({ $0.fields != nil || $0.isNull })
    else {
      return false
    }
    let words = ["Properties", "MacroParameters", "Lookup", "Services"]
    return entries.values.contains { entry in words.contains { entry[$0] != nil } }
  }

  /// The known key that a key is a slip or two away from. A user's own key is left alone: what both begin with, `x-`, makes none near.
  private static func near(_ key: String, _ known: [String]) -> String? {
    guard key.utf8.count > 4,
      let near = NearName.find(String(key.dropFirst(2)), in: known.map { String($0.dropFirst(2)) })
    else { return nil }
    return abs(key.utf8.count - 2 - near.utf8.count) <= 2 ? "x-" + near : nil
  }
}
