extension Explanation {
  /// Answers why something is possible: who may reach a port (`web:80`, the container's), and which statements allow or deny an action, or
  /// are those of a role.
  ///
  /// - Throws: a `Finding` for names that answer to nothing.
  public init(port: String?, action: String?, role: String?, of outcome: Pipeline.Outcome) throws {
    var entries: [Provenance] = []
    if let port { entries += try Openings(port, outcome).entries }
    if action != nil || role != nil { entries += try Statements(action: action, role: role, outcome).entries }
    self.init(entries: entries)
  }

  /// Whether there is nothing to say.
  public var isEmpty: Bool { entries.isEmpty }
}
