/// One thing to report to the user: where it is, what is wrong, how to mend it.
///
/// Prints as
/// ```
/// file:line:column: error: message
///   remedy
///   note
/// ```
public struct Finding: Error, Sendable {
  /// How bad it is.
  public enum Severity: String, Sendable {
    case error, warning
    /// Something to know, that `--strict` leaves alone.
    case note
  }

  /// Raised by `--strict` when `Findings` takes it.
  public var severity: Severity
  /// Where it is shown: the line that the user can change.
  public var place: Place
  /// The subject first, names as the user wrote them, no full stop.
  public var message: String
  /// How to mend it, one line.
  public var remedy: String?
  /// Context, a line each: `in each("AWS::SQS::Queue") on x-sqs::jobs (compose.yaml:8)`.
  public var notes: [String]
  /// What happens to who leaves it alone.
  public var consequence = Consequence.differs
  /// What findings say the same of several things; without it, the message without names says so.
  public var group: String?
  /// What mends it as a compose file that is merged over the project's: the whole block, to paste.
  public var block: String?
  /// What kind of finding it is; `Findings` knows by the stage that reports it.
  var rule = Rule.command
  /// Whether a script said it with `composex.fail`.
  var isFromFail = false
  /// Whether a script said it with `composex.warn` or `print`.
  var isFromScript = false

  /// A finding of the command until a stage reports it.
  public init(
    _ severity: Severity = .error, at place: Place, _ message: String, remedy: String? = nil, notes: [String] = []
  ) {
    self.severity = severity
    self.place = place
    self.message = message
    self.remedy = remedy
    self.notes = notes
  }

  /// A finding that ends the run after its stage.
  public static func error(at place: Place, _ message: String, remedy: String? = nil, notes: [String] = []) -> Finding {
    Finding(.error, at: place, message, remedy: remedy, notes: notes)
  }

  /// A finding that ends the run under `--strict` only.
  public static func warning(
    at place: Place, _ message: String, remedy: String? = nil, notes: [String] = []
  ) -> Finding {
    Finding(.warning, at: place, message, remedy: remedy, notes: notes)
  }
}

extension Finding {
  /// The finding as it is reported for a definition of the user's: a fault that stands in a line of `lua/` comes from there.
  func attributed(to definition: Place) -> Finding {
    guard place.file?.role == .module, let file = definition.file, file.role != .module else { return self }
    var finding = self
    finding.place = definition
    finding.notes.append("made of it by \(place.fileAndLine)")
    return finding
  }

  /// Message, remedy and notes, a line each: for formats that have a field for the place.
  var details: String { ([message] + (wholeRemedy.map { [$0] } ?? []) + notes).joined(separator: "\n") }

  /// The remedy with the block to paste, for programs.
  var wholeRemedy: String? {
    let parts = [remedy, block].compactMap { $0 }
    return parts.isEmpty ? nil : parts.joined(separator: "\n")
  }
}

extension Finding: CustomStringConvertible {
  /// The text of a terminal, without a line end; control characters are shown as escapes.
  public var description: String {
    lines { text, _ in text }
  }

  /// Whose words a part of the text is.
  enum Part { case place, severity, message, remedy, note }

  /// The finding line by line, each part shown as `style` has it. Names and values in it may hold what a terminal would obey.
  func lines(_ style: (String, Part) -> String) -> String {
    let place = style(VisibleText.of("\(place):"), .place)
    var text = "\(place) \(style("\(severity.rawValue):", .severity)) \(style(VisibleText.of(message), .message))"
    if let remedy { text += "\n  " + style(VisibleText.of(remedy, indent: 4), .remedy) }
    if let block { text += "\n    " + style(VisibleText.of(block, indent: 4), .remedy) }
    for note in notes { text += "\n  " + style(VisibleText.of(note, indent: 4), .note) }
    return text
  }
}
