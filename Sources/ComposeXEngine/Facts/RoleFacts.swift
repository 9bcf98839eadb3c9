/// A role of the template, or one that a task uses, and the policies that it has.
struct RoleFacts {
  /// As grants name it.
  var name: String
  var kind: Grant.Kind
  /// The services whose role it is.
  var services: [String]
  /// The key of the role; nil for one that is not in the template.
  var key: String?
  var arn: String
  var policies = IAMEvaluation()
  /// Policies by ARN of which it is not known what is in them.
  var unknown: [String] = []
  var evidence: Evidence?
}

/// The roles of a template.
struct RoleReader {
  let template: FactTemplate
  let arns: ARNForms
  /// Policies of the template by the ARNs of the roles that they name.
  private let attached: [String: [FactResource]]

  init(template: FactTemplate, arns: ARNForms) {
    self.template = template
    self.arns = arns
    var attached: [String: [FactResource]] = [:]
    for (type, property) in [
      ("AWS::IAM::Policy", "Roles"), ("AWS::IAM::ManagedPolicy", "Roles"), ("AWS::IAM::RolePolicy", "RoleName"),
    ] {
      for policy in template.all(type) {
        for role in Set(policy.texts(property)) {
          attached["arn:aws:iam::<AWS::AccountId>:role/\(arns.spelledOut(role))", default: []].append(policy)
        }
      }
    }
    self.attached = attached
  }

  /// Roles in the order of the template, then those that tasks have from elsewhere.
  func read() -> [RoleFacts] {
    let uses = taskUses()
    var roles = template.all("AWS::IAM::Role").map { role(of: $0, uses) }
    let own = Set(roles.map(\.arn))
    for use in uses where !own.contains(use.arn) {
      let isKnown = roles.contains { $0.arn == use.arn && $0.name == use.name }
      guard !isKnown else { continue }
      var policies = IAMEvaluation()
      policies.hasUnknownIdentity = true
      roles.append(
        RoleFacts(
          name: use.kind == .task ? use.name : ARNForms.shown(use.arn), kind: use.kind, services: use.services,
          key: nil,
          arn: use.arn, policies: policies, unknown: [ARNForms.shown(use.arn)], evidence: use.evidence))
    }
    return roles
  }

  private struct Use {
    var arn: String
    var kind: Grant.Kind
    var name: String
    var services: [String]
    var evidence: Evidence
  }

  /// Which task definitions use which roles.
  private func taskUses() -> [Use] {
    template.all("AWS::ECS::TaskDefinition").flatMap { task -> [Use] in
      [("TaskRoleArn", Grant.Kind.task), ("ExecutionRoleArn", .execution)].compactMap { property, kind in
        guard let arn = task.text(property) else { return nil }
        return Use(
          arn: arns.spelledOut(arn), kind: kind, name: task.subject, services: task.subjects,
          evidence: task.evidence(property, task.properties[property]))
      }
    }
  }

  private func role(of resource: FactResource, _ uses: [Use]) -> RoleFacts {
    let arn = arns.arn(of: resource)
    let mine = uses.filter { $0.arn == arn }
    let isTask = mine.contains { $0.kind == .task }
    let kind = isTask ? Grant.Kind.task : mine.isEmpty ? .role : .execution
    var services: [String] = []
    for use in mine where !isTask || use.kind == .task {
      services += use.services.filter { !services.contains($0) }
    }
    // A role of several families, or one that has a definition of its own, goes by its own name.
    let names = Set(mine.filter { $0.kind == .task }.map(\.name))
    let name =
      isTask && names.count == 1 && !(resource.isMain && resource.subject.hasPrefix("x-"))
      ? mine.first { $0.kind == .task }!.name : resource.name
    var facts = RoleFacts(
      name: name, kind: kind, services: services, key: resource.key, arn: arn, evidence: resource.evidence("", nil))
    addPolicies(of: resource, to: &facts)
    return facts
  }

  private func addPolicies(of role: FactResource, to facts: inout RoleFacts) {
    for (index, item) in role.items(["Policies"]).enumerated() {
      let name = item.node["PolicyName"]?.string ?? "\(index + 1)"
      facts.policies.identity += statements(
        item.node["PolicyDocument"], role, item.scope, "Policies.\(name).PolicyDocument", item.isConditional)
    }
    for item in role.items(["ManagedPolicyArns"]) {
      attach(FactValues.text(item.node, item.scope) ?? "", item, role, &facts)
    }
    for policy in attached[arns.arn(of: role)] ?? [] { add(policy, to: &facts) }
    if let boundary = role.text("PermissionsBoundary") { bound(arns.spelledOut(boundary), &facts) }
  }

  private func add(_ policy: FactResource, to facts: inout RoleFacts) {
    facts.policies.identity += statements(
      policy.properties["PolicyDocument"], policy, policy.scope, "PolicyDocument", false)
  }

  private func statements(
    _ document: Node?, _ resource: FactResource, _ scope: FactScope, _ path: String, _ isConditional: Bool
  ) -> [IAMStatement] {
    IAMStatement.read(document, of: resource, scope: scope, at: path, isConditional: isConditional).map(spelledOut)
  }

  private func attach(_ text: String, _ item: FactValues.Branch, _ role: FactResource, _ facts: inout RoleFacts) {
    let arn = arns.spelledOut(text)
    if let own = template.all("AWS::IAM::ManagedPolicy").first(where: { arns.arn(of: $0) == arn }) {
      return add(own, to: &facts)
    }
    guard let known = ManagedPolicies.statements(arn) else {
      facts.policies.hasUnknownIdentity = true
      facts.unknown.append(ARNForms.shown(arn))
      return
    }
    let evidence = role.evidence("ManagedPolicyArns", item.node)
    facts.policies.identity += known.map { statement in
      var statement = statement
      statement.evidence = evidence
      return statement
    }
  }

  private func bound(_ arn: String, _ facts: inout RoleFacts) {
    if let own = template.all("AWS::IAM::ManagedPolicy").first(where: { arns.arn(of: $0) == arn }) {
      facts.policies.boundary = statements(own.properties["PolicyDocument"], own, own.scope, "PolicyDocument", false)
    } else if let known = ManagedPolicies.statements(arn) {
      facts.policies.boundary = known
    } else {
      facts.policies.hasUnknownBoundary = true
    }
  }

  /// The statement with every reference spelled out.
  func spelledOut(_ statement: IAMStatement) -> IAMStatement {
    var statement = statement
    switch statement.resources {
    case .only(let texts)?: statement.resources = .only(texts.map(arns.spelledOut))
    case .allBut(let texts)?: statement.resources = .allBut(texts.map(arns.spelledOut))
    case nil: break
    }
    statement.principals = statement.principals.map { ($0.kind, arns.spelledOut($0.name)) }
    return statement
  }
}
