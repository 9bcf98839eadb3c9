/// What follows from resources that are replaced: whatever refers to one is changed with it, and is replaced in turn where that is a
/// property which replaces.
struct Following {
  private let templates: ComparedTemplates
  /// The resources of the new templates that refer to an id.
  private var referrers: [String: [Int]] = [:]
  private var index: [String: Int] = [:]

  init(_ templates: ComparedTemplates, _ pairs: [TemplateComparison.Pair]) {
    self.templates = templates
    guard pairs.contains(where: { Self.isReplaced($0.change) }) else { return }
    for (index, entry) in templates.entries.enumerated() {
      for id in Self.ids(in: entry.tree["Properties"]) { referrers[id, default: []].append(index) }
    }
    for (at, pair) in pairs.enumerated() where pair.after != nil { index[pair.change.logicalId] = at }
  }

  private static func isReplaced(_ change: Change) -> Bool {
    change.action != .add && (change.effect == .replace || change.effect == .maybeReplace)
  }

  /// Adds what follows to the changes, in the order of the templates.
  func run(_ pairs: inout [TemplateComparison.Pair]) {
    if index.isEmpty { return }
    followNames(&pairs)
    var index = index
    var open = pairs.filter { Self.isReplaced($0.change) }.map(\.change.logicalId)
    var seen = Set(open)
    var position = 0
    while position < open.count {
      let cause = open[position]
      let origin = index[cause].map { pairs[$0].change }
      position += 1
      for at in referrers[cause] ?? [] {
        let entry = templates.entries[at]
        if index[entry.id] == nil {
          index[entry.id] = pairs.count
          let change = Change(logicalId: entry.id, type: entry.type, action: .modify, effect: .update)
          pairs.append(TemplateComparison.Pair(change: change, before: entry, after: entry))
        }
        guard let slot = index[entry.id], pairs[slot].change.action != .add else { continue }
        follow(entry, cause, origin, &pairs[slot].change)
        if Self.isReplaced(pairs[slot].change), seen.insert(entry.id).inserted { open.append(entry.id) }
      }
    }
    sort(&pairs)
  }

  /// What waits for a renamed resource waits for its other id.
  private func followNames(_ pairs: inout [TemplateComparison.Pair]) {
    let former = Dictionary(
      pairs.compactMap { pair in pair.change.formerId.map { (pair.change.logicalId, $0) } },
      uniquingKeysWith: { a, _ in a })
    for at in pairs.indices where !former.isEmpty {
      for slot in pairs[at].change.properties.indices
      where pairs[at].change.properties[slot].path.hasPrefix("DependsOn") {
        let property = pairs[at].change.properties[slot]
        guard let now = property.after?.string, former[now] == property.before?.string, former[now] != nil else {
          continue
        }
        pairs[at].change.properties[slot].cause = now
      }
    }
  }

  private func follow(_ entry: ComparedTemplates.Entry, _ cause: String, _ origin: Change?, _ change: inout Change) {
    let type = entry.resource?.registered ?? templates.types.type(entry.type)
    for path in Self.paths(to: cause, in: entry, type) {
      if let known = change.properties.firstIndex(where: { path == $0.path || path.hasPrefix("\($0.path).") }) {
        let before = change.properties[known].before
        if let former = origin?.formerId, Self.ids(in: before).contains(former) {
          change.properties[known].cause = cause
        }
        continue
      }
      change.properties.append(Change.Property(path: path, cause: cause))
      var effect = Effects.effect(type, named: entry.type, path)
      if effect == .replace, origin?.effect == .maybeReplace { effect = .maybeReplace }
      change.effect = change.effect.worse(effect)
    }
    if change.effect == .replace || change.effect == .maybeReplace, Effects.stores.contains(entry.type) {
      change.losesData = change.losesData || !Effects.keeps(entry.tree, "UpdateReplacePolicy", entry.type)
    }
  }

  private func sort(_ pairs: inout [TemplateComparison.Pair]) {
    var order: [String: Int] = [:]
    for (index, entry) in templates.entries.enumerated() { order["\(entry.stack).\(entry.id)"] = index }
    func rank(_ pair: TemplateComparison.Pair) -> Int {
      pair.after.flatMap { order["\($0.stack).\($0.id)"] } ?? Int.max
    }
    pairs = pairs.enumerated().sorted { (rank($0.element), $0.offset) < (rank($1.element), $1.offset) }.map(\.element)
  }

  // MARK: - References

  /// The ids that a tree refers to.
  private static func ids(in node: Node?) -> Set<String> {
    var ids: Set<String> = []
    func walk(_ node: Node) {
      ids.formUnion(own(node))
      switch node.value {
      case .map(let fields): for field in fields.values { walk(field) }
      case .list(let items): for item in items { walk(item) }
      default: break
      }
    }
    if let node { walk(node) }
    return ids
  }

  /// What a function refers to itself.
  private static func own(_ node: Node) -> [String] {
    guard let (name, argument) = Intrinsics.function(node) else { return [] }
    switch name {
    case "Ref": return argument.string.map { [$0] } ?? []
    case "Fn::GetAtt":
      let text = argument.string ?? argument.list?.first?.string ?? ""
      return [text.split(separator: ".").first.map(String.init) ?? text]
    case "Fn::Sub":
      let variables = argument.list?.dropFirst().first?.fields ?? [:]
      return [TextPart](sub: argument.string ?? argument.list?.first?.string ?? "", variables: variables).compactMap {
        if case .reference(let reference) = $0 { reference.id } else { nil }
      }
    default: return []
    }
  }

  /// Where a resource refers to an id: paths of properties, items of lists by their keys.
  private static func paths(to id: String, in entry: ComparedTemplates.Entry, _ type: ResourceType?) -> [String] {
    var paths: [String] = []
    func walk(_ node: Node, _ path: String, _ schema: Schema?) {
      if Intrinsics.function(node) != nil {
        if ids(in: node).contains(id) { paths.append(path) }
        return
      }
      func below(_ name: String, _ value: Node) {
        walk(value, path.isEmpty ? name : "\(path).\(name)", schema?.step(name))
      }
      switch node.value {
      case .map(let fields): for (name, value) in fields { below(name, value) }
      case .list(let items): for (name, item) in zip(PropertyPath.names(node, schema), items) { below(name, item) }
      default: break
      }
    }
    if let properties = entry.tree["Properties"] { walk(properties, "", type.map { .object($0.properties) }) }
    return paths
  }
}
