import ComposeXLua

/// A text that is put together of strings and references.
struct SubText {
  private var parts: [TextPart] = []
  private var literal: [UInt8] = []

  mutating func add(_ text: String) { literal.append(contentsOf: text.utf8) }

  mutating func add(_ more: [TextPart]) {
    for part in more {
      if case .literal(let text) = part { add(text) } else { append(part) }
    }
  }

  private mutating func append(_ part: TextPart) {
    if !literal.isEmpty { parts.append(.literal(String(decoding: literal, as: UTF8.self))) }
    literal = []
    parts.append(part)
  }

  /// A string when no reference is in it.
  func value(_ host: LuaHost) throws -> LuaValue {
    let last = String(decoding: literal, as: UTF8.self)
    try host.charge(literal.count)
    if parts.isEmpty { return .string(last) }
    return .object(try ReferenceView.text(parts + (last.isEmpty ? [] : [.literal(last)]), host))
  }

  /// Adds a value as JSON without blanks.
  mutating func add(json node: Node) throws {
    switch node.value {
    case .reference(let reference): try addString([.reference(reference)])
    case .text(let parts): try addString(parts)
    case .list(let items):
      add("[")
      for (index, item) in items.enumerated() {
        if index > 0 { add(",") }
        try add(json: item)
      }
      add("]")
    case .map(let fields):
      // `Condition` is a word of policies, too.
      if let function = Intrinsics.function(node), function.name != "Condition" {
        let read = node.copy()
        Intrinsics.read(read)
        guard read.fields != nil else { return try add(json: read) }
        throw ScriptError(
          "\(function.name) cannot stand in a JSON text", remedy: "write a reference, or composex.sub(\"...\")")
      }
      add("{")
      for (index, (key, value)) in fields.enumerated() {
        if index > 0 { add(",") }
        JSONText.write(key, into: &literal)
        add(":")
        try add(json: value)
      }
      add("}")
    default: add(JSONWriter.line(node, .compact))
    }
  }

  private mutating func addString(_ parts: [TextPart]) throws {
    add("\"")
    for part in parts {
      guard case .literal(let text) = part else {
        append(part)
        continue
      }
      var quoted: [UInt8] = []
      JSONText.write(text, into: &quoted)
      literal.append(contentsOf: quoted.dropFirst().dropLast())
    }
    add("\"")
  }
}
