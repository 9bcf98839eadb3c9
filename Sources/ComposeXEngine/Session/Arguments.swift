import ComposeXLua

/// Reading the arguments of a word or a method, with messages that name it.
extension LuaCall {
  /// Argument `index` (1-based, the receiver of a method counted) as a text.
  func text(_ index: Int, of word: String, _ what: String) throws -> String {
    if case .string(let text) = try self[index] { return text }
    throw ScriptError("\(word)() takes \(what), not \(try self[index].kindName)", remedy: WordDocs.usage(word))
  }

  /// Argument `index` as a function.
  func function(_ index: Int, of word: String) throws -> LuaReference {
    if case .reference(let function) = try self[index], function.isFunction { return function }
    throw ScriptError("\(word)() takes a function here, not \(try self[index].kindName)", remedy: WordDocs.usage(word))
  }

  /// Argument `index` as a plain table.
  func table(_ index: Int, of word: String) throws -> LuaTable {
    if case .table(let table) = try self[index] { return table }
    throw ScriptError("\(word)() takes a table here, not \(try self[index].kindName)", remedy: WordDocs.usage(word))
  }
}

extension LuaValue {
  var isTruthy: Bool {
    switch self {
    case .nil, .boolean(false): false
    default: true
    }
  }
}
