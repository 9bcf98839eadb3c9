import ComposeXLua

/// Moves what stands under an older spelling to where today's words are.
enum RespellPrimitive {
  /// `engine.respell(holder, key, { { base, path, value }, ... })`: takes the value under `key` away and puts `value` (or itself) below each
  /// `base` at `path`; items are added to a list that is there.
  static let respell: Primitives.Primitive = { session, call in
    guard session.phase == .project, let holder = node(try call[1]) else {
      throw ScriptError("respell() takes a mapping of the compose model, in the phase of project hooks")
    }
    let key = try call.text(2, of: "respell", "a key")
    guard let old = holder[key] else { return .nil }
    var targets: [Respelling.Target] = []
    var isRename = false
    holder.remove(key)
    for case .table(let target) in try call.table(3, of: "respell").items {
      guard target.items.count >= 2, let base = node(target.items[0]) else {
        throw ScriptError("a target is { base, path, value }")
      }
      let path = try session.texts(target.items[1])
      let value: Node
      if target.items.count > 2 {
        value = try Conversion.node(target.items[2], at: old.place, session: session)
      } else {
        value = old.copy()
      }
      value.keyPlace = old.keyPlace
      isRename = target.items.count == 2 && base === holder && path.count == 1 && base[path[0]] == nil
      targets.append(put(value, below: base, at: path))
    }
    session.respellings.append(
      Respelling(holder: holder, key: key, old: old, targets: targets, isRename: isRename && targets.count == 1))
    return .nil
  }

  /// `engine.keys()`: every key that a mapping of the model has, as `{ [key] = true }`.
  static let keys: Primitives.Primitive = { session, _ in
    var keys: Set<String> = []
    session.project.root.collectKeys(into: &keys)
    return .table(LuaTable(fields: keys.sorted().map { ($0, .boolean(true)) }))
  }

  private static func node(_ value: LuaValue) -> Node? {
    switch value {
    case .object(let view as NodeView): view.node
    case .object(let view as ServiceView): view.node
    default: nil
    }
  }

  /// Puts `value` at `path`, making the mappings that are missing.
  private static func put(_ value: Node, below base: Node, at path: [String]) -> Respelling.Target {
    var base = base
    var path = path[...]
    while path.count > 1, let next = base[path[path.startIndex]], next.fields != nil {
      base = next
      path = path.dropFirst()
    }
    let key = path.first ?? ""
    if path.count == 1, let list = base[key], list.list != nil, let items = value.list {
      list.append(contentsOf: items)
      return Respelling.Target(base: base, key: key, path: [], node: list, items: items)
    }
    let made = path.dropFirst().reversed().reduce(value) { node, name in
      let outer = Node(.map([name: node]), at: value.place)
      outer.keyPlace = value.keyPlace
      return outer
    }
    base.set(key, made)
    return Respelling.Target(base: base, key: key, path: Array(path.dropFirst()), node: made, items: nil)
  }
}

extension Node {
  fileprivate func collectKeys(into keys: inout Set<String>) {
    switch value {
    case .map(let fields):
      for (key, child) in fields {
        keys.insert(key)
        child.collectKeys(into: &keys)
      }
    case .list(let items): for item in items { item.collectKeys(into: &keys) }
    default: break
    }
  }
}
