/// The IAM policy that deploying a template takes (`composex policy`): what CloudFormation does with the rights of who deploys.
public struct DeployPolicy {
  /// One type of the template, and the actions of each operation.
  struct Row {
    var type: String
    var resources: [FactResource]
    var actions: [(operation: DeployActions.Operation, names: [String])]
  }

  let rows: [Row]
  /// Types of which it is not known what they take, with their first resource.
  let unknown: [FactResource]
  private let facts: Facts
  private let stack: String
  private let account: String
  private let reads: [String]

  /// The policy for what a run made, deployed as the stack of that name (else the project's).
  public init(of outcome: Pipeline.Outcome, stackName: String? = nil) {
    facts = Facts(of: outcome.stack)
    stack = stackName ?? outcome.project.name
    account = outcome.settings.account?.text ?? "*"
    let template = FactTemplate(outcome.stack)
    var resources = template.resources
    if let root = outcome.parts?.first {
      resources += FactTemplate(root.stack).resources.filter { template.byKey[$0.key] == nil }
    }
    var order: [String] = []
    var byType: [String: [FactResource]] = [:]
    for resource in resources where !resource.type.hasPrefix("Custom::") {
      if byType[resource.type] == nil { order.append(resource.type) }
      byType[resource.type, default: []].append(resource)
    }
    rows = order.sorted().compactMap { type in
      let all = DeployActions.Operation.allCases.compactMap { operation in
        DeployActions.actions(type, operation).map { (operation, $0) }
      }
      return all.isEmpty ? nil : Row(type: type, resources: byType[type] ?? [], actions: all)
    }
    unknown = order.sorted().filter { DeployActions.actions($0, .create) == nil }.compactMap { byType[$0]?.first }
    reads = Self.reads(outcome.stack)
  }

  /// Says what is not known, a warning for each type.
  public func tell(_ findings: Findings) {
    for resource in unknown {
      findings.report(
        .warning(
          at: resource.place, "which actions deploying \(resource.type) takes is not known here (\(resource.name))",
          remedy:
            "aws cloudformation describe-type --type RESOURCE --type-name \(resource.type) --query Schema shows them under handlers"
        ))
    }
  }

  /// What CloudFormation reads while it deploys: parameters and secrets that values name.
  private static func reads(_ stack: Stack) -> [String] {
    let texts = stack.resources.values.map { JSONWriter.line($0.properties, .compact) }
    let types = (stack.parameters.fields ?? [:]).values.compactMap { $0["Type"]?.string }
    var actions: [String] = []
    if types.contains(where: { $0.hasPrefix("AWS::SSM::") }) || texts.contains(where: { $0.contains("{{resolve:ssm") })
    {
      actions.append("ssm:GetParameters")
    }
    if texts.contains(where: { $0.contains("{{resolve:secretsmanager") }) {
      actions.append("secretsmanager:GetSecretValue")
    }
    return actions
  }

  // MARK: - Documents

  /// What a managed policy may hold, without its white space.
  ///
  /// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html (read 2026-11-29)
  static let most = 6144

  /// One document, or a list of several where one would be too long.
  public var node: Node {
    let documents = self.documents
    return documents.count == 1 ? documents[0] : Node(.list(documents), at: .unknown)
  }

  var documents: [Node] {
    var pages: [[Node]] = [[]]
    for statement in statements {
      let size = JSONWriter.line(Self.document((pages.last ?? []) + [statement]), .compact).utf8.count
      if size > Self.most, pages.last?.isEmpty == false { pages.append([]) }
      pages[pages.count - 1].append(statement)
    }
    return pages.map(Self.document)
  }

  private static func document(_ statements: [Node]) -> Node {
    .object([("Version", .of("2012-10-17")), ("Statement", Node(.list(statements), at: .unknown))])
  }

