/// A value as it crosses between Swift and Lua.
public enum LuaValue {
  case `nil`
  case boolean(Bool)
  case integer(Int)
  case number(Double)
  /// Always valid UTF-8: a Lua string that is not is refused when it crosses.
  case string(String)
  /// An object owned by Swift, a proxy in Lua.
  case object(any LuaObject)
  /// A Lua function, or a table that stays where it is.
  case reference(LuaReference)
  /// A deep copy of a plain table.
  case table(LuaTable)
}

extension LuaValue {
  public var isNil: Bool { if case .nil = self { true } else { false } }
  public var boolean: Bool? { if case .boolean(let value) = self { value } else { nil } }
  public var integer: Int? { if case .integer(let value) = self { value } else { nil } }
  public var string: String? { if case .string(let value) = self { value } else { nil } }
  public var object: (any LuaObject)? { if case .object(let value) = self { value } else { nil } }
  public var reference: LuaReference? { if case .reference(let value) = self { value } else { nil } }
  public var table: LuaTable? { if case .table(let value) = self { value } else { nil } }
  /// The function, when it is one.
  public var function: LuaReference? {
    if case .reference(let value) = self, value.isFunction { value } else { nil }
  }

  /// What Lua would call it in a message: `string`, `table`, ..., or the object's own type name.
  public var typeName: String {
    switch self {
    case .nil: "nil"
    case .boolean: "boolean"
    case .integer, .number: "number"
    case .string: "string"
    case .object(let object): object.luaTypeName
    case .reference(let reference): reference.isFunction ? "function" : "table"
    case .table: "table"
    }
  }

  /// What kind of value it is, in the words of an error message.
  public var kindName: String {
    switch self {
    case .nil: "nil"
    case .boolean: "a boolean"
    case .integer, .number: "a number"
    case .string: "a string"
    case .table: "a table"
    case .reference(let reference): reference.isFunction ? "a function" : "a table"
    case .object(let object): "a \(object.luaTypeName)"
    }
  }
}

/// A copy of a plain Lua table: its items 1 to n, and its named fields in the byte order of their names.
public struct LuaTable {
  public typealias Field = (key: String, value: LuaValue)

  public var items: [LuaValue]
  public var fields: [Field]

  public init(items: [LuaValue] = [], fields: [Field] = []) {
    self.items = items
    self.fields = fields
  }

  public var isEmpty: Bool { items.isEmpty && fields.isEmpty }

  /// The value of a field, when it is there.
  public subscript(key: String) -> LuaValue? { fields.first { $0.key == key }?.value }
}
