import ComposeXLua

/// Merges the properties of a `default`, a `patch` or a module's defaults into a resource.
struct Merging {
  enum Mode {
    /// What is there stays, whoever wrote it.
    case complete
    /// What the compose file wrote stays.
    case fill
    /// Everything gives way.
    case override
  }

  let session: ScriptSession
  let resource: Resource
  let mode: Mode
  let place: Place
  /// Notes which removals found something; nil where nobody asks.
  var removals: Removals?

  func merge(_ table: LuaTable) throws { try merge(table, into: resource.properties, path: []) }

  private func merge(_ table: LuaTable, into node: Node, path: [String]) throws {
    guard path.count < Conversion.maximumDepth else {
      throw ScriptError("the properties are nested too deep", remedy: "a template has no use for such depth")
    }
    for (name, value) in table.fields {
      let path = path + [name]
      try session.checkProperty(path, of: resource)
      try merge(value, under: name, of: node, path: path)
    }
  }

  private func merge(_ value: LuaValue, under name: String, of node: Node, path: [String]) throws {
    let old = node[name]
    if case .object(let marker as Marker) = value, marker.meaning == .unset {
      removals?.note(shown(path), found: old != nil)
      if !stays(old) {
        if old != nil { session.writes += 1 }
        node.remove(name, at: place)
      }
      return
    }
    if case .object(let mark as ItemMark) = value {
      if stays(old) { return }
      return try merge(mark, under: name, of: node, path: path)
    }
    if case .table(let table) = value, let old {
      if old.fields != nil, table.items.isEmpty, Intrinsics.function(old) == nil {
        return try merge(table, into: old, path: path)
      }
      if old.list != nil, !table.items.isEmpty {
        guard !stays(old) else { return }
        return try ListMerging(self, list: old, path: path).merge(table)
      }
    }
    if stays(old) { return }
    node.set(name, try converted(ListMerging.plain(value), path: path))
  }

  /// `replace` takes the place of all that is there; `add` puts items behind it.
  private func merge(_ mark: ItemMark, under name: String, of node: Node, path: [String]) throws {
    guard mark.meaning == .add, let list = node[name], list.list != nil else {
      let value = mark.meaning == .add ? .table(LuaTable(items: mark.items)) : mark.value
      return node.set(name, try converted(ListMerging.plain(value), path: path))
    }
    try ListMerging(self, list: list, path: path).merge(
      LuaTable(items: mark.items.map { .object(ItemMark(.add, $0)) }))
  }

  /// Items of a list in the middle of a patch.
  func merge(item: LuaTable, into old: Node, path: [String]) throws { try merge(item, into: old, path: path) }

  /// The key of the items: the type's own, else the one that all items have.
  func key(ofItemsIn list: Node, path: [String]) -> String? {
    if let schema = resource.registered?.schema(at: path), let key = ListKeys.key(forItemsOf: schema) { return key }
    return ListKeys.key(for: list.list ?? [])
  }

  func converted(_ value: LuaValue, path: [String]) throws -> Node {
    session.writes += 1
    let node = try Conversion.node(value, at: place, depth: path.count, session: session)
    try session.fit(node, .properties(resource, path: path))
    return node
  }

  /// Whether `old` is stronger than what is merged.
  private func stays(_ old: Node?) -> Bool {
    switch mode {
    case .complete: old != nil
    case .fill: old?.place.file?.role == .compose
    case .override: false
    }
  }

  func shown(_ path: [String]) -> String { path.filter { $0 != "*" }.joined(separator: ".") }

  static func keyText(_ node: Node) -> String {
    switch node.value {
    case .string(let text): text
    case .int(let number): "\(number)"
    case .reference(let reference): "${\(reference.text)}"
    case .text(let parts): parts.subText
    default: ""
    }
  }
}

/// Which removals of a patch found something on any of its resources: one that never does is reported.
final class Removals {
  private var order: [String] = []
  private var found: Set<String> = []

  func note(_ path: String, found isThere: Bool) {
    if !order.contains(path) { order.append(path) }
    if isThere { found.insert(path) }
  }

  /// What was removed nowhere.
  var inVain: [String] { order.filter { !found.contains($0) } }
}

extension ReferenceView {
  static func keyText(_ value: LuaValue) throws -> String {
    switch value {
    case .string(let text): return text
    case .integer(let number): return "\(number)"
    case .object(let view as ReferenceView): return view.luaDescription
    default:
      throw ScriptError(
        "the key of a list item must be a string or a number, not \(value.kindName)", remedy: "write { Name = \"web\" }"
      )
    }
  }
}
