import ComposeXLua

/// Values of scripts as plain tables of their own: views of nodes become tables, references stay what they are.
struct PlainValues {
  private let call: LuaCall
  private static let deepest = Conversion.maximumDepth

  init(_ call: LuaCall) { self.call = call }

  /// A copy of `value`. Throws for a function, and for what is one thing only: a resource, a service.
  func copy(_ value: LuaValue, of word: String, depth: Int = 0) throws -> LuaValue {
    guard depth < Self.deepest else {
      throw ScriptError(
        "a value is nested deeper than \(Self.deepest) levels", remedy: "a template has no use for such depth")
    }
    try call.host.charge(64)
    switch value {
    case .table(let table):
      var made = table
      made.items = try table.items.map { try copy($0, of: word, depth: depth + 1) }
      made.fields = try table.fields.map { ($0.key, try copy($0.value, of: word, depth: depth + 1)) }
      return .table(made)
    case .object(let view as NodeView): return try copy(view, of: word, depth: depth)
    case .object(let resource as ResourceView):
      throw ScriptError(
        "\(word)() takes values, and a resource is one thing",
        remedy: "write \(word)(\(resource.resource.id).Properties)")
    case .reference:
      throw ScriptError("\(word)() takes values, and a function is none", remedy: "leave it out of the table")
    default: return value
    }
  }

  /// As a rule or a function sees it.
  private func copy(_ view: NodeView, of word: String, depth: Int) throws -> LuaValue {
    let isList = view.node.list != nil
    var table = LuaTable()
    for (key, child) in try view.luaPairs(call) {
      let value = child.isNil ? .object(Marker(.null)) : try copy(child, of: word, depth: depth + 1)
      if isList {
        table.items.append(value)
      } else if case .string(let name) = key {
        table.fields.append((name, value))
      }
    }
    return isList && table.items.isEmpty ? .object(Marker(.emptyList)) : .table(table)
  }

  /// Argument `index` as a mapping.
  func mapping(_ index: Int, of word: String) throws -> LuaTable {
    guard case .table(let table) = try copy(call[index], of: word), table.items.isEmpty else {
      throw ScriptError.arguments("\(word)() takes a mapping here, not \(try call[index].kindName)")
    }
    return table
  }

  /// `added` over `base`.
  func merged(_ base: LuaTable, with added: LuaTable) -> LuaTable {
    var result = base
    var places: [String: Int] = [:]
    for (index, field) in base.fields.enumerated() { places[field.key] = index }
    var gone: Set<String> = []
    for (key, value) in added.fields {
      if case .object(let marker as Marker) = value, marker.meaning == .unset {
        gone.insert(key)
      } else if let place = places[key] {
        result.fields[place].value = merged(result.fields[place].value, with: value)
      } else {
        result.fields.append((key, value))
      }
    }
    if !gone.isEmpty { result.fields.removeAll { gone.contains($0.key) } }
    return result
  }

  private func merged(_ base: LuaValue, with added: LuaValue) -> LuaValue {
    guard case .table(let one) = base, case .table(let other) = added, one.items.isEmpty, other.items.isEmpty else {
      return added
    }
    return .table(merged(one, with: other))
  }
}
