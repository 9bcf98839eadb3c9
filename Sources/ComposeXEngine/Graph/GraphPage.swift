/// One HTML file with the picture: it zooms, finds, folds frames, and shows the properties of a box and who wrote them. It asks nothing of
/// any other place.
public struct GraphPage {
  private let graph: Graph
  private let svg: String
  private let outcome: Pipeline.Outcome

  /// `svg` is what Graphviz made of the graph's `dot`.
  public init(_ graph: Graph, svg: String, of outcome: Pipeline.Outcome) {
    self.graph = graph.folded()
    self.svg = svg
    self.outcome = outcome
  }

  /// The whole file.
  public var html: String {
    """
    <!DOCTYPE html>
    <html lang="en"><head><meta charset="utf-8"><title>\(Self.escaped(outcome.project.name)): \(graph.view.rawValue)</title>
    <style>\(Self.style)</style></head><body>
    <header><h1>\(Self.escaped(outcome.project.name)): \(graph.view.rawValue)</h1>
    <input id="find" type="search" placeholder="find" aria-label="find">
    <button id="in">+</button><button id="out">-</button><button id="fit">fit</button><span id="count"></span></header>
    <main><div id="picture">\(Self.picture(svg))</div><aside id="facts"><p>Click a box for its properties, the title of a frame to fold it.</p></aside></main>
    <script type="application/json" id="boxes">\(Self.data(boxes))</script>
    <script>\(Self.script)</script></body></html>

    """
  }

  /// The picture without what stands before it in a file of its own.
  static func picture(_ svg: String) -> String {
    guard let start = svg.firstRange(of: "<svg") else { return svg }
    return String(svg[start.lowerBound...])
  }

  static func escaped(_ text: String) -> String { MarkupText.html(text) }

  /// JSON inside of a script element, which `</` would end and `<!--` would not let end.
  private static func data(_ node: Node) -> String {
    MarkupText.escaped(JSONWriter.line(node, .compact), ["<": "\\u003c"])
  }

  /// For each box: names, and of each resource the properties with their writers.
  private var boxes: Node {
    Node(
      .list(
        graph.boxes.enumerated().map { index, box in
          let names = box.members.isEmpty ? [box.name] : box.members
          return .object([
            ("id", .of("b\(index + 1)")), ("names", .of(names)), ("frame", .of(box.frame)),
            ("properties", Node(.list(names.prefix(40).flatMap(properties)), at: .unknown)),
          ])
        }), at: .unknown)
  }

  private func properties(of name: String) -> [Node] {
    guard let found = try? Explanation(name, of: outcome) else { return [] }
    return found.entries.map { entry in
      let writers = entry.writers.map { "\($0.place.writer) \($0.place.fileAndLine)" }
      return Node(
        .list([.of(entry.path), .of(entry.value?.brief ?? ""), .of(writers.joined(separator: ", "))]), at: .unknown)
    }
  }

  static let style = """
    body{margin:0;font:14px/1.4 Helvetica,Arial,sans-serif;color:#1f2328}header{display:flex;gap:.5em;align-items:center;
    padding:.4em 1em;border-bottom:1px solid #d0d7de}h1{font-size:16px;margin:0 1em 0 0}main{display:flex;height:calc(100vh - 45px)}
    #picture{flex:1;overflow:auto}#facts{width:32em;overflow:auto;border-left:1px solid #d0d7de;padding:0 1em;overflow-wrap:anywhere}
    table{border-collapse:collapse;font-size:12px}td{border-top:1px solid #eee;padding:2px 6px;vertical-align:top}
    .node,.cluster{cursor:pointer}.dim{opacity:.15}.hit polygon,.hit path,.hit ellipse{stroke:#bf8700;stroke-width:3}
    .folded{display:none}@media print{header input,header button,#facts{display:none}main{height:auto}}
    """
}
