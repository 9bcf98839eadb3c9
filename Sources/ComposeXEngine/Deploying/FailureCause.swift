/// Why a deployment failed: the first cause, with what there is to know of it.
struct FailureCause {
  var subject: String
  var logicalId: String
  var place: Place?
  var reason: String
  var evidence: TaskEvidence?

  /// The first failure that is no consequence of another; nil when CloudFormation tells of none.
  init?(_ watch: Watch) {
    guard let event = watch.failures.first else { return nil }
    (subject, logicalId, reason) = (watch.subject(event), event.logicalId, event.reason)
    place = watch.place(event)
    evidence = watch.evidence[event.physicalId]
    // The service whose container failed may be another one of the family.
    if let name = evidence?.container?.name, let service = watch.deployment?.project.root.at("services", name) {
      place = service.keyPlace ?? place
    }
  }

  /// In lines for people.
  var text: [String] {
    let at = place.flatMap { $0.file == nil ? nil : " (\($0.fileAndLine))" } ?? ""
    return ["\(subject): \(logicalId) failed\(at)", "  \(reason)"] + (evidence?.text.map { "  \($0)" } ?? [])
  }

  /// As the last line of `--progress json` has it.
  var node: Node {
    .object([
      ("subject", .of(subject)), ("file", place?.file.map { .of($0.name) } ?? .nothing),
      ("line", place?.file == nil ? .nothing : .of(Int(place?.line ?? 0))), ("reason", .of(reason)),
      ("log", .of(evidence?.log ?? [])),
    ])
  }
}
