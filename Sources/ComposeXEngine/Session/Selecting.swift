import ComposeXLua

extension ScriptSession {
  /// The `x-` keys that a selector may name: those of modules and those that the project uses.
  var keys: [String] {
    var keys = moduleKeys
    for key in project.root.fields?.keys.elements ?? [] where key.hasPrefix("x-") && !keys.contains(key) {
      keys.append(key)
    }
    return keys
  }

  /// Argument `index` as a selector: a string, or a list of strings.
  func selector(_ call: LuaCall, _ index: Int = 1, of word: String) throws -> Selector {
    switch try call[index] {
    case .string(let text): return try Selector(text, in: self)
    case .table(let table) where table.fields.isEmpty && !table.items.isEmpty:
      let parts = try table.items.map { item -> (Selector, String) in
        guard case .string(let text) = item else {
          throw ScriptError("a list of selectors holds strings, not \(item.kindName)", remedy: Selector.forms)
        }
        return (try Selector(text, in: self), text)
      }
      return .any(parts.map(\.0), text: parts.map(\.1).joined(separator: ", "))
    case let other:
      throw ScriptError("\(word)() takes a selector first, not \(other.kindName)", remedy: Selector.forms)
    }
  }
}
