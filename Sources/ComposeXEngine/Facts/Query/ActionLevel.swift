/// Whether an action reads or writes, by the verb that its name begins with.
///
/// https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html has the
/// levels of each action; its names follow these verbs (read 2026-11-29).
enum ActionLevel {
  private static let reading = [
    "Get", "List", "Describe", "BatchGet", "Query", "Scan", "Receive", "Select", "Search", "Read", "Head", "Decrypt",
    "Subscribe", "Lookup", "PartiQLSelect", "ESHttpGet", "ESHttpHead", "ConditionCheck", "ReadData", "GetItem",
  ]
  private static let writing = [
    "Put", "Send", "Publish", "Write", "BatchWrite", "Update", "Create", "Delete", "Add", "Remove", "Set", "Start",
    "Stop", "Invoke", "Change", "Purge", "Restore", "Abort", "Tag", "Untag", "Upload", "Encrypt", "GenerateDataKey",
    "Modify", "Run", "Execute", "Register", "PartiQL", "ESHttpPut", "ESHttpPost", "ESHttpDelete", "ESHttpPatch",
    "ClientWrite", "Batch", "Copy", "Replicate", "Import", "WriteData", "Complete", "Initiate", "RemoteWrite",
  ]

  /// Whether an action of a policy (`s3:Put*` too) is of a level, `read` or `write`.
  static func fits(_ action: String, _ level: String) -> Bool {
    if action == "*" || action.hasPrefix("all but") { return true }
    guard let colon = action.firstIndex(of: ":") else { return false }
    let name = action[action.index(after: colon)...]
    let plain = name.prefix { $0 != "*" && $0 != "?" }
    let isWhole = plain.count == name.count
    let verbs = level == "read" ? reading : writing
    let others = level == "read" ? writing : reading
    // The longest verb decides: BatchGet reads, Batch writes.
    func longest(_ verbs: [String]) -> Int { verbs.filter { plain.hasPrefix($0) }.map(\.count).max() ?? 0 }
    let (own, other) = (longest(verbs), longest(others))
    if own > other { return true }
    // What ends in a star within a verb may be either.
    return !isWhole && other == 0 && verbs.contains { $0.hasPrefix(plain) }
  }
}
