/// A property of a template, its value, and everyone who wrote it, the last first.
struct Provenance {
  /// One writer: the line, and what it wrote; nil when it took the property out.
  struct Writer {
    var place: Place
    var value: Node?
    /// What it did, where it wrote no value: `renamed from JobsQueue`.
    var note: String?
  }

  /// `WebService.DesiredCount`; items of lists by their key.
  var path: String
  /// nil when the property is not in the template any more.
  var value: Node?
  var writers: [Writer]
  /// The nodes that they wrote.
  let history: [Node]

  /// What is said of something that is no property.
  init(path: String, value: String?, writers: [Writer]) {
    self.path = path
    self.value = value.map { Node(.string($0), at: .unknown) }
    (self.writers, history, isSaid) = (writers, [], true)
  }

  /// Whether its value is words, and no value of the template.
  let isSaid: Bool

  /// The provenance of a node, from all that stood in its place.
  init(path: String, history: [Node]) {
    self.path = path
    self.history = history
    isSaid = false
    value = history.first.flatMap { $0.isMark ? nil : $0 }
    var writers: [Writer] = []
    for node in history { writers.append(Writer(place: node.place, value: node.isMark ? nil : node)) }
    self.writers = writers
  }
}

extension Node {
  /// A null that a removal left behind.
  fileprivate var isMark: Bool { isNull && replaced != nil }

  /// The node and what stood here before it, the last first. A chain is as long as the writes of a run.
  var history: [Node] {
    var history: [Node] = []
    var node: Node? = self
    while let here = node {
      history.append(here)
      node = here.replaced
    }
    return history
  }
}

extension Place {
  /// What kind of writer speaks here, in a word.
  var writer: String {
    switch file?.role {
    case .compose: "compose"
    case .script: "script"
    case .pack: "pack"
    case .module: "default"
    case .lookup: "lookup"
    case .image: "image"
    case .environment: "environment"
    case .commandLine: "command line"
    case nil: "composex"
    }
  }
}
