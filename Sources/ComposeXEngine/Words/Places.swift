import ComposeXLua

/// Where values stand, and what notes call them.
extension ScriptSession {
  /// A place that a generator gives for what it writes: the name of a file, or a placed value.
  func place(written value: LuaValue?) -> Place? {
    if case .string(let file)? = value { return Place(file: files[file]) }
    if case .object(let placed as PlacedValue)? = value { return placed.place }
    return nil
  }

  /// Where a value of the compose model stands; nil for anything else.
  func place(of value: LuaValue?) -> Place? {
    switch value {
    case .object(let view as NodeView)?: return view.node.keyPlace ?? view.node.place
    case .object(let view as ServiceView)?: return view.node.keyPlace ?? view.node.place
    case .object(let view as ResourceView)?: return view.resource.origin.place
    case .object(let placed as PlacedValue)?: return placed.place
    case .table(let table)?:
      guard table.items.count >= 2 else { return nil }
      return place(ofEntry: table.items[1], in: table.items[0], key: table.items.count > 2)
    default: return nil
    }
  }

  /// The place of an entry of a mapping or a list: its value's, or its key's.
  private func place(ofEntry key: LuaValue, in value: LuaValue, key isKey: Bool) -> Place? {
    let node: Node
    switch value {
    case .object(let view as NodeView): node = view.node
    case .object(let view as ServiceView): node = view.node
    default: return nil
    }
    switch key {
    case .string(let name): return node[name].map { isKey ? $0.keyPlace ?? $0.place : $0.place } ?? node.place
    case .integer(let index):
      guard let items = node.list, index >= 1, index <= items.count else { return node.place }
      return items[index - 1].place
    default: return node.place
    }
  }

  /// How notes name what something is made for: `x-sqs::jobs (compose.yaml:3)`.
  func subject(of value: LuaValue) -> String {
    switch value {
    case .object(let view as ServiceView):
      return "services::\(view.name) (\((view.node.keyPlace ?? view.node.place).fileAndLine))"
    case .object(let view as ResourceView):
      return "\(view.resource.subject) (\(view.resource.origin.place.fileAndLine))"
    case .table(let table):
      guard case .string(let name)? = table.items.first, let place = place(of: table.items.last) else { return "" }
      return "\(name) (\(place.fileAndLine))"
    default: return ""
    }
  }

  /// The texts of a list; nil is an empty one.
  func texts(_ value: LuaValue?) throws -> [String] {
    let items: [LuaValue]
    switch value {
    case .table(let table)?: items = table.items
    case .reference(let reference)?: items = try host.contents(of: reference).items
    default: return []
    }
    return items.compactMap { if case .string(let text) = $0 { text } else { nil } }
  }

  func resource(_ value: LuaValue?) -> Resource? {
    if case .object(let view as ResourceView)? = value { return view.resource }
    return nil
  }
}
