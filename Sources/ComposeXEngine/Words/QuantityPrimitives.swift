import ComposeXLua

/// What `engine` reads of compose's own notations, by the rules of the loader.
enum QuantityPrimitives {
  /// `engine.nanoseconds("1m30s")`: those of a duration, or nil.
  static let nanoseconds: Primitives.Primitive = { _, call in
    let text = try call.text(1, of: "nanoseconds", "a duration")
    return Quantities.nanoseconds(text).map { .integer($0) } ?? .nil
  }

  /// `engine.bytes("64m")`: those of a size, or nil.
  static let bytes: Primitives.Primitive = { _, call in
    let text = try call.text(1, of: "bytes", "a size")
    return Quantities.bytes(text).map { .integer($0) } ?? .nil
  }

  /// `engine.ports("8000-8010/udp")`: `{ first, last, protocol }`, or nil.
  static let ports: Primitives.Primitive = { _, call in
    guard let (range, transport) = PortSpec.exposed(try call.text(1, of: "ports", "a port or a range")) else {
      return .nil
    }
    return .table(
      LuaTable(fields: [
        ("first", .integer(range.lowerBound)), ("last", .integer(range.upperBound)), ("protocol", .string(transport)),
      ]))
  }
}
