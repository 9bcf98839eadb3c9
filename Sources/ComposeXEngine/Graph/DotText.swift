/// The picture for Graphviz.
///
/// https://graphviz.org/doc/info/lang.html (read 2026-11-29)
extension Graph {
  /// A digraph; boxes have the ids `b1`, `b2`, ... and frames `f1`, ... by which the page finds them in an SVG.
  public var dot: String {
    let graph = folded()
    var ids: [String: String] = [:]
    for (index, box) in graph.boxes.enumerated() { ids[box.name] = "b\(index + 1)" }
    var text = """
      digraph composex {
        graph [rankdir=LR, fontname="Helvetica", fontsize=12, nodesep=0.25, ranksep=0.9, compound=true]
        node [fontname="Helvetica", fontsize=11, shape=box, style="rounded,filled", fillcolor="#ffffff", color="#57606a"]
        edge [fontname="Helvetica", fontsize=9, color="#57606a"]

      """
    for (index, frame) in graph.framed.enumerated() {
      let isFramed = !frame.title.isEmpty
      if isFramed {
        text +=
          "  subgraph cluster_f\(index + 1) {\n    id=\"f\(index + 1)\"; label=\(Self.quoted(frame.title)); color=\"#d0d7de\"\n"
      }
      for box in frame.boxes { text += "    \(Self.node(box, ids[box.name] ?? ""))\n" }
      if isFramed { text += "  }\n" }
    }
    for line in graph.lines {
      guard let from = ids[line.from], let to = ids[line.to] else { continue }
      var attributes = line.label.isEmpty ? [] : ["label=\(Self.quoted(Self.wrapped(line.label)))"]
      if line.isDashed { attributes.append("style=dashed") }
      if let colour = Self.colour(line.fate) { attributes += ["color=\"\(colour)\"", "fontcolor=\"\(colour)\""] }
      attributes.append("class=\"\(from) \(to)\"")
      text += "  \(from) -> \(to) [\(attributes.joined(separator: ", "))]\n"
    }
    return text + "}\n"
  }

  private static func node(_ box: Box, _ id: String) -> String {
    var attributes = ["id=\"\(id)\"", "label=\(quoted(box.lines.joined(separator: "\n")))"]
    switch box.kind {
    case .internet: attributes.append("shape=ellipse")
    case .balancer: attributes.append("shape=hexagon, style=filled")
    case .store: attributes.append("shape=cylinder, style=filled")
    case .message: attributes.append("shape=cds, style=filled")
    case .secret, .role: attributes.append("shape=note, style=filled")
    default: break
    }
    attributes.append("fillcolor=\"\(fill(box))\"")
    if let colour = colour(box.fate) { attributes.append("color=\"\(colour)\", penwidth=2") }
    return "\(id) [\(attributes.joined(separator: ", "))]"
  }

  private static func fill(_ box: Box) -> String {
    switch (box.fate, box.kind) {
    case (.added, _): "#dafbe1"
    case (.removed, _): "#ffebe9"
    case (_, .internet): "#fff8c5"
    case (_, .balancer): "#ddf4ff"
    case (_, .service): "#ffffff"
    case (_, .store): "#fbefff"
    case (_, .message): "#fff1e5"
    default: "#f6f8fa"
    }
  }

  private static func colour(_ fate: Fate) -> String? {
    switch fate {
    case .same: nil
    case .added: "#1a7f37"
    case .removed: "#cf222e"
    }
  }

  /// Long labels of lines take several lines.
  private static func wrapped(_ text: String) -> String { text.replacing(", ", with: ",\n") }

  private static func quoted(_ text: String) -> String {
    let visible = text.split(separator: "\n", omittingEmptySubsequences: false).map {
      VisibleText.of(String($0), indent: 0)
    }
    let escaped = MarkupText.escaped(
      visible.joined(separator: "\n"), ["\\": "\\\\", "\"": "\\\"", "\n": "\\n"])
    return "\"\(escaped)\""
  }
}
