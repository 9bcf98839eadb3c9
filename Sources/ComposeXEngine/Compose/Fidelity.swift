/// What becomes of each attribute of a project on ECS (`composex config --fidelity`).
public struct FidelityReport {
  /// How faithfully an attribute is carried over.
  enum Grade: String, Sendable {
    case exact, approximated, ignored, refused
  }

  /// One attribute that the project uses.
  struct Row {
    var path: String
    var place: Place
    var grade: Grade
    var note: String
    /// What to write instead; nil when nothing need change.
    var instead: String?
  }

  let rows: [Row]

  /// Grades each attribute that the project has.
  public init(_ project: ComposeProject) {
    var collector = Collector()
    collector.root(project.root)
    rows = collector.rows
  }

  /// Tells what has no effect, or cannot work, as warnings.
  public func tell(_ findings: Findings) {
    for row in rows where row.instead != nil {
      let effect = row.grade == .refused ? "cannot work on ECS" : "has no effect on ECS"
      let reason = row.note.isEmpty ? "" : ": \(row.note)"
      findings.report(.warning(at: row.place, "\(row.path) \(effect)\(reason)", remedy: row.instead))
    }
  }

  /// A line per attribute, then the sums.
  public var text: String {
    var text = ""
    for row in rows {
      text += "\(row.place): \(row.path): \(row.grade.rawValue)"
      text += row.note.isEmpty ? "\n" : ": \(row.note)\n"
      if let instead = row.instead { text += "  \(instead)\n" }
    }
    let counts = [Grade.exact, .approximated, .ignored, .refused].map { grade in
      "\(rows.filter { $0.grade == grade }.count) \(grade.rawValue)"
    }
    return text + counts.joined(separator: ", ") + "\n"
  }

  /// The same as data: `attributes` and `summary`.
  public var node: Node {
    func string(_ text: String) -> Node { Node(.string(text), at: .unknown) }
    func int(_ value: Int) -> Node { Node(.int(value), at: .unknown) }
    let items = rows.map { row in
      var fields: Node.Fields = [
        "path": string(row.path), "file": string(row.place.file?.name ?? ""), "line": int(Int(row.place.line)),
        "column": int(Int(row.place.column)), "fidelity": string(row.grade.rawValue), "reason": string(row.note),
      ]
      if let instead = row.instead { fields["instead"] = string(instead) }
      return Node(.map(fields), at: .unknown)
    }
    var summary = Node.Fields()
    for grade in [Grade.exact, .approximated, .ignored, .refused] {
      summary[grade.rawValue] = int(rows.filter { $0.grade == grade }.count)
    }
    return Node(
      .map(["attributes": Node(.list(items), at: .unknown), "summary": Node(.map(summary), at: .unknown)]), at: .unknown
    )
  }
}

extension Fate {
  /// nil: the attribute is used up before anything is generated, or is no matter of ECS.
  var grade: FidelityReport.Grade? {
    switch self {
    case .map, .tool, .gen, .ext: .exact
    case .cond: .approximated
    case .warn, .skip: .ignored
    case .error: .refused
    case .load: nil
    }
  }

  /// What to do about it, when the row does not say.
  var instead: String? {
    switch self {
    case .warn: "remove it, or keep it for local use only, in a compose.override.yaml"
    case .error: "remove it, or move it into a file that only local runs use"
    default: nil
    }
  }
}

/// Walks the model by the field table.
private struct Collector {
  var rows: [FidelityReport.Row] = []

  mutating func root(_ root: Node) {
    for (key, node) in root.fields ?? [:] {
      guard let attribute = Fields.root[key] else { continue }
      var path = ModelPath(key)
      switch attribute.shape.entry?.long {
      case .record(let record)?:
        if attribute.fate == .error { row(path, node, .error, attribute.note) }
        for (name, entry) in node.fields ?? [:] {
          path.push(name)
          fields(entry, record, path)
          path.pop()
        }
      default: continue
      }
    }
  }

  private mutating func fields(_ node: Node, _ record: Record, _ path: ModelPath) {
    for (key, child) in node.fields ?? [:] {
      // What the loader has added is no attribute of the user's.
      guard let attribute = record[key], child.keyPlace != nil, let fate = attribute.fate else { continue }
      let path = path.appending(key)
      row(path, child, fate, attribute.note)
      guard fate != .warn, fate != .error else { continue }
      descend(child, attribute.shape, path)
    }
  }

  private mutating func descend(_ node: Node, _ shape: Shape, _ path: ModelPath) {
    switch (node.value, shape.long) {
    case (.map, .record(let record)): fields(node, record, path)
    case (.map(let entries), .map(let value, _)):
      for (key, entry) in entries { descend(entry, value, path.appending(key)) }
    case (.list(let items), .list(let item, _)):
      for (index, entry) in items.enumerated() { descend(entry, item, path.appending(index)) }
    default: return
    }
  }

  private mutating func row(_ path: ModelPath, _ node: Node, _ fate: Fate, _ note: String) {
    guard let grade = fate.grade else { return }
    rows.append(
      FidelityReport.Row(
        path: "\(path)", place: node.keyPlace ?? node.place, grade: grade, note: note, instead: fate.instead))
  }
}
