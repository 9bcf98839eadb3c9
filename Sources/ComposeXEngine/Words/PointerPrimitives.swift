import ComposeXLua

/// The last look for pointers (`x-sqs::jobs::Arn`): no string of a template may still be one.
enum PointerPrimitives {
  /// `engine.resolve_strings(resolve)`: calls `resolve(string, place)` for every string of the template that could hold a pointer, and
  /// writes what it returns in its place; nil leaves the string as it is.
  static let resolveStrings: Primitives.Primitive = { session, call in
    guard let resolve = try call.live(1).function else { throw ScriptError("resolve_strings() takes a function") }
    for resource in session.stack.resources.values {
      try session.resolve(resource.properties, resolve)
      for (name, node) in resource.attributes.fields ?? [:] where name != "DependsOn" {
        try session.resolve(node, resolve)
      }
    }
    try session.resolve(session.stack.outputs, resolve)
    return .nil
  }

  /// Whether `x-` and `::` stand in it, in this order: what most strings have not.
  fileprivate static func mayPoint(_ text: String) -> Bool {
    var text = text
    return text.withUTF8 { bytes in
      guard bytes.count >= 6, let colon = bytes.lastIndex(of: UInt8(ascii: ":")) else { return false }
      return zip(bytes[..<colon], bytes.dropFirst()).contains { $0 == UInt8(ascii: "x") && $1 == UInt8(ascii: "-") }
    }
  }
}

extension ScriptSession {
  fileprivate func resolve(_ node: Node, _ resolve: LuaReference) throws {
    switch node.value {
    case .list(let items): for item in items { try self.resolve(item, resolve) }
    case .map(let fields): for field in fields.values { try self.resolve(field, resolve) }
    case .string(let text):
      guard PointerPrimitives.mayPoint(text), let value = try resolved(text, at: node.place, resolve) else { return }
      node.value = try Conversion.node(value, at: node.place, session: self).value
    case .text(let parts):
      let mayPoint = parts.contains {
        if case .literal(let text) = $0 { PointerPrimitives.mayPoint(text) } else { false }
      }
      guard mayPoint else { return }
      node.value = .text(
        try parts.flatMap { part -> [TextPart] in
          guard case .literal(let text) = part, PointerPrimitives.mayPoint(text),
            let value = try resolved(text, at: node.place, resolve)
          else { return [part] }
          return try ReferenceView.parts(value)
        })
    default: return
    }
  }

  private func resolved(_ text: String, at place: Place, _ resolve: LuaReference) throws -> LuaValue? {
    let value = try host.call(resolve, [.string(text), .object(PlacedValue(.nil, at: place))])
    return value.isNil ? nil : value
  }
}
