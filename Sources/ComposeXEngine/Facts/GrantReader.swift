/// What roles may do, and whom policies of resources let in.
struct GrantReader {
  let template: FactTemplate
  let arns: ARNForms
  let roles: [RoleFacts]
  let policies: ResourcePolicies

  /// Each statement that allows something, taken apart by action and resource; what a policy denies in the end is left out.
  func read() -> [Grant] {
    var seen: Set<Grant> = []
    let all = roles.flatMap(grants) + policies.byResource.flatMap { grants($0.arn, $0.statements) }
    return all.filter { seen.insert($0).inserted }
  }

  private func grants(_ role: RoleFacts) -> [Grant] {
    var found: [Grant] = []
    for statement in role.policies.identity where statement.allows {
      for (action, request) in Self.actions(statement) {
        for (shown, resource) in resources(statement) {
          var request = request
          request.resource = resource
          request.principal = role.arn
          let own = Self.within(role.policies, statement, request)
          guard own > .no else { continue }
          found.append(
            Grant(
              role: role.name, kind: role.kind, action: action, resource: shown, certainty: own,
              conditions: Self.conditions(statement, role.policies), evidence: statement.evidence))
        }
      }
    }
    for arn in role.unknown {
      found.append(
        Grant(
          role: role.name, kind: role.kind, action: "what \(arn) allows", resource: "*", certainty: .maybe,
          evidence: role.evidence))
    }
    return found
  }

  /// Whom the policy of a resource lets in.
  private func grants(_ arn: String, _ statements: [IAMStatement]) -> [Grant] {
    var found: [Grant] = []
    for statement in statements where statement.allows {
      // That AWS's services start what a role is made for is why there is a role.
      let isTrust = arn.hasPrefix("arn:aws:iam::")
      let named = statement.principals.filter { !isTrust || $0.kind != "Service" }
      let names = named.map { name(ofPrincipal: $0.kind, $0.name) }
      for (role, kind) in statement.excludesPrincipals
        ? [("all but \(names.map(\.0).joined(separator: ", "))", .other)] : names
      {
        for (action, _) in Self.actions(statement) {
          let isOpen = statement.conditions.isEmpty && !statement.isConditional
          found.append(
            Grant(
              role: role, kind: kind, action: action, resource: arns.subject(arn), certainty: isOpen ? .yes : .maybe,
              conditions: statement.conditions.map(\.text), evidence: statement.evidence))
        }
      }
    }
    return found
  }

  private func name(ofPrincipal kind: String, _ name: String) -> (String, Grant.Kind) {
    if name == "*" { return ("everyone", .other) }
    if let role = roles.first(where: { $0.arn == name }) { return (role.name, role.kind) }
    if name == "<AWS::AccountId>" || name == "arn:aws:iam::<AWS::AccountId>:root" { return ("account", .other) }
    if name.hasSuffix(":root") { return ("account \(name.split(separator: ":").dropLast().last ?? "")", .other) }
    return (ARNForms.shown(name), .other)
  }

  // MARK: - Statements

  private static func actions(_ statement: IAMStatement) -> [(String, IAMRequest)] {
    switch statement.actions {
    case .only(let names): names.map { ($0, IAMRequest(action: $0, resource: "*")) }
    case .allBut(let names): [("all but \(names.joined(separator: ", "))", IAMRequest(action: "*", resource: "*"))]
    }
  }

  private func resources(_ statement: IAMStatement) -> [(String, String)] {
    switch statement.resources {
    case .only(let texts)?: texts.map { (arns.subject($0), $0) }
    case .allBut(let texts)?: [("all but \(texts.map(arns.subject).joined(separator: ", "))", "*")]
    case nil: [("*", "*")]
    }
  }

  /// What is left of a statement under the boundary and what is denied.
  private static func within(_ policies: IAMEvaluation, _ statement: IAMStatement, _ request: IAMRequest) -> Certainty {
    var certainty: Certainty = statement.conditions.isEmpty && !statement.isConditional ? .yes : .maybe
    var request = request
    // Of some, not of none.
    if request.resource == "*" { request.resource = "<any resource>" }
    if request.action == "*" { request.action = "<any action>" }
    for denying in policies.identity + (policies.boundary ?? []) where !denying.allows {
      // What denies a part leaves the rest.
      if denying.covers(request) == .yes { return .no }
    }
    if policies.hasUnknownBoundary { certainty = min(certainty, .maybe) }
    if let boundary = policies.boundary {
      let allowed =
        boundary.filter(\.allows).map { allowing in
          max(allowing.covers(request), Self.touches(allowing, request))
        }.max() ?? .no
      certainty = min(certainty, allowed)
    }
    return certainty
  }

