/// The kinds of findings by their codes, which are stable: what `help findings` lists, tools filter by, and projects accept.
///
/// A finding says in words what it is; its code is looked up by these words, only where somebody asks for it.
public struct FindingCodes: Sendable {
  /// A kind of finding.
  public struct Row: Sendable {
    /// `CX3101`.
    public let code: String
    /// What all findings of the kind have in common, one line.
    public let title: String
    /// What to do, one or two sentences.
    public let help: String
    /// What they say.
    let messages: [Wording]
    /// Whether it is a stage: its findings are errors, or of no other kind.
    public let isStage: Bool
  }

  /// The stages, then the kinds, in the order of their codes.
  public let rows: [Row]

  /// The kinds of warnings and notes that there are, and the stages.
  init(kinds: [Row]) {
    let stages = Rule.allCases.map {
      Row(code: $0.code, title: $0.summary, help: "The finding itself says what to do.", messages: [], isStage: true)
    }
    rows = stages + kinds
  }

  /// The kind of that code.
  public func row(_ code: String) -> Row? { rows.first { $0.code == code } }

  /// The code of a finding: that of its kind, else of the stage that found it.
  public func code(of finding: Finding) -> String {
    if finding.isFromScript { return Self.ofScripts }
    let message = Array(finding.message.utf8)
    return rows.first { $0.messages.contains { $0.matches(message) } }?.code ?? finding.rule.code
  }

  /// The codes of all kinds that a message is of: more than one is a fault of the table.
  func codes(ofMessage message: String) -> [String] {
    let message = Array(message.utf8)
    return rows.filter { $0.messages.contains { $0.matches(message) } }.map(\.code)
  }

  /// What scripts and packs say by `composex.warn` and `print`.
  static let ofScripts = "CX7001"

  /// A text in which `*` stands for any.
  struct Wording: Sendable {
    /// As it is written.
    let text: String
    private let parts: [[UInt8]]

    init(_ text: String) {
      self.text = text
      parts = text.utf8.split(separator: UInt8(ascii: "*"), omittingEmptySubsequences: false).map(Array.init)
    }

    func matches(_ message: [UInt8]) -> Bool {
      guard let first = parts.first, let last = parts.last, message.starts(with: first) else { return false }
      if parts.count == 1 { return message.count == first.count }
      var start = first.count
      for part in parts.dropFirst().dropLast() {
        guard let found = Self.find(part, in: message, from: start) else { return false }
        start = found + part.count
      }
      return message.count - last.count >= start && message.suffix(last.count).elementsEqual(last)
    }

    private static func find(_ part: [UInt8], in message: [UInt8], from start: Int) -> Int? {
      if part.isEmpty { return start }
      var at = start
      while at + part.count <= message.count {
        if message[at] == part[0], message[at..<at + part.count].elementsEqual(part) { return at }
        at += 1
      }
      return nil
    }
  }
}
