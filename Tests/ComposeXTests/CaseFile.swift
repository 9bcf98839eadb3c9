/// One golden case: a text that holds input files and what must come of them.
///
/// ```
/// # A queue takes the visibility timeout of the compose file.
/// -- compose.yaml --
/// x-sqs: {jobs: {Properties: {VisibilityTimeout: 300}}}
/// -- template.yaml AWS::SQS::Queue --
///   JobsQueue:
///     ...
/// ```
/// Input: `-- PATH --` (a file; scripts at the top level are passed with `--script`), `-- args --` (instead of
/// `render -f compose.yaml --script ...`), `-- HEAD/PATH --` (a file as the last commit has it; there is one as soon as a case has such a
/// file), `-- env --` (`NAME=value` lines), `-- stdin --`.
/// Expected: `-- template.yaml --` (standard output; `template.json` likewise), `-- template.yaml TYPE --`,
/// `-- template.yaml #LOGICALID --`, `-- template.yaml SECTION --` (that part of it), `-- stdout --`, `-- stderr --`,
/// `-- written PATH --` (a file that the run left), `-- exit --`.
struct CaseFile {
  struct Section: Equatable {
    /// `compose.yaml`, `args`, `template.yaml`, `written`.
    var name: String
    /// What follows the name in the heading.
    var part: String?
    var text: String

    var heading: String { "-- \(name)\(part.map { " " + $0 } ?? "") --" }
    /// Blank lines at the end only set sections apart.
    var content: String { CaseFile.trimmed(text) }
  }

  /// What is shown, above the first section.
  var comment = ""
  var sections: [Section] = []

  private static let words: Set = ["args", "env", "stdin", "stdout", "stderr", "exit", "written"]
  private static let templates: Set = ["template.yaml", "template.json"]

  init(_ text: String) {
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if let (name, part) = Self.heading(line) {
        sections.append(Section(name: name, part: part, text: ""))
      } else if sections.isEmpty {
        comment += line + "\n"
      } else {
        sections[sections.count - 1].text += line + "\n"
      }
    }
    // The text's own last newline is not an empty line.
    if sections.isEmpty { comment.removeLast() } else { sections[sections.count - 1].text.removeLast() }
  }

  var text: String { comment + sections.map { $0.heading + "\n" + $0.text }.joined() }

  /// `-- name --` or `-- name part --`, where the name is a file's or a word of ours: a Lua comment is neither.
  private static func heading(_ line: Substring) -> (String, String?)? {
    let words = line.split(separator: " ", omittingEmptySubsequences: false)
    guard 3...4 ~= words.count, words.first == "--", words.last == "--" else { return nil }
    let name = String(words[1])
    guard Self.words.contains(name) || name.contains(".") || name.contains("/") else { return nil }
    return (name, words.count == 4 ? String(words[2]) : nil)
  }

  static func trimmed(_ text: String) -> String {
    var text = Substring(text)
    while text.hasSuffix("\n") { text.removeLast() }
    return text.isEmpty ? "" : text + "\n"
  }
}

// MARK: - Input

extension CaseFile {
  func content(_ name: String) -> String? { sections.first { $0.name == name }?.content }

  var files: [(path: String, text: String)] {
    sections.filter {
      !Self.words.contains($0.name) && !Self.templates.contains($0.name) && !$0.name.hasPrefix(Self.head)
    }.map { ($0.name, $0.text) }
  }

  private static let head = "HEAD/"

  /// What is committed; nil where the folder is no repository.
  var committed: [(path: String, text: String)]? {
    let files = sections.filter { $0.name.hasPrefix(Self.head) }
    return files.isEmpty ? nil : files.map { (String($0.name.dropFirst(Self.head.count)), $0.text) }
  }

  var arguments: [String] {
    if let line = content("args") { return Command.words(line) }
    return Command.render(scripts: files.map(\.path).filter { $0.hasSuffix(".lua") && !$0.contains("/") })
  }

  var environment: [String: String] {
    let lines = (content("env") ?? "").split(separator: "\n")
    return Dictionary(
      lines.map { line in
        let parts = line.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        return (String(parts[0]), parts.count > 1 ? String(parts[1]) : "")
      }, uniquingKeysWith: { $1 })
  }
}

// MARK: - Expectations

extension CaseFile {
  /// The run, as far as a case can tell.
  struct Actual {
    var outcome: Command.Outcome
    /// The text of a file that the run left.
    var written: (String) -> String?
  }

  /// The case as it would have to be for this run to pass.
  func recorded(_ actual: Actual) -> CaseFile {
    var result = self
    for index in sections.indices {
      guard let text = self.actual(sections[index], actual) else { continue }
      let gap = sections[index].text.hasSuffix("\n\n") || sections[index].text == "\n" ? "\n" : ""
      if text != sections[index].content { result.sections[index].text = text + gap }
    }
    func add(_ name: String, _ text: String) { result.sections.append(Section(name: name, part: nil, text: text)) }
    let asks = { (name: String) in sections.contains { $0.name == name } }
    let outcome = actual.outcome
    let told = told(outcome.errors)
    if !told.isEmpty, !asks("stderr") { add("stderr", Self.trimmed(told)) }
    let isTold = sections.contains { Self.templates.contains($0.name) || $0.name == "stdout" || $0.name == "written" }
    let renders = arguments.first == "render"
    // A case about a message says nothing of the template, unless it asks for a part of it.
    let isWanted = outcome.exit != 0 || !isTold && !(renders && asks("stderr"))
    if !outcome.output.isEmpty, isWanted, !asks("stdout") {
      add(renders ? "template.yaml" : "stdout", Self.trimmed(outcome.output))
    }
    if outcome.exit != result.usualExit, !asks("exit") { add("exit", "\(outcome.exit)\n") }
    return result
  }

  /// What is told of every project, the sizes that nobody stated and the count of all findings, belongs to the cases about it.
  private func told(_ errors: String) -> String {
    let expected = content("stderr") ?? ""
    var isLeftOut = false
    return errors.split(separator: "\n", omittingEmptySubsequences: false).filter { line in
      if line.hasPrefix("  ") { return !isLeftOut }
      isLeftOut =
        Self.everywhere.contains { line.contains($0) && !expected.contains($0) }
        || line.wholeMatch(of: Self.counts) != nil && expected.firstMatch(of: Self.counts) == nil
      return !isLeftOut
    }.joined(separator: "\n")
  }

  private static let everywhere = [
    "note: no size is stated", "note: values that look like secrets",
    "note: x-opensearch::",
  ]
  nonisolated(unsafe) private static let counts = /\d+ (error|warning|note)s?\b[^:]*(; -v shows all)?/
    .anchorsMatchLineEndings()

  /// 1 when an error is expected, else 0.
  private var usualExit: Int32 { content("stderr")?.contains("error: ") == true ? 1 : 0 }

  /// What the run has to say to a section; nil for an input.
  private func actual(_ section: Section, _ actual: Actual) -> String? {
    let outcome = actual.outcome
    switch section.name {
    case "stdout": return Self.trimmed(outcome.output)
    case "stderr": return Self.trimmed(told(outcome.errors))
    case "exit": return "\(outcome.exit)\n"
    case "written": return Self.trimmed(actual.written(section.part ?? "") ?? "")
    case _ where Self.templates.contains(section.name):
      return Self.trimmed(section.part.map { TemplateText(outcome.output).part($0) } ?? outcome.output)
    default: return nil
    }
  }
}
