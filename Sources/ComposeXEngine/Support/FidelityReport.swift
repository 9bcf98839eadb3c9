/// What becomes of each attribute of a project (`composex config --fidelity`), by the platform that its services run on.
public struct FidelityReport {
  /// One attribute that the project uses.
  public struct Row {
    /// Where it stands in the model.
    public var path: String
    /// Where it was written.
    public var place: Place
    /// What becomes of it there.
    public var fate: Fate
    /// The platform that this holds for; nil where all have the same.
    public var platform: String?
    /// What it becomes, or why it does not.
    public var note: String
    /// The finding about it; nil when nothing need change.
    public var sentence: String?
    /// The remedy of that finding: what to write instead.
    public var instead: String?
  }

  /// In the order of the model.
  public let rows: [Row]

  /// Throws a `Finding` when the built-in files cannot be read.
  public init(_ project: ComposeProject) throws {
    var collector = Collector(fates: try AttributeFates(project))
    collector.root(project.root)
    rows = collector.rows
  }

  /// Reports what has no effect, or is refused, as warnings.
  public func tell(_ findings: Findings) {
    for row in rows {
      guard let sentence = row.sentence else { continue }
      findings.report(.warning(at: row.place, sentence, remedy: row.instead))
    }
  }

  /// A line per attribute, then the sums.
  public var text: String {
    var text = ""
    for row in rows {
      text += "\(row.place): \(row.path): \(row.fate.rawValue)"
      if let platform = row.platform { text += " on \(platform)" }
      text += row.note.isEmpty ? "\n" : ": \(row.note)\n"
      if let instead = row.instead { text += "  \(instead)\n" }
    }
    return text + Self.counted.map { fate in "\(count(fate)) \(fate.rawValue)" }.joined(separator: ", ") + "\n"
  }

  /// The same as data: `attributes` and `summary`.
  public var node: Node {
    func string(_ text: String) -> Node { Node(.string(text), at: .unknown) }
    func int(_ value: Int) -> Node { Node(.int(value), at: .unknown) }
    let items = rows.map { row in
      var fields: Node.Fields = [
        "path": string(row.path), "file": string(row.place.file?.name ?? ""), "line": int(Int(row.place.line)),
        "column": int(Int(row.place.column)), "fidelity": string(row.fate.rawValue),
      ]
      if let platform = row.platform { fields["platform"] = string(platform) }
      fields["reason"] = string(row.note)
      if let instead = row.instead { fields["instead"] = string(instead) }
      return Node(.map(fields), at: .unknown)
    }
    let summary = Self.counted.reduce(into: Node.Fields()) { $0[$1.rawValue] = int(count($1)) }
    return Node(
      .map(["attributes": Node(.list(items), at: .unknown), "summary": Node(.map(summary), at: .unknown)]), at: .unknown
    )
  }

  /// What the loader uses up is not listed.
  private static let counted = Fate.allCases.filter { $0 != .loader }

  private func count(_ fate: Fate) -> Int { rows.count { $0.fate == fate } }
}

/// Walks the model by the field table.
private struct Collector {
  let fates: AttributeFates
  var rows: [FidelityReport.Row] = []

  /// What an attribute belongs to: the service, and the entry of a mapping of names.
  struct Holder {
    var service = ""
    var entry = ""
  }

  mutating func root(_ root: Node) {
    for (key, node) in root.fields ?? [:] {
      guard case .record(let record)? = Fields.root[key]?.shape.entry?.long else { continue }
      for (name, entry) in node.fields ?? [:] {
        if add(key, of: root, "", ModelPath(key, name), at: entry, Holder(), isSilent: true)?.fate == .ignored {
          _ = add(key, of: root, "", ModelPath(key, name), at: entry, Holder())
          continue
        }
        fields(entry, record, key, ModelPath(key, name), Holder(service: key == "services" ? name : "", entry: name))
      }
    }
  }

  private mutating func fields(_ node: Node, _ record: Record, _ table: String, _ path: ModelPath, _ holder: Holder) {
    for (key, child) in node.fields ?? [:] {
      // What the loader has added is no attribute of the user's.
      guard let attribute = record[key], child.keyPlace != nil else { continue }
      guard let answer = add(key, of: node, table, path.appending(key), at: child, holder) else { continue }
      guard [.exact, .restricted, .generated].contains(answer.fate) else { continue }
      descend(child, attribute.shape, "\(table).\(key)", path.appending(key), holder)
    }
  }

  private mutating func descend(_ node: Node, _ shape: Shape, _ table: String, _ path: ModelPath, _ holder: Holder) {
    switch (node.value, shape.long) {
    case (.map, .record(let record)): fields(node, record, table, path, holder)
    case (.map(let entries), .map(let value, _)):
      for (key, entry) in entries {
        descend(entry, value, table, path.appending(key), Holder(service: holder.service, entry: key))
      }
    case (.list(let items), .list(let item, _)):
      for (index, entry) in items.enumerated() { descend(entry, item, table, path.appending(index), holder) }
    default: return
    }
  }

  /// Adds the row of an attribute, unless the loader used it up; what becomes of it.
  private mutating func add(
    _ key: String, of node: Node, _ table: String, _ path: ModelPath, at child: Node, _ holder: Holder,
    isSilent: Bool = false
  ) -> AttributeFates.Answer? {
    let answer = fates.answer(
      path: table, name: key, of: node, subject: "\(path)", service: holder.service, entry: holder.entry)
    guard let answer, !isSilent, answer.fate != .loader else { return answer }
    let isReported = answer.sentence != nil
    let note = [isReported ? "" : answer.note, answer.reason].filter { !$0.isEmpty }.joined(separator: "; ")
    rows.append(
      FidelityReport.Row(
        path: "\(path)", place: child.keyPlace ?? child.place, fate: answer.fate, platform: answer.platform, note: note,
        sentence: answer.sentence,
        instead: isReported
          ? answer.remedy ?? "remove it, or keep it for local use only, in a compose.override.yaml" : nil))
    return answer
  }
}
