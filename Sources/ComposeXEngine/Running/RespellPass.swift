import ComposeXLua

extension ScriptSession {
  /// Puts what the files say in older spellings where today's stand, by the tables of `lua/project`; what was done is in `respellings`.
  func respell() {
    guard project.root.hasExtensions else { return }
    phase = .project
    do {
      if let respell = try module("project/respell").function { _ = try host.call(respell) }
    } catch {
      findings.report(finding(error))
    }
  }
}

extension Node {
  /// Whether an `x-` key stands in it that is not composex's own; most files without resources have none.
  fileprivate var hasExtensions: Bool {
    switch value {
    case .map(let fields):
      fields.contains { $0.key.hasPrefix("x-") && $0.key != "x-composex" || $0.value.hasExtensions }
    case .list(let items): items.contains { $0.hasExtensions }
    default: false
    }
  }
}
