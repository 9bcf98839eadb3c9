/// An object owned by Swift that Lua sees as a proxy: a value with identity whose every access is answered by Swift.
///
/// The host keeps the object alive while Lua can reach its proxy. The same object always is the same value in Lua.
/// What a method throws becomes a Lua error that carries it.
public protocol LuaObject: AnyObject {
  /// What it is called in messages: `resource`. One word for all objects of a kind; it is asked once per object.
  var luaTypeName: String { get }
  /// What `tostring` gives, and what messages show.
  var luaDescription: String { get }
  /// What `tostring` gives, where that may be refused.
  func luaDescribe(_ call: LuaCall) throws -> String

  /// `object[key]`. A float key with an integer value comes as an integer.
  func luaGet(_ key: LuaValue, _ call: LuaCall) throws -> LuaValue
  /// `object[key] = value`. Plain tables in `value` come as copies.
  func luaSet(_ key: LuaValue, _ value: LuaValue, _ call: LuaCall) throws
  /// `#object`.
  func luaLength(_ call: LuaCall) throws -> Int
  /// What `pairs(object)` goes through, in order: a snapshot.
  func luaPairs(_ call: LuaCall) throws -> [(LuaValue, LuaValue)]
  /// `object(...)`; `call` has the arguments.
  func luaCall(_ call: LuaCall) throws -> LuaValue
  /// `left .. right`, of which at least one is this object.
  func luaConcatenate(left: LuaValue, right: LuaValue, _ call: LuaCall) throws -> LuaValue
  /// `object == other`, for two objects that are not the same.
  func luaEquals(_ other: any LuaObject) -> Bool
}

extension LuaObject {
  /// The type's name, for objects that have no better text.
  public var luaDescription: String { luaTypeName }
  /// As it describes itself.
  public func luaDescribe(_ call: LuaCall) throws -> String { luaDescription }
  /// Other objects are other values.
  public func luaEquals(_ other: any LuaObject) -> Bool { false }

  /// Refuses the write.
  ///
  /// - Throws: a `LuaFailure`, always.
  public func luaSet(_ key: LuaValue, _ value: LuaValue, _ call: LuaCall) throws {
    throw LuaFailure("a \(luaTypeName) cannot be changed")
  }

  /// Refuses the question.
  ///
  /// - Throws: a `LuaFailure`, always.
  public func luaLength(_ call: LuaCall) throws -> Int {
    throw LuaFailure("a \(luaTypeName) has no length")
  }

  /// Refuses the loop.
  ///
  /// - Throws: a `LuaFailure`, always.
  public func luaPairs(_ call: LuaCall) throws -> [(LuaValue, LuaValue)] {
    throw LuaFailure("a \(luaTypeName) has nothing to go through with pairs")
  }

  /// Refuses the call.
  ///
  /// - Throws: a `LuaFailure`, always.
  public func luaCall(_ call: LuaCall) throws -> LuaValue {
    throw LuaFailure("a \(luaTypeName) cannot be called")
  }

  /// Refuses to be joined.
  ///
  /// - Throws: a `LuaFailure`, always.
  public func luaConcatenate(left: LuaValue, right: LuaValue, _ call: LuaCall) throws -> LuaValue {
    throw LuaFailure("a \(luaTypeName) cannot be joined with ..")
  }
}

/// A Swift function that Lua sees as a function.
final class LuaFunction: LuaObject {
  let name: String
  let body: (LuaCall) throws -> LuaValue

  init(_ name: String, _ body: @escaping (LuaCall) throws -> LuaValue) {
    self.name = name
    self.body = body
  }

  var luaTypeName: String { "function" }
  var luaDescription: String { name }
  func luaGet(_ key: LuaValue, _ call: LuaCall) throws -> LuaValue { .nil }
}
