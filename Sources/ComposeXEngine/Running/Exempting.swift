extension ScriptSession {
  /// The exemption that lets `resource` break a rule of `pack`.
  func exemption(_ resource: Resource, _ must: String, of pack: Pack?) -> Exemption? {
    guard let pack else { return nil }
    let found = exemptions.first { exemption in
      exemption.ruleOwner == pack.name && !exemption.isElsewhere(project.name) && exemption.covers(resource, must)
        && (exemption.pack === pack || Self.allows(pack, exemption))
    }
    found?.isAsked = true
    return found
  }

  /// Whether the pack of a rule lets another hold an exemption from it.
  private static func allows(_ pack: Pack, _ exemption: Exemption) -> Bool {
    pack.content.exemptible.contains { FindingCodes.Wording($0).matches(Array(exemption.check.utf8)) }
  }

  /// Lists the exemptions that were used, and tells of those that were not, that have run out, or that nobody allows.
  func reportExemptions() {
    for exemption in exemptions where !exemption.isElsewhere(project.name) { report(exemption) }
    for pack in packs where !isTest {
      let count = exemptions.count { $0.pack === pack && $0.isElsewhere(project.name) && fault(of: $0) == nil }
      guard count > 0 else { continue }
      findings.report(
        Finding(
          .note, at: pack.place,
          "\(count) exemption\(count == 1 ? "" : "s") of pack \(pack.name) \(count == 1 ? "is" : "are") for other projects"
        ))
    }
  }

  private func report(_ exemption: Exemption) {
    let what = "the exemption of \(exemption.scope) from \"\(exemption.check)\""
    if exemption.isUsed {
      findings.report(
        Finding(
          .note, at: exemption.place,
          "\(exemption.scope) is exempt from \"\(exemption.check)\" until \(exemption.expires)",
          notes: ["\(exemption.reason) (\(exemption.owner))"]))
    } else if let fault = fault(of: exemption) {
      findings.report(fault)
    } else if exemption.isExpired, exemption.isAsked || exemption.project != nil {
      findings.report(
        .error(
          at: exemption.place, "\(what) expired on \(exemption.expires)",
          remedy: "mend \(exemption.scope), or have \(exemption.owner) renew it"))
    } else if exemption.project != nil, !isTest {
      findings.report(.error(at: exemption.place, "\(what) is not used", remedy: "remove it"))
    } else if !isTest {
      findings.report(
        Finding(
          .note, at: exemption.place, "\(what) is not used",
          remedy: "remove it, or name its project: project = \"\(project.name)\""))
    }
  }

  /// What is wrong with an exemption wherever it is read: a rule that there is not, or a pack that does not let others exempt from it.
  private func fault(of exemption: Exemption) -> Finding? {
    guard let pack = packs.first(where: { $0.name == exemption.ruleOwner }) else {
      return .error(
        at: exemption.place, "an exemption is from a rule of pack \"\(exemption.ruleOwner)\", which is not loaded",
        remedy: NearName.remedy(exemption.ruleOwner, in: packs.map(\.name), what: "there are"))
    }
    let rules = rules(of: pack)
    guard rules.contains(exemption.check) else {
      return .error(
        at: exemption.place, "pack \(pack.name) has no rule \"\(exemption.check)\"",
        remedy: NearName.remedy(exemption.check, in: rules, what: "it has"))
    }
    guard exemption.pack === pack || Self.allows(pack, exemption) else {
      return .error(
        at: exemption.place, "pack \(pack.name) lets no other pack exempt from \"\(exemption.check)\"",
        remedy: "have its owner write it there, or allow it: exemptible = { \"\(exemption.check)\" }")
    }
    return nil
  }

  /// The sentences of a pack's rules.
  private func rules(of pack: Pack) -> [String] {
    (declarations.checks + declarations.contracts).filter { $0.pack === pack }.compactMap { declaration in
      switch declaration.body {
      case .check(let must, _): must
      case .contract(let must, _, _): must
      default: nil
      }
    }
  }
}
