/// A picture of a template: boxes and lines, whatever it is written as.
public struct Graph {
  /// What a picture shows.
  public enum View: String, CaseIterable, Sendable {
    /// What there is, and what uses what.
    case architecture
    /// Who reaches whom on which port, from the internet inwards.
    case network
    /// Who may do what to which resource.
    case access
  }

  /// What a box stands for.
  enum Kind: String, CaseIterable {
    case internet, balancer, service, role, store, message, secret, network, watch, other, fold
  }

  /// What came or went since another state.
  enum Fate: String { case same, added, removed }

  struct Box: Hashable {
    /// What it stands for, as selectors name it; unique.
    var name: String
    var kind: Kind
    /// What is written in it, a line each.
    var lines: [String]
    /// The frame that it stands in; empty for none.
    var frame: String
    /// All that it stands for, when several share it.
    var members: [String] = []
    var fate = Fate.same
  }

  struct Line: Hashable {
    var from: String
    var to: String
    var label: String
    /// Not certain, or no more than a mention.
    var isDashed = false
    var fate = Fate.same
  }

  var view: View
  var boxes: [Box] = []
  var lines: [Line] = []

  /// Frames in the order in which they are drawn, with their titles.
  static let frames: [(kinds: [Kind], title: String)] = [
    ([.internet], ""), ([.balancer], "load balancers"), ([.service], "services"), ([.role], "roles"),
    ([.store], "stores"), ([.message], "messages"), ([.secret], "keys and secrets"), ([.network], "network"),
    ([.watch], "watching"), ([.other], "other resources"),
  ]

  static func frame(_ kind: Kind) -> String { frames.first { $0.kinds.contains(kind) }?.title ?? "" }

  /// Boxes by frame, frames in order.
  var framed: [(title: String, boxes: [Box])] {
    let titles = Self.frames.map(\.title)
    return titles.compactMap { title in
      let inside = boxes.filter { $0.frame == title }
      return inside.isEmpty ? nil : (title, inside)
    }
  }

  /// What is joined to a box by a line, and the box: nil when there is no such box.
  func neighbourhood(of name: String) -> Graph? {
    guard boxes.contains(where: { $0.name == name }) else { return nil }
    var kept: Set<String> = [name]
    for line in lines where line.from == name || line.to == name { kept.formUnion([line.from, line.to]) }
    var graph = self
    graph.boxes = boxes.filter { kept.contains($0.name) }
    graph.lines = lines.filter { kept.contains($0.from) && kept.contains($0.to) }
    return graph
  }

  /// The same with what came since `old` and what went.
  func compared(to old: Graph) -> Graph {
    var graph = self
    let (before, now) = (Set(old.boxes.map(\.name)), Set(boxes.map(\.name)))
    for index in boxes.indices where !before.contains(boxes[index].name) { graph.boxes[index].fate = .added }
    graph.boxes += old.boxes.filter { !now.contains($0.name) }.map { box in
      var box = box
      box.fate = .removed
      return box
    }
    let (linesBefore, linesNow) = (Set(old.lines), Set(lines))
    for index in lines.indices where !linesBefore.contains(lines[index]) { graph.lines[index].fate = .added }
    graph.lines += old.lines.filter { !linesNow.contains($0) }.map { line in
      var line = line
      line.fate = .removed
      return line
    }
    return graph
  }
}

extension Graph {
  /// A service and what is joined to it; `web` is `services::web`.
  ///
  /// - Throws: a `Finding` with the near name.
  public func around(_ name: String) throws -> Graph {
    if let found = neighbourhood(of: "services::\(name)") ?? neighbourhood(of: name) { return found }
    let services = boxes.map(\.name).filter { $0.hasPrefix("services::") }.map {
      String($0.dropFirst("services::".count))
    }
    throw Finding.error(
      at: Place(file: SourceFile(name: "composex graph", role: .commandLine)), "the picture has no service \"\(name)\"",
      remedy: NearName.remedy(name, in: services, what: "it has"))
  }
}
