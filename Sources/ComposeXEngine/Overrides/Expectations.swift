import ComposeXLua

extension Merging {
  /// Refuses a patch whose belief about what it replaces (`expect_was`) no longer holds: the generated value has changed.
  ///
  /// `was` has the shape of the patch, or is the value itself when the patch writes a single property.
  func expect(_ was: LuaValue, before patch: LuaTable) throws {
    if case .table(let table) = was, !table.fields.isEmpty {
      try compare(table, with: resource.properties, path: [])
    } else {
      var path: [String] = []
      var patch = patch
      while patch.fields.count == 1 {
        path.append(patch.fields[0].key)
        guard case .table(let deeper) = patch.fields[0].value, deeper.items.isEmpty else { break }
        patch = deeper
      }
      guard patch.fields.count == 1 else {
        throw ScriptError(
          "expect_was must be a table, because the patch writes several properties",
          remedy: "write { expect_was = { \(patch.fields.first?.key ?? "Property") = ... } }")
      }
      try compare(was, with: path.reduce(resource.properties) { $0?[$1] }, path: path)
    }
  }

  private func compare(_ was: LuaTable, with node: Node, path: [String]) throws {
    for (name, value) in was.fields {
      let path = path + [name]
      try session.checkProperty(path, of: resource)
      if case .table(let deeper) = value, !deeper.fields.isEmpty, let below = node[name], below.fields != nil {
        try compare(deeper, with: below, path: path)
      } else if case .table(let deeper) = value, let list = node[name], let key = try itemKey(deeper, list, path) {
        try compare(items: deeper, with: list, by: key, path: path)
      } else {
        try compare(value, with: node[name], path: path)
      }
    }
  }

  /// The key that the items are matched by, as the patch meets them; nil when the list is compared whole.
  private func itemKey(_ was: LuaTable, _ list: Node, _ path: [String]) throws -> String? {
    guard list.list != nil, let key = key(ofItemsIn: list, path: path) else { return nil }
    return was.items.allSatisfy { if case .table(let item) = $0 { item[key] != nil } else { false } } ? key : nil
  }

  private func compare(items: LuaTable, with list: Node, by key: String, path: [String]) throws {
    let known = Dictionary(
      (list.list ?? []).map { ($0[key].map(Self.keyText), $0) }, uniquingKeysWith: { first, _ in first })
    for case .table(let item) in items.items {
      let wanted = try ReferenceView.keyText(item[key] ?? .nil)
      guard let found = known[wanted] else {
        throw ScriptError(
          "\(resource.subject) \(shown(path)) was expected to have an item whose \(key) is \(wanted), and has none",
          remedy: "see whether the patch is still right")
      }
      try compare(LuaTable(fields: item.fields.filter { $0.key != key }), with: found, path: path + ["*"])
    }
  }

  private func compare(_ was: LuaValue, with node: Node?, path: [String]) throws {
    let expected: Node? =
      if case .object(let marker as Marker) = was, marker.meaning == .unset { nil } else {
        try Conversion.node(was, at: place, session: session)
      }
    if let expected, let node, expected.hasParts, node.hasParts {
      guard let leaf = Difference.leaves(node, expected).first else { return }
      let path = shown(path) + (leaf.path.hasPrefix("[") ? "" : ".") + leaf.path
      throw ScriptError(
        "\(resource.subject) \(path) was expected to be \(leaf.expected ?? "unset"), and is \(leaf.actual ?? "unset")",
        remedy: "see whether the patch is still right, then expect what it is now")
    }
    let believed = expected.map(\.brief) ?? "unset"
    let found = node.map(\.brief) ?? "unset"
    guard believed != found else { return }
    let now =
      node.map { $0.list == nil && $0.fields == nil && $0.shortForm == nil ? $0.brief : nil } ?? "composex.unset"
    throw ScriptError(
      "\(resource.subject) \(shown(path)) was expected to be \(believed), and is \(found)",
      remedy: "see whether the patch is still right, then expect \(now ?? "what it is now")")
  }
}

extension Node {
  /// Whether it is a list or a mapping, and no function of CloudFormation.
  fileprivate var hasParts: Bool { list != nil || fields != nil && Intrinsics.function(self) == nil }
}
