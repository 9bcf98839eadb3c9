import ComposeXLua

/// Reading the arguments of a word or a method, with messages that name it.
extension LuaCall {
  /// Argument `index` (1-based, the receiver of a method counted) as a text.
  func text(_ index: Int, of word: String, _ what: String) throws -> String {
    if case .string(let text) = try self[index] { return text }
    throw ScriptError.arguments("\(word)() takes \(what), not \(try self[index].kindName)")
  }

  /// Argument `index` as a function.
  func function(_ index: Int, of word: String) throws -> LuaReference {
    if case .reference(let function) = try self[index], function.isFunction { return function }
    throw ScriptError.arguments("\(word)() takes a function here, not \(try self[index].kindName)")
  }

  /// Argument `index` as a plain table.
  func table(_ index: Int, of word: String) throws -> LuaTable {
    if case .table(let table) = try self[index] { return table }
    throw ScriptError.arguments("\(word)() takes a table here, not \(try self[index].kindName)")
  }
}

extension LuaCall {
  /// Bytes that the arguments take when a word keeps them. Names and texts are kept several times over: as they are, in titles, in
  /// lists of what there is.
  var weight: Int {
    get throws {
      var weight = 0
      for index in 1..<count + 1 {
        switch kind(index) {
        case .string: weight += 4 * (try self[index].weight)
        case .table: weight += 4 * (try self[index].weight)
        default: continue
        }
      }
      return weight
    }
  }
}

extension LuaValue {
  /// Bytes that it takes on the Swift side, functions and objects aside.
  fileprivate var weight: Int {
    switch self {
    case .string(let text): 32 + text.utf8.count
    case .table(let table):
      table.items.reduce(64) { $0 + $1.weight }
        + table.fields.reduce(0) { $0 + 32 + $1.key.utf8.count + $1.value.weight }
    default: 32
    }
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
