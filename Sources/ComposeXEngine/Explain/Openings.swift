/// The answer of `composex explain --port web:80`: each rule of a security group that lets somebody reach the port.
struct Openings {
  private let stack: Stack
  private let service: String
  private let port: Int

  /// Throws a `Finding` when the text names no service and port.
  init(_ text: String, _ outcome: Pipeline.Outcome) throws {
    stack = outcome.stack
    let parts = text.split(separator: ":", maxSplits: 1).map(String.init)
    guard parts.count == 2, let port = Int(parts[1]), (1...65535).contains(port) else {
      throw Explanation.error(
        "--port takes a service and a port of its container, not \"\(text)\"", "write --port web:80")
    }
    guard outcome.project.services[parts[0]] != nil else {
      throw Explanation.error(
        "there is no service \"\(parts[0])\"",
        NearName.remedy(parts[0], in: outcome.project.services.keys.elements, what: "there are"))
    }
    (service, self.port) = (parts[0], port)
  }

  var entries: [Provenance] {
    let groups = stack.resources(of: "services", service).filter { $0.type == "AWS::EC2::SecurityGroup" }
    return stack.resources.values.flatMap { resource -> [Provenance] in
      if groups.contains(where: { $0 === resource }) {
        let rules = resource.properties["SecurityGroupIngress"]?.list ?? []
        return rules.enumerated().compactMap { index, rule in
          opening(rule, "\(resource.id).SecurityGroupIngress.\(index + 1)", of: resource)
        }
      }
      guard resource.type == "AWS::EC2::SecurityGroupIngress", let target = resource.properties["GroupId"],
        groups.contains(where: { Statements.points(target, to: $0) })
      else { return [] }
      return opening(resource.properties, resource.id, of: resource).map { [$0] } ?? []
    }
  }

  private func opening(_ rule: Node, _ path: String, of resource: Resource) -> Provenance? {
    guard isOpen(rule) else { return nil }
    let sources = ["SourceSecurityGroupId", "CidrIp", "CidrIpv6", "SourcePrefixListId"]
    let source = sources.lazy.compactMap { rule[$0] }.first.map { $0.string ?? $0.brief } ?? "anywhere"
    let ports = rule["IpProtocol"]?.scalarText == "-1" ? "all" : rule["IpProtocol"]?.scalarText ?? "tcp"
    let description = rule["Description"]?.string.map { " (\($0))" } ?? ""
    var writers = [Provenance.Writer(place: rule.place, note: "the rule")]
    if resource.origin.place != rule.place {
      writers.append(Provenance.Writer(place: resource.origin.place, note: "made for \(resource.name)"))
    }
    return Provenance(
      path: path, value: "a rule that opens \(service):\(port): \(ports) from \(source)\(description)", writers: writers
    )
  }

  /// A port that is known only when the stack is deployed may be this one.
  private func isOpen(_ rule: Node) -> Bool {
    if rule["IpProtocol"]?.scalarText == "-1" { return true }
    let from = rule["FromPort"]?.scalarText.flatMap(Int.init)
    let to = rule["ToPort"]?.scalarText.flatMap(Int.init)
    return (from ?? port) <= port && port <= (to ?? port)
  }
}
