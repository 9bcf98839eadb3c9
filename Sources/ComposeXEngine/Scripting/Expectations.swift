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
      if case .table(let deeper) = value, !deeper.fields.isEmpty, let below = node[name], below.fields != nil {
        try compare(deeper, with: below, path: path + [name])
      } else {
        try compare(value, with: node[name], path: path + [name])
      }
    }
  }

  private func compare(_ was: LuaValue, with node: Node?, path: [String]) throws {
    let expected: Node? =
      if case .object(let marker as Marker) = was, marker.meaning == .unset { nil } else {
        try Conversion.node(was, at: place, session: session)
      }
    let believed = expected.map(\.brief) ?? "unset"
    let found = node.map(\.brief) ?? "unset"
    guard believed != found else { return }
    let name = path.joined(separator: ".")
    throw ScriptError(
      "\(resource.subject) \(name) was expected to be \(believed), and is \(found)",
      remedy: "see whether the patch is still right, then write expect_was = \(found)")
  }
}

extension Node {
  /// The value on one line, as JSON.
  var brief: String {
    switch value {
    case .null: return "null"
    case .bool(let flag): return flag ? "true" : "false"
    case .int(let number): return "\(number)"
    case .float(let number): return YAMLScalar.text(of: number)
    case .string(let text):
      var out: [UInt8] = []
      JSONText.write(text, into: &out)
      return String(decoding: out, as: UTF8.self)
    case .list(let items): return "[" + items.map(\.brief).joined(separator: ", ") + "]"
    case .map(let fields): return "{" + fields.map { "\($0.key): \($0.value.brief)" }.joined(separator: ", ") + "}"
    case .reference, .text:
      guard let (tag, argument) = shortForm else { return "" }
      return "\(tag) \(argument.string ?? argument.brief)"
    }
  }
}
