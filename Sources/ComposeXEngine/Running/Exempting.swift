extension ScriptSession {
  /// The exemption that lets `resource` break a rule of `pack`.
  func exemption(_ resource: Resource, _ must: String, of pack: Pack?) -> Exemption? {
    guard let pack else { return nil }
    return exemptions.first { $0.pack === pack && $0.covers(resource, must) }
  }

  /// Lists the exemptions that were used, and refuses those that were not, or that have run out.
  func reportExemptions() {
    for exemption in exemptions {
      let what = "the exemption of \(exemption.scope) from \"\(exemption.check)\""
      if exemption.isExpired {
        findings.report(
          .error(
            at: exemption.place, "\(what) expired on \(exemption.expires)",
            remedy: "mend \(exemption.scope), or have \(exemption.owner) renew it"))
      } else if !exemption.isUsed {
        findings.report(.error(at: exemption.place, "\(what) is not used", remedy: "remove it"))
      } else {
        findings.report(
          Finding(
            .note, at: exemption.place,
            "\(exemption.scope) is exempt from \"\(exemption.check)\" until \(exemption.expires)",
            notes: ["\(exemption.reason) (\(exemption.owner))"]))
      }
    }
  }
}
