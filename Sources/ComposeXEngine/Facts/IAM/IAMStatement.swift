/// One statement of a policy.
///
/// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html (read 2026-11-29)
struct IAMStatement {
  /// Actions, resources or principals that a statement names, or all but those.
  enum Names {
    case only([String])
    case allBut([String])

    var texts: [String] {
      switch self {
      case .only(let texts), .allBut(let texts): texts
      }
    }
  }

  var allows: Bool
  var actions: Names
  /// nil for policies of resources that name none, as a trust policy: it is the resource itself.
  var resources: Names?
  /// Kind and name (`AWS`, `arn:...`), in policies of resources.
  var principals: [(kind: String, name: String)] = []
  /// Whether `principals` are those that it is not about.
  var excludesPrincipals = false
  var conditions: [IAMCondition] = []
  /// Whether a condition of the template decides that it is there.
  var isConditional = false
  var evidence: Evidence?

  /// How surely it is about a request, principals aside.
  func covers(_ request: IAMRequest) -> Certainty {
    var found = Self.fits(actions, request.action, ignoresCase: true)
    if found == .no { return .no }
    if let resources { found = min(found, Self.fits(resources, request.resource, ignoresCase: false)) }
    for condition in conditions where found > .no { found = min(found, condition.holds(request)) }
    return isConditional ? min(found, .maybe) : found
  }

  private static func fits(_ names: Names, _ text: String, ignoresCase: Bool) -> Certainty {
    let target = ignoresCase ? text.lowercased() : text
    let best = names.texts.map { IAMPattern($0, ignoresCase: ignoresCase).matches(target) }.max() ?? .no
    guard case .allBut = names else { return best }
    switch best {
    case .yes: return .no
    case .maybe: return .maybe
    case .no: return .yes
    }
  }
}

extension IAMStatement {
  /// The statements of a policy document. `path` is where it stands in the resource.
  static func read(
    _ document: Node?, of resource: FactResource, scope: FactScope, at path: String, isConditional: Bool = false
  ) -> [IAMStatement] {
    FactValues.branches(document, scope).flatMap { branch -> [IAMStatement] in
      let document = parsed(branch.node)
      return FactValues.items(document["Statement"], branch.scope).enumerated().compactMap { index, item in
        let name = item.node["Sid"]?.string ?? "\(index + 1)"
        return IAMStatement(
          item, evidence: resource.evidence("\(path).Statement.\(name)", written(item.node)),
          isConditional: isConditional || branch.isConditional || item.isConditional || resource.isConditional)
      }
    }
  }

  /// What says best who wrote a statement: its first action.
  private static func written(_ node: Node) -> Node {
    let actions = node["Action"] ?? node["NotAction"]
    return actions?.list?.first ?? actions ?? node
  }

  /// A document that stands as a JSON text is read as one.
  private static func parsed(_ node: Node) -> Node {
    guard let text = node.string else { return node }
    return (try? JSONReader.read(Array(text.utf8))) ?? node
  }

  private init?(_ item: FactValues.Branch, evidence: Evidence, isConditional: Bool) {
    let (node, scope) = (item.node, item.scope)
    guard let effect = FactValues.text(node["Effect"], scope),
      let actions = Self.names(node, "Action", scope)
    else { return nil }
    allows = effect == "Allow"
    self.actions = actions
    resources = Self.names(node, "Resource", scope)
    self.isConditional = isConditional
    self.evidence = evidence
    excludesPrincipals = node["Principal"] == nil && node["NotPrincipal"] != nil
    principals = Self.principals(node["Principal"] ?? node["NotPrincipal"], scope)
    conditions = IAMCondition.read(node["Condition"], scope)
  }

  private static func names(_ node: Node, _ name: String, _ scope: FactScope) -> Names? {
    if let only = node[name] { return .only(FactValues.texts(only, scope)) }
    return node["Not\(name)"].map { .allBut(FactValues.texts($0, scope)) }
  }

  private static func principals(_ node: Node?, _ scope: FactScope) -> [(kind: String, name: String)] {
    FactValues.branches(node, scope).flatMap { branch -> [(kind: String, name: String)] in
      guard let fields = branch.node.fields, Intrinsics.function(branch.node) == nil else {
        return FactValues.texts(branch.node, branch.scope).map { ("AWS", $0) }
      }
      return fields.flatMap { kind, value in FactValues.texts(value, branch.scope).map { (kind, $0) } }
    }
  }
}
