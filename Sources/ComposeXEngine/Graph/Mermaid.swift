/// The picture as Mermaid, which GitHub shows in Markdown.
///
/// https://mermaid.js.org/syntax/flowchart.html (read 2026-11-29)
extension Graph {
  /// The most characters that are shown.
  static let mostText = 50_000

  /// `flowchart LR` with a frame for each kind. A large picture is folded.
  public var mermaid: String {
    let whole = folded().mermaidText
    if whole.utf8.count <= Self.mostText { return whole }
    // Labels are the longest part of it.
    var short = folded()
    for index in short.lines.indices { short.lines[index].label = String(short.lines[index].label.prefix(12)) }
    return short.mermaidText
  }

  private var mermaidText: String {
    var ids: [String: String] = [:]
    for (index, box) in boxes.enumerated() { ids[box.name] = "n\(index + 1)" }
    var text = "flowchart LR\n"
    for (index, frame) in framed.enumerated() {
      let isFramed = !frame.title.isEmpty
      if isFramed { text += "  subgraph f\(index + 1)[\"\(frame.title)\"]\n" }
      for box in frame.boxes { text += "\(isFramed ? "    " : "  ")\(ids[box.name] ?? "")\(Self.shape(box))\n" }
      if isFramed { text += "  end\n" }
    }
    var (added, removed): ([Int], [Int]) = ([], [])
    let shown = lines.prefix(Self.mostLines).filter { ids[$0.from] != nil && ids[$0.to] != nil }
    for (index, line) in shown.enumerated() {
      let label = line.label.isEmpty ? "" : "|\"\(Self.escaped(line.label))\"|"
      text += "  \(ids[line.from] ?? "") \(line.isDashed ? "-.->" : "-->")\(label) \(ids[line.to] ?? "")\n"
      if line.fate == .added { added.append(index) } else if line.fate == .removed { removed.append(index) }
    }
    return text + classes(ids) + Self.style(added, "#1a7f37") + Self.style(removed, "#cf222e")
  }

  private func classes(_ ids: [String: String]) -> String {
    var text = ""
    for (fate, style) in [
      (Fate.added, "fill:#dafbe1,stroke:#1a7f37"), (.removed, "fill:#ffebe9,stroke:#cf222e,stroke-dasharray:4"),
    ] {
      let names = boxes.filter { $0.fate == fate }.compactMap { ids[$0.name] }
      if names.isEmpty { continue }
      text += "  classDef \(fate.rawValue) \(style)\n  class \(names.joined(separator: ",")) \(fate.rawValue)\n"
    }
    return text
  }

  private static func style(_ lines: [Int], _ colour: String) -> String {
    lines.isEmpty ? "" : "  linkStyle \(lines.map(String.init).joined(separator: ",")) stroke:\(colour)\n"
  }

  private static func shape(_ box: Box) -> String {
    let label = "\"\(box.lines.map(escaped).joined(separator: "<br/>"))\""
    switch box.kind {
    case .internet: return "((\(label)))"
    case .balancer: return "{{\(label)}}"
    case .store: return "[(\(label))]"
    case .message: return "[[\(label)]]"
    case .secret, .role: return "([\(label)])"
    default: return "[\(label)]"
    }
  }

  /// Quotes and number signs would end a label or begin an entity.
  private static func escaped(_ text: String) -> String {
    MarkupText.escaped(
      VisibleText.of(text, indent: 0), ["#": "#35;", "\"": "#quot;", "<": "#lt;", ">": "#gt;", "\n": " "])
  }
}