  /// A boundary that names fewer actions than the statement lets some of them through.
  private static func touches(_ boundary: IAMStatement, _ request: IAMRequest) -> Certainty {
    guard request.action.contains("*") || request.resource.contains("*") || request.resource.hasPrefix("<any") else {
      return .no
    }
    let wide = IAMPattern(request.action, ignoresCase: true)
    let hits = boundary.actions.texts.contains {
      wide.matches($0.lowercased()) > .no
        || IAMPattern($0, ignoresCase: true).matches(request.action.lowercased()) > .no
    }
    return hits ? .maybe : .no
  }

  private static func conditions(_ statement: IAMStatement, _ policies: IAMEvaluation) -> [String] {
    let isBound = policies.boundary != nil || policies.hasUnknownBoundary
    return statement.conditions.map(\.text) + (isBound ? ["permissions boundary"] : [])
  }
}

/// The policies of resources: of queues, topics, buckets, keys, secrets and more.
struct ResourcePolicies {
  /// The ARN that a policy is about, and its statements.
  private(set) var byResource: [(arn: String, statements: [IAMStatement])] = []

  /// Types of policies: where the document stands, and where the resources that it is of.
  private static let standalone: [(type: String, document: String, of: String)] = [
    ("AWS::SQS::QueuePolicy", "PolicyDocument", "Queues"), ("AWS::SNS::TopicPolicy", "PolicyDocument", "Topics"),
    ("AWS::S3::BucketPolicy", "PolicyDocument", "Bucket"),
    ("AWS::SecretsManager::ResourcePolicy", "ResourcePolicy", "SecretId"),
    ("AWS::Kinesis::ResourcePolicy", "ResourcePolicy", "ResourceArn"),
    ("AWS::MSK::ClusterPolicy", "Policy", "ClusterArn"),
    ("AWS::SNS::TopicInlinePolicy", "PolicyDocument", "TopicArn"),
    ("AWS::SQS::QueueInlinePolicy", "PolicyDocument", "Queue"),
  ]
  private static let within: [(type: String, path: [String])] = [
    ("AWS::KMS::Key", ["KeyPolicy"]), ("AWS::EFS::FileSystem", ["FileSystemPolicy"]),
    ("AWS::OpenSearchService::Domain", ["AccessPolicies"]), ("AWS::ECR::Repository", ["RepositoryPolicyText"]),
    ("AWS::DynamoDB::Table", ["ResourcePolicy", "PolicyDocument"]),
    ("AWS::Kinesis::Stream", ["ResourcePolicy", "PolicyDocument"]),
    ("AWS::Backup::BackupVault", ["AccessPolicy"]), ("AWS::IAM::Role", ["AssumeRolePolicyDocument"]),
  ]

  init(_ template: FactTemplate, _ arns: ARNForms, _ reader: RoleReader) {
    for (type, document, of) in Self.standalone {
      for policy in template.all(type) {
        let statements = IAMStatement.read(
          policy.properties[document], of: policy, scope: policy.scope, at: document
        ).map(reader.spelledOut)
        for target in policy.texts(of) {
          byResource.append((Self.arn(target, template, arns, type), statements))
        }
      }
    }
    for (type, path) in Self.within {
      for resource in template.all(type) {
        for item in resource.items(path) {
          let statements = IAMStatement.read(
            item.node, of: resource, scope: item.scope, at: path.joined(separator: "."),
            isConditional: item.isConditional
          ).map { Self.onItself(reader.spelledOut($0), arns.arn(of: resource)) }
          byResource.append((arns.arn(of: resource), statements))
        }
      }
    }
  }

  /// The statements on a resource; nil when it has no policy.
  func statements(of arn: String) -> [IAMStatement]? {
    let found = byResource.filter { arn == $0.arn || arn.hasPrefix($0.arn + "/") }
    return found.isEmpty ? nil : found.flatMap(\.statements)
  }

  /// Queues are named by their addresses, buckets by their names.
  private static func arn(_ text: String, _ template: FactTemplate, _ arns: ARNForms, _ type: String) -> String {
    let key = text.hasPrefix("<") ? String(text.dropFirst().prefix { $0 != ">" && $0 != "." }) : ""
    if let resource = template.byKey[key] { return arns.arn(of: resource) }
    return type == "AWS::S3::BucketPolicy" && !text.hasPrefix("arn:") ? "arn:aws:s3:::\(text)" : arns.spelledOut(text)
  }

  /// `Resource: "*"` in the policy of a key is the key.
  private static func onItself(_ statement: IAMStatement, _ arn: String) -> IAMStatement {
    var statement = statement
    if case .only(["*"])? = statement.resources { statement.resources = nil }
    return statement
  }
}
