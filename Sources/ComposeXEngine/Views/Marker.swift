import ComposeXLua

/// A value that a script can hand on, but not look into.
protocol OpaqueValue: LuaObject {}

extension OpaqueValue {
  func luaGet(_ key: LuaValue, _ call: LuaCall) throws -> LuaValue {
    throw ScriptError("a \(luaTypeName) has no fields", remedy: "hand it on as it is")
  }
}

/// A value of `composex` that stands for something a plain table cannot say: `unset`, `null`.
final class Marker: OpaqueValue {
  enum Meaning { case unset, null, emptyList }

  let meaning: Meaning

  init(_ meaning: Meaning) { self.meaning = meaning }

  var luaTypeName: String {
    switch meaning {
    case .unset: "composex.unset"
    case .null: "composex.null"
    case .emptyList: "composex.list"
    }
  }

  func node(at place: Place) throws -> Node {
    switch meaning {
    case .null: Node(.null, at: place)
    case .emptyList: Node(.list([]), at: place)
    case .unset:
      throw Finding.error(
        at: place, "composex.unset has nothing to remove here",
        remedy: "it belongs in patch(), or assign nil to the property")
    }
  }
}

/// A value that remembers the compose line it was computed from.
final class PlacedValue: OpaqueValue {
  let value: LuaValue
  let place: Place

  init(_ value: LuaValue, at place: Place) {
    self.value = value
    self.place = place
  }

  var luaTypeName: String { "placed value" }

  /// As the value itself is written: values are compared by their texts.
  var luaDescription: String {
    switch value {
    case .object(let object): object.luaDescription
    case .string(let text): text
    case .integer(let number): "\(number)"
    case .number(let number): "\(number)"
    case .boolean(let flag): "\(flag)"
    default: luaTypeName
    }
  }

  /// Joined with others, a value loses its place.
  func luaConcatenate(left: LuaValue, right: LuaValue, _ call: LuaCall) throws -> LuaValue {
    .object(try ReferenceView.text(ReferenceView.parts(left) + ReferenceView.parts(right), call.host))
  }
}

/// `composex.this` in a resource module: the main resource, or one of its attributes, of whatever definition is being made.
final class ThisView: LuaObject {
  let attribute: String?

  init(attribute: String?) { self.attribute = attribute }

  var luaTypeName: String { "composex.this" }

  /// The attribute for `Fn::GetAtt`; nil for `this` and `this.Ref`.
  var attributeName: String? { attribute == "Ref" ? nil : attribute }

  func luaGet(_ key: LuaValue, _ call: LuaCall) throws -> LuaValue {
    guard case .string(let name) = key else { return .nil }
    return .object(ThisView(attribute: attribute.map { "\($0).\(name)" } ?? name))
  }
}
