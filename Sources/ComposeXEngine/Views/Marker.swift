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

/// A reference, or a text with references inside, in a script's hand. `..` with texts makes a longer text.
final class ReferenceView: OpaqueValue {
  let value: Node.Value

  /// `value` is `.reference` or `.text`.
  init(_ value: Node.Value) { self.value = value }

  convenience init(_ reference: Reference) { self.init(.reference(reference)) }

  var luaTypeName: String { "reference" }

  var luaDescription: String {
    switch value {
    case .reference(let reference): "${\(reference.text)}"
    case .text(let parts): parts.subText
    default: "reference"
    }
  }

  /// References are equal that are written alike: two to the same attribute of the same resource.
  func luaEquals(_ other: any LuaObject) -> Bool {
    guard let other = other as? ReferenceView else { return false }
    return Node(value, at: .unknown).brief == Node(other.value, at: .unknown).brief
  }

  func luaConcatenate(left: LuaValue, right: LuaValue, _ call: LuaCall) throws -> LuaValue {
    .object(try Self.text(Self.parts(left) + Self.parts(right), call.host))
  }

  /// A text with references, its memory counted: joined with itself over and over it would have no end.
  static func text(_ parts: [TextPart], _ host: LuaHost) throws -> ReferenceView {
    let bytes = parts.reduce(64) { sum, part in
      if case .literal(let text) = part { sum + 64 + text.utf8.count } else { sum + 64 }
    }
    try host.charge(bytes)
    return ReferenceView(.text(parts))
  }

  /// The parts that `value` adds to a text.
  static func parts(_ value: LuaValue) throws -> [TextPart] {
    switch value {
    case .string(let text): return [.literal(text)]
    case .integer(let number): return [.literal("\(number)")]
    case .object(let object as ReferenceView):
      switch object.value {
      case .reference(let reference): return [.reference(reference)]
      case .text(let parts): return parts
      default: return []
      }
    case .object(let placed as PlacedValue): return try parts(placed.value)
    default:
      throw ScriptError(
        "a reference can be joined with strings and references only, not with \(value.kindName)",
        remedy: "write the value as a string")
    }
  }
}