  /// A statement for each service, then those about roles.
  private var statements: [Node] {
    var byService: [String: Set<String>] = [:]
    for action in rows.flatMap({ $0.actions.flatMap(\.names) }) + reads {
      byService[String(action.prefix { $0 != ":" }), default: []].insert(action)
    }
    let roles = byService.removeValue(forKey: "iam") ?? []
    var statements = byService.sorted { $0.key < $1.key }.map { service, actions in
      Self.statement(PascalCase.name(service), actions.sorted(), ["*"])
    }
    let own = roles.subtracting(["iam:PassRole", "iam:CreateServiceLinkedRole"])
    if !own.isEmpty {
      statements.append(
        Self.statement(
          "Roles", own.sorted(),
          named("role", facts.template.all("AWS::IAM::Role"), "RoleName")
            + named("policy", facts.template.all("AWS::IAM::ManagedPolicy"), "ManagedPolicyName")
            + named("instance-profile", facts.template.all("AWS::IAM::InstanceProfile"), "InstanceProfileName")))
    }
    if roles.contains("iam:CreateServiceLinkedRole") {
      statements.append(
        Self.statement(
          "RolesOfServices", ["iam:CreateServiceLinkedRole"], ["arn:aws:iam::\(account):role/aws-service-role/*"]))
    }
    return roles.contains("iam:PassRole") ? statements + passing : statements
  }

  private static func statement(_ sid: String, _ actions: [String], _ resources: [String], _ condition: Node? = nil)
    -> Node
  {
    var fields: [(String, Node)] = [
      ("Sid", .of(sid)), ("Effect", .of("Allow")), ("Action", .of(actions)), ("Resource", .of(resources)),
    ]
    if let condition { fields.append(("Condition", condition)) }
    return .object(fields)
  }

  /// ARNs of what CloudFormation names after the stack, and of what has a name of its own.
  private func named(_ kind: String, _ resources: [FactResource], _ property: String) -> [String] {
    let names = resources.map { resource -> String in
      let path = resource.text("Path").map { $0.hasPrefix("/") ? String($0.dropFirst()) : $0 } ?? ""
      guard let own = resource.text(property), !own.contains("<") || own.contains("<AWS::StackName>") else {
        // A long name of a stack is cut.
        return path + (stack.utf8.count <= 24 ? "\(stack)-*" : "\(stack.prefix(20))*")
      }
      return path + own.replacing("<AWS::StackName>", with: stack).replacing("<AWS::Region>", with: "*")
    }
    return Set(names).sorted().map { "arn:aws:iam::\(account):\(kind)/\($0)" }
  }

  /// Roles are passed to the services that they trust, and to no other.
  private var passing: [Node] {
    let own = facts.template.all("AWS::IAM::Role")
    let services = Set(
      own.flatMap { role in
        facts.resourcePolicies.byResource.filter { $0.arn == facts.arns.arn(of: role) }.flatMap { entry in
          entry.statements.flatMap { $0.principals.filter { $0.kind == "Service" }.map(\.name) }
        }
      })
    var statements: [Node] = []
    if !own.isEmpty {
      let condition: Node? =
        services.isEmpty ? nil : .object([("StringEquals", .object([("iam:PassedToService", .of(services.sorted()))]))])
      statements.append(Self.statement("PassRoles", ["iam:PassRole"], named("role", own, "RoleName"), condition))
    }
    let others = Set(
      facts.roles.filter { $0.key == nil && $0.arn.hasPrefix("arn:") && !$0.arn.contains("<") }.map(\.arn))
    if !others.isEmpty {
      statements.append(Self.statement("PassOtherRoles", ["iam:PassRole"], others.sorted()))
    }
    return statements
  }

  // MARK: - Text

  /// A paragraph for each type: what each operation takes, and for which resources.
  public var text: String {
    rows.map { row in
      let names = row.resources.map(\.key)
      let shown = names.prefix(5).joined(separator: ", ") + (names.count > 5 ? " and \(names.count - 5) more" : "")
      return "\(row.type)  (\(shown))\n"
        + row.actions.map { "  \($0.operation.rawValue)  \($0.names.joined(separator: " "))\n" }.joined()
    }.joined() + (reads.isEmpty ? "" : "values that are read\n  create  \(reads.joined(separator: " "))\n")
  }
}
