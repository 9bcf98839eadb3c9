import ComposeXLua

/// A reference, or a text with references inside, in a script's hand. `..` with texts makes a longer text.
class ReferenceView: OpaqueValue {
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

  func luaGet(_ key: LuaValue, _ call: LuaCall) throws -> LuaValue {
    if let name = key.string, Self.ofStrings.contains(name) {
      throw ScriptError(
        "a reference has no method \"\(name)\": its text is known when the stack is deployed",
        remedy: "ask first whether it is a string: type(value) == \"string\"")
    }
    throw ScriptError("a \(luaTypeName) has no fields", remedy: "hand it on as it is")
  }

  /// What strings can do, and references cannot.
  private static let ofStrings: Set = [
    "find", "match", "gmatch", "gsub", "sub", "lower", "upper", "len", "rep", "reverse", "byte", "format",
  ]

  func luaLength(_ call: LuaCall) throws -> Int { throw LuaFailure("a \(luaTypeName) has no length") }

  func luaPairs(_ call: LuaCall) throws -> [(LuaValue, LuaValue)] {
    throw LuaFailure("a \(luaTypeName) has nothing to go through with pairs")
  }

  func luaCall(_ call: LuaCall) throws -> LuaValue { throw LuaFailure("a \(luaTypeName) cannot be called") }

  func luaDescribe(_ call: LuaCall) throws -> String { luaDescription }

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

extension ScriptSession {
  /// What a name means: the resource that has it now, so that a later rename carries the reference along.
  func target(_ name: String) -> Reference.Target { stack.resources[name].map { .resource($0) } ?? .name(name) }

  func bound(_ part: TextPart) -> TextPart {
    guard case .reference(let reference) = part, case .name(let name) = reference.target else { return part }
    return .reference(Reference(target(name), attribute: reference.attribute))
  }
}

extension TextPart {
  /// The parts of an `Fn::Sub` text that a script wrote; a `${` that is not closed is an error.
  static func parts(of text: String) throws -> [TextPart] {
    var rest = text.utf8[...]
    while let dollar = rest.firstIndex(of: UInt8(ascii: "$")) {
      rest = rest[rest.index(after: dollar)...]
      if rest.first != UInt8(ascii: "{") { continue }
      guard let close = rest.firstIndex(of: UInt8(ascii: "}")) else {
        throw ScriptError(
          "the text \"\(text)\" has a ${ without its }", remedy: "close it; a plain ${ is written ${!...}")
      }
      rest = rest[rest.index(after: close)...]
    }
    return [TextPart](sub: text)
  }
}
