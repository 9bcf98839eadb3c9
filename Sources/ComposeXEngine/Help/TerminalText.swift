/// Text for a terminal: lines of at most 80 columns, and of Markdown only what it says.
enum TerminalText {
  private static let width = 80

  /// Markdown of our own reference pages: paragraphs, tables of two columns, lists, and files between fences as they are.
  static func plain(_ markdown: String) -> String {
    var text = ""
    var rows: [[String]] = []
    var isFile = false
    func finish() {
      if !rows.isEmpty { text += table(rows) }
      rows = []
    }
    for line in markdown.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("```") { isFile.toggle() }
      if isFile || line == "```" {
        if !line.hasPrefix("```") { text += line.isEmpty ? "\n" : "  \(line)\n" }
        continue
      }
      let line = String(line).replacing("`", with: "")
      guard line.hasPrefix("|") else {
        finish()
        text += line.isEmpty ? "\n" : wrapped(line, hanging: 2)
        continue
      }
      let cells = line.split(separator: "|").map { String($0.trimmed) }
      if line.hasPrefix("|-") {
        // What stands above it is the heading.
        text += rows.popLast().map { $0.joined(separator: ": ") + "\n" } ?? ""
      } else {
        rows.append(cells)
      }
    }
    finish()
    return text.isEmpty ? "" : "\n" + trimmedEnd(text)
  }

  /// Rows of two cells: the second stands behind the longest first, or below it when that is too long.
  static func table(_ rows: [[String]]) -> String {
    let column = min(36, rows.map { $0[0].count }.max() ?? 0) + 4
    return rows.map { row in
      let rest = row.dropFirst().joined(separator: "  ")
      let first = "  " + row[0]
      if first.count + 2 > column { return first + "\n" + wrapped(rest, indent: column, hanging: column) }
      let lines = wrapped(rest, indent: column, hanging: column)
      return first + lines.dropFirst(first.count)
    }.joined()
  }

  /// The words in lines: the first begins after `indent` spaces, the others after `hanging`.
  static func wrapped(_ text: String, indent: Int = 0, hanging: Int = 0) -> String {
    var lines: [String] = []
    var line = String(repeating: " ", count: indent)
    var isEmpty = true
    for word in text.split(separator: " ") {
      if !isEmpty, line.count + 1 + word.count > width {
        lines.append(line)
        (line, isEmpty) = (String(repeating: " ", count: hanging), true)
      }
      line += (isEmpty ? "" : " ") + word
      isEmpty = false
    }
    return (lines + [line]).map { $0 + "\n" }.joined()
  }

  private static func trimmedEnd(_ text: String) -> String {
    var text = text
    while text.hasSuffix("\n\n") { text.removeLast() }
    return text
  }
}
