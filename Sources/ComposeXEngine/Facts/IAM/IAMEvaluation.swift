/// What somebody asks AWS to do.
struct IAMRequest {
  /// `sqs:SendMessage`.
  var action: String
  /// An ARN, or `*`.
  var resource: String
  /// The ARN of the role, user or session that asks.
  var principal = ""
  /// What is known of the request, by the lower-case names of condition keys.
  var context: [String: [String]] = [:]
  /// Whether a key that `context` lacks is not in the request either.
  var isComplete = false
  /// Whether the resource is in the account of the principal.
  var isSameAccount = true
}

/// The policies that a request meets, and the decision.
///
/// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-basics.html and
/// reference_policies_evaluation-logic_policy-eval-denyallow.html (read 2026-11-29)
struct IAMEvaluation {
  var identity: [IAMStatement] = []
  /// Whether a policy is attached of which the template does not say what is in it.
  var hasUnknownIdentity = false
  /// nil without a permissions boundary.
  var boundary: [IAMStatement]?
  var hasUnknownBoundary = false
  /// nil for a resource without a policy.
  var resource: [IAMStatement]?

  struct Decision {
    var answer: Certainty
    /// Whether a statement denies it.
    var isExplicit = false
    /// The statements that decided.
    var because: [IAMStatement] = []
  }

  /// How a policy of a resource names who asks.
  private enum Naming: Comparable {
    /// The account: whoever its own policies allow it.
    case account
    /// Everybody.
    case everyone
    /// The role: within its boundary.
    case role
    /// The user or the session itself: whatever its boundary says.
    case direct
  }

  /// Services whose resources are opened by their own policy only.
  /// https://docs.aws.amazon.com/kms/latest/developerguide/key-policies.html (read 2026-11-29)
  private static func needsResourcePolicy(_ request: IAMRequest) -> Bool {
    let action = request.action.lowercased()
    return action.hasPrefix("kms:") && request.resource.contains(":key/") || action == "sts:assumerole"
  }

  func decide(_ request: IAMRequest) -> Decision {
    var denied = Certainty.no
    for statement in identity + (boundary ?? []) where !statement.allows {
      let found = statement.covers(request)
      if found == .yes { return Decision(answer: .no, isExplicit: true, because: [statement]) }
      denied = max(denied, found)
    }
    for statement in resource ?? [] where !statement.allows {
      let found = min(statement.covers(request), denies(statement, request.principal))
      if found == .yes { return Decision(answer: .no, isExplicit: true, because: [statement]) }
      denied = max(denied, found)
    }
    var decision = allowed(request)
    if denied == .maybe { decision.answer = min(decision.answer, .maybe) }
    return decision
  }

  private func allowed(_ request: IAMRequest) -> Decision {
    var because: [IAMStatement] = []
    var byIdentity = hasUnknownIdentity ? Certainty.maybe : .no
    for statement in identity where statement.allows {
      let found = statement.covers(request)
      if found > .no { because.append(statement) }
      byIdentity = max(byIdentity, found)
    }
    var within = boundary == nil && !hasUnknownBoundary ? Certainty.yes : hasUnknownBoundary ? .maybe : .no
    for statement in boundary ?? [] where statement.allows { within = max(within, statement.covers(request)) }

    var byResource: [Naming: Certainty] = [:]
    for statement in resource ?? [] where statement.allows {
      let found = statement.covers(request)
      guard found > .no, let (naming, sure) = Self.naming(statement, request.principal) else { continue }
      because.append(statement)
      byResource[naming] = max(byResource[naming] ?? .no, min(found, sure))
    }
    let throughIdentity = min(byIdentity, within)
    let opened = byResource.values.max() ?? .no
    // What everybody may do, a boundary may still keep from a role: AWS's pages leave that open.
    let direct = max(
      byResource[.direct] ?? .no, min(byResource[.role] ?? .no, within),
      min(byResource[.everyone] ?? .no, max(within, .maybe)))
    if !request.isSameAccount { return Decision(answer: min(throughIdentity, opened), because: because) }
    let throughAccount = Self.needsResourcePolicy(request) ? byAccount(request, byResource[.account]) : .yes
    return Decision(answer: max(min(throughIdentity, throughAccount), direct), because: because)
  }

  /// What a policy that only the account's own policies go with leaves to them. A key without a policy has the one that hands all to
  /// the account; whom a role trusts that is not in the template is not known.
  private func byAccount(_ request: IAMRequest, _ opened: Certainty?) -> Certainty {
    guard resource == nil else { return opened ?? .no }
    return request.action.lowercased() == "sts:assumerole" ? .maybe : .yes
  }

  // MARK: - Principals

  /// How a statement names who asks, and how surely. nil when it does not.
  private static func naming(_ statement: IAMStatement, _ principal: String) -> (Naming, Certainty)? {
    guard !statement.excludesPrincipals else { return nil }
    var best: (Naming, Certainty)?
    for (kind, name) in statement.principals {
      guard kind == "AWS" || kind == "*" || name == principal,
        let found = naming(name, principal)
      else { continue }
      if best == nil || (found.1, found.0) > (best!.1, best!.0) { best = found }
    }
    return best
  }

  private static func naming(_ name: String, _ principal: String) -> (Naming, Certainty)? {
    if name == "*" { return (.everyone, .yes) }
    if name == principal { return (principal.contains(":role/") ? .role : .direct, .yes) }
    if isAccount(name) {
      let own = account(of: principal)
      let theirs = name.hasPrefix("arn:") ? account(of: name) : name
      return own == theirs ? (.account, .yes) : own.contains("<") || theirs.contains("<") ? (.account, .maybe) : nil
    }
    // The role of a session: arn:aws:sts::ACCOUNT:assumed-role/ROLE/SESSION.
    let pieces = principal.split(separator: ":", omittingEmptySubsequences: false)
    if pieces.count == 6, pieces[5].hasPrefix("assumed-role/"),
      let role = pieces[5].split(separator: "/").dropFirst().first,
      name.hasPrefix("arn:aws:iam::\(pieces[4]):role/"), name.split(separator: "/").last == role
    {
      return (.role, .yes)
    }
    let found = IAMPattern(name.contains("<") ? name : name.replacing("*", with: "${*}")).matches(principal)
    return found == .no ? nil : (.role, found)
  }

  /// Whether a denying statement is about who asks.
  private func denies(_ statement: IAMStatement, _ principal: String) -> Certainty {
    var named = statement
    named.excludesPrincipals = false
    let found = Self.naming(named, principal)?.1 ?? .no
    guard statement.excludesPrincipals else { return found }
    return found == .yes ? .no : found == .maybe ? .maybe : .yes
  }

  private static func isAccount(_ name: String) -> Bool {
    name.hasSuffix(":root") || name == "<AWS::AccountId>"
      || name.utf8.count == 12 && name.utf8.allSatisfy { (48...57).contains($0) }
  }

  private static func account(of arn: String) -> String {
    // A reference holds colons of its own: `<AWS::AccountId>`.
    let plain = arn.replacing("<AWS::AccountId>", with: "<account>").replacing("<AWS::Region>", with: "<region>")
    let pieces = plain.split(separator: ":", omittingEmptySubsequences: false)
    return pieces.count > 4 ? String(pieces[4]).replacing("<account>", with: "<AWS::AccountId>") : plain
  }
}
