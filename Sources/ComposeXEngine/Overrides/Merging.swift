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
      if !stays(old) { node.remove(name, at: place) }
      return
    }
    if case .table(let table) = value, let old {
      if old.fields != nil, table.items.isEmpty, Intrinsics.function(old) == nil {
        return try merge(table, into: old, path: path)
      }
      if old.list != nil, !table.items.isEmpty {
        guard !stays(old) else { return }
        return try merge(items: table, into: old, path: path)
      }
    }
    if stays(old) { return }
    node.set(name, try converted(value, path: path))
  }

  /// List items are matched by their key, never by index; a list whose items have none is replaced.
  private func merge(items table: LuaTable, into list: Node, path: [String]) throws {
    guard let key = key(ofItemsIn: list, path: path) else {
      let written = try converted(.table(table), path: path)
      written.replaced = Node(list.value, at: list.place)
      (list.value, list.place) = (written.value, written.place)
      return
    }
    var known = Dictionary(
      (list.list ?? []).map { ($0[key].map(Self.keyText), $0) }, uniquingKeysWith: { first, _ in first })
    var gone: Set<ObjectIdentifier> = []
    for value in table.items {
      guard case .table(let item) = value, let wanted = item[key] else {
        let name = path.filter { $0 != "*" }.joined(separator: ".")
        throw ScriptError("an item of \(name) needs its key \"\(key)\"", remedy: "items are matched by their key")
      }
      let text = try ReferenceView.keyText(wanted)
      if item.items.contains(where: \.isUnset) {
        if let old = known.removeValue(forKey: text) { gone.insert(ObjectIdentifier(old)) }
      } else if let old = known[text] {
        try merge(LuaTable(fields: item.fields.filter { $0.key != key }), into: old, path: path + ["*"])
      } else {
        let made = try converted(value, path: path + ["*"])
        known[text] = made
        list.append(made)
      }
    }
    if !gone.isEmpty { list.value = .list((list.list ?? []).filter { !gone.contains(ObjectIdentifier($0)) }) }
  }

  /// The key of the items: the type's own, else the one that all items have.
  func key(ofItemsIn list: Node, path: [String]) -> String? {
    if let schema = resource.registered?.schema(at: path), let key = ListKeys.key(forItemsOf: schema) { return key }
    return ListKeys.key(for: list.list ?? [])
  }

  private func converted(_ value: LuaValue, path: [String]) throws -> Node {
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

extension LuaValue {
  fileprivate var isUnset: Bool {
    if case .object(let marker as Marker) = self { return marker.meaning == .unset }
    return false
  }
}
