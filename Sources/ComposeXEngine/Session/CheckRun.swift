import ComposeXLua

/// One answer of a rule: what it sees of the template, and what it was handed that nobody knows before the stack is deployed.
final class CheckRun {
  /// What stands for a value that is not known.
  enum Stand {
    /// An object that can be handed on, but not looked into.
    case opaque
    case absent
    case value(LuaValue)
  }

  let evaluation: Evaluation
  let stand: Stand
  /// Whether values that are not known refuse: for rules of an organisation.
  let isStrict: Bool
  /// What was handed out, as messages name it.
  private(set) var handed: [String] = []
  /// What the rule looked into although nothing is known of it.
  private(set) var lookedInto: String?

  init(_ evaluation: Evaluation, stand: Stand = .opaque, isStrict: Bool) {
    self.evaluation = evaluation
    self.stand = stand
    self.isStrict = isStrict
  }

  func hand(out subject: String) {
    if handed.count < 3, !handed.contains(subject) { handed.append(subject) }
  }

  /// The error of a rule that looks into what is not known. It counts also where the rule catches it.
  func refusal(of subject: String) -> ScriptError {
    lookedInto = lookedInto ?? subject
    return ScriptError(
      "\(subject) is not known before the stack is deployed",
      remedy: "see whether it is there: ~= nil; or compare it with :ref()")
  }

  /// A text that no rule knows.
  static let anyText = "(a value of composex)"
}
