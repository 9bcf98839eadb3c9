/// The pages of the kinds of findings: `composex help findings` lists them, `composex help CX3101` explains one.
enum FindingPage {
  static let listName = "findings"

  /// All codes, and the word for the list of them.
  static func names() throws -> [String] { [listName] + (try FindingCodes.builtIn().rows.map(\.code)) }

  /// The list of all kinds.
  static func list() throws -> String {
    let codes = try FindingCodes.builtIn()
    return TerminalText.table(codes.rows.map { [$0.code, $0.title] })
      + "\n"
      + TerminalText.wrapped(
        "composex help CODE says what to do. A project accepts a warning by "
          + "x-composex: {accept: [{code: CODE, at: services.web, reason: why, until: 2027-01-31}]}.")
  }

  /// What a kind is, what its findings say, and what to do; nil when no kind has the code.
  static func text(_ code: String) throws -> String? {
    guard let row = try FindingCodes.builtIn().row(code) else { return nil }
    var text = "\(row.code)\n\n" + TerminalText.wrapped(row.title)
    if !row.messages.isEmpty {
      text += "\nIt says:\n" + row.messages.map { TerminalText.wrapped($0.text, indent: 2, hanging: 4) }.joined()
    }
    text += "\nWhat to do:\n" + TerminalText.wrapped(row.help, indent: 2, hanging: 2)
    guard !row.isStage else { return text }
    return text + "\nOr accept it:\n  x-composex: {accept: [{code: \(row.code), reason: ...}]}\n"
  }
}
