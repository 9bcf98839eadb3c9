extension Facts {
  /// One answer to "may they": how surely, on what, and by which statements.
  struct Permission {
    var role: String
    var action: String
    var resource: String
    var certainty: Certainty
    var because: [Evidence]
  }

  /// Whether a role may do something; `resource` is a definition, `#Id`, an ARN, or nil for anything at all.
  func may(_ role: RoleFacts, _ action: String, _ resource: String?) -> Permission {
    var best = Permission(
      role: role.name, action: action, resource: resource ?? "*", certainty: .no, because: [])
    for target in targets(of: role, action, resource) {
      var policies = role.policies
      policies.resource = resourcePolicies.statements(of: target)
      let decision = policies.decide(request(role, action, target))
      let because = decision.because.compactMap(\.evidence)
      if decision.answer > best.certainty || best.because.isEmpty && decision.answer == best.certainty {
        best.certainty = decision.answer
        best.because = because
        if decision.answer > .no, !because.isEmpty { best.resource = arns.subject(target) }
      }
    }
    return best
  }

  /// What is known of a request that code makes with a role: it speaks TLS, as AWS's own libraries do, in the account of the stack.
  private func request(_ role: RoleFacts, _ action: String, _ target: String) -> IAMRequest {
    let account = "<AWS::AccountId>"
    return IAMRequest(
      action: action, resource: target, principal: role.arn,
      context: [
        "aws:securetransport": ["true"], "aws:principalarn": [role.arn], "aws:principalaccount": [account],
        "aws:resourceaccount": [account], "aws:principalisawsservice": ["false"], "aws:viaawsservice": ["false"],
        "aws:principaltype": ["AssumedRole"],
      ])
  }

  /// Everybody who may do something: roles of the template, and whom policies of resources name.
  func whoMay(_ action: String, _ resource: String?) -> [Permission] {
    var found = roles.map { may($0, action, resource) }.filter { $0.certainty > .no }
    let wanted = IAMPattern(action, ignoresCase: true)
    for grant in grants where grant.kind == .other {
      let isAction =
        grant.action.hasPrefix("all but")
        || IAMPattern(grant.action, ignoresCase: true).matches(action.lowercased()) > .no
        || wanted.matches(grant.action.lowercased()) > .no
      guard isAction, resource == nil || isOn(grant.resource, resource ?? "") else { continue }
      // The account is whoever its policies allow it: those are asked themselves.
      guard grant.role != "account" else { continue }
      found.append(
        Permission(
          role: grant.role, action: grant.action, resource: grant.resource, certainty: grant.certainty,
          because: grant.evidence.map { [$0] } ?? []))
    }
    return found
  }

  /// Whether the resource of a grant is a definition, a part of it, or below it.
  func isOn(_ granted: String, _ wanted: String) -> Bool {
    if granted == "*" || granted.hasPrefix("all but") { return true }
    if granted == wanted || granted.hasPrefix(wanted + "/") || granted.hasPrefix(wanted + ":") { return true }
    guard granted.hasPrefix("#") else { return IAMPattern(granted).matches(wanted) > .no }
    let key = String(granted.dropFirst().prefix { $0 != "/" && $0 != ":" })
    return template.byKey[key]?.subjects.contains(wanted) == true
  }

  /// The ARNs to ask about: of the resources that are meant, and below them those that statements name.
  private func targets(of role: RoleFacts, _ action: String, _ resource: String?) -> [String] {
    let mine = role.policies.identity.filter(\.allows)
    let named = mine.flatMap { statement -> [String] in
      guard case .only(let texts)? = statement.resources else { return [] }
      return texts
    }
    guard let resource else {
      let open = resourcePolicies.byResource.map(\.arn)
      return Self.unique(named + ["*"] + open)
    }
    let own = arns(of: resource)
    let below = named.filter { text in own.contains { text.hasPrefix($0 + "/") || text.hasPrefix($0 + ":") } }
    return Self.unique(own + below + own.map { "\($0)/*" })
  }

  /// The ARNs of what a name means: all resources of a definition, or the text itself.
  func arns(of name: String) -> [String] {
    let found = template.resources.filter { $0.name == name || $0.subjects.contains(name) }
    let main = found.filter { $0.isMain || $0.name == name }
    let chosen = main + found.filter { !main.map(\.key).contains($0.key) }
    return chosen.isEmpty
      ? [name.replacing("${", with: "<").replacing("}", with: ">")] : chosen.map { arns.arn(of: $0) }
  }

  private static func unique(_ texts: [String]) -> [String] {
    var seen: Set<String> = []
    return texts.filter { seen.insert($0).inserted }
  }
}
