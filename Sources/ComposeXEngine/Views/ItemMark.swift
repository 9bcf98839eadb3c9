import ComposeXLua

/// `composex.add{...}` and `composex.replace{...}`: what a patch does with a list, or an item of one, said instead of guessed.
final class ItemMark: OpaqueValue {
  enum Meaning: String { case add, replace }

  let meaning: Meaning
  let value: LuaValue

  init(_ meaning: Meaning, _ value: LuaValue) { (self.meaning, self.value) = (meaning, value) }

  var luaTypeName: String { "composex.\(meaning.rawValue)" }

  /// The items that it adds: those of a list, or the value itself.
  var items: [LuaValue] {
    if case .table(let table) = value, table.fields.isEmpty, !table.items.isEmpty { return table.items }
    return [value]
  }

  func node(at place: Place) throws -> Node {
    throw Finding.error(
      at: place, "\(luaTypeName) has nothing to \(meaning.rawValue) here",
      remedy: "it belongs in patch(); elsewhere write table.insert(list, item), or assign the list")
  }
}
