/// A logical id that nothing had when a declaration asked for it.
struct Missed {
  let id: String
  let finding: Finding
  let title: String

  /// What is reported of it: what is added later has to be said later.
  func finding(in stack: Stack) -> Finding {
    guard let resource = stack.resources[id] else { return finding }
    return .error(
      at: finding.place, "\(title) matches nothing yet: #\(id) is added at \(resource.origin.place.fileAndLine)",
      remedy: "write it below that line: a file is run from top to bottom")
  }
}
