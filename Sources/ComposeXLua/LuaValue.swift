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
  /// Whether it is nil.
  public var isNil: Bool { if case .nil = self { true } else { false } }
  /// The boolean; nil when it is anything else, as for the others below.
  public var boolean: Bool? { if case .boolean(let value) = self { value } else { nil } }
  /// The integer; a float is none, also `2.0`.
  public var integer: Int? { if case .integer(let value) = self { value } else { nil } }
  /// The string.
  public var string: String? { if case .string(let value) = self { value } else { nil } }
  /// The object of Swift's.
  public var object: (any LuaObject)? { if case .object(let value) = self { value } else { nil } }
  /// The function, or the table that stays where it is.
  public var reference: LuaReference? { if case .reference(let value) = self { value } else { nil } }
  /// The copy of a plain table.
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

  /// What kind of value it is, in the words of an error message: `a string`, `nil`.
  public var kindName: String { isNil ? typeName : "a \(typeName)" }
}

/// A copy of a plain Lua table: its items 1 to n, and its named fields in the byte order of their names.
public struct LuaTable {
  /// A named field.
  public typealias Field = (key: String, value: LuaValue)

  /// The values under 1 to n.
  public var items: [LuaValue]
  /// The values under names, in the byte order of these.
  public var fields: [Field]

  /// A table that Swift makes; the order of `fields` is the caller's, and stays when it comes to Lua.
  public init(items: [LuaValue] = [], fields: [Field] = []) {
    self.items = items
    self.fields = fields
  }

  /// Whether it has neither items nor fields.
  public var isEmpty: Bool { items.isEmpty && fields.isEmpty }

  /// The value of a field, when it is there.
  public subscript(key: String) -> LuaValue? { fields.first { $0.key == key }?.value }
}
