/// What a pipeline may refuse to let through (`--fail-on`).
public enum Gate: String, CaseIterable, Sendable {
  case replace
  case dataLoss = "data-loss"
  case openPort = "open-port"
  case newAction = "new-action"
}

extension TemplateComparison {
  /// What of the changes a gate refuses, a line each; nothing when all may pass.
  public func refusals(of gate: Gate) -> [String] {
    switch gate {
    case .replace:
      // A new revision of a task definition is how every change of a service is made.
      report.changes.filter {
        ($0.effect == .replace || $0.effect == .maybeReplace)
          && ($0.type != "AWS::ECS::TaskDefinition" || $0.action == .rename)
      }.map { "\($0.logicalId): \($0.words)" }
    case .dataLoss: report.changes.filter(\.losesData).map { "\($0.logicalId): \($0.words)" }
    case .openPort: report.security.map { SecurityChanges(portsOpened: $0.portsOpened).lines.map(\.text) } ?? []
    case .newAction: report.security.map { SecurityChanges(actionsGranted: $0.actionsGranted).lines.map(\.text) } ?? []
    }
  }
}
