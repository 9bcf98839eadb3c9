import ComposeXLua

/// The words that every script would else write by hand: copies, merges, texts.
extension Word {
  static let toolWords: [Word] = [copy, merge, split, join, json, dump, cidr]

  private static let copy = Word(
    WordDoc(
      "copy", [("value", "any")], returns: "any",
      "A copy of a value with all that is in it, which may be changed; references in it stay what they are.")
  ) { session, call in
    try PlainValues(call).copy(call[1], of: "copy")
  }

  private static let merge = Word(
    WordDoc(
      "merge", [("a", "table"), ("b", "table")], returns: "table",
      "A new mapping: b over a, mappings in them merged too, anything else replaced; composex.unset takes a field out.")
  ) { session, call in
    let plain = PlainValues(call)
    return .table(try plain.merged(plain.mapping(1, of: "merge"), with: plain.mapping(2, of: "merge")))
  }

  private static let split = Word(
    WordDoc(
      "split", [("s", "string"), ("separator", "string")], returns: "string[]",
      "The parts of a string between separators, which are plain strings and no patterns.")
  ) { _, call in
    let text = try call.text(1, of: "split", "a string")
    let separator = Array(try call.text(2, of: "split", "a separator").utf8)
    guard !separator.isEmpty else {
      throw ScriptError("split() takes a separator that is not empty", remedy: "write composex.split(s, \",\")")
    }
    let bytes = Array(text.utf8)
    var parts: [LuaValue] = []
    var start = 0
    var at = 0
    while at + separator.count <= bytes.count {
      if bytes[at] == separator[0], bytes[at..<at + separator.count].elementsEqual(separator) {
        parts.append(.string(String(decoding: bytes[start..<at], as: UTF8.self)))
        at += separator.count
        start = at
      } else {
        at += 1
      }
    }
    parts.append(.string(String(decoding: bytes[start...], as: UTF8.self)))
    try call.host.charge(parts.count * 64 + bytes.count)
    return .table(LuaTable(items: parts))
  }

  private static let join = Word(
    WordDoc(
      "join", [("list", "any[]"), ("separator", "string")], returns: "string|composex.reference",
      "The items of a list as one string, with a separator between them; with references among them, a text that has those."
    )
  ) { _, call in
    let separator = try call.text(2, of: "join", "a separator")
    guard case .table(let list) = try PlainValues(call).copy(call[1], of: "join"), list.fields.isEmpty else {
      throw ScriptError.arguments("join() takes a list, not \(try call[1].kindName)")
    }
    var text = SubText()
    for (index, item) in list.items.enumerated() {
      if index > 0 { text.add(separator) }
      switch item {
      case .string(let part): text.add(part)
      case .integer, .number, .boolean:
        text.add(try Conversion.node(item, at: .unknown, session: nil, host: call.host).brief)
      case .object(let view as ReferenceView): text.add(try ReferenceView.parts(.object(view)))
      default:
        throw ScriptError(
          "item \(index + 1) of join() is \(item.kindName)",
          remedy: "a list of strings, numbers and references can be joined")
      }
    }
    return try text.value(call.host)
  }

  private static let json = Word(
    WordDoc(
      "json", [("value", "any")], returns: "string|composex.reference",
      "A value as JSON without blanks, for properties that take a text; references in it are filled in by Fn::Sub.")
  ) { session, call in
    let node = try Conversion.node(call[1], at: session.place(call), session: session)
    var text = SubText()
    try text.add(json: node)
    return try text.value(call.host)
  }

  private static let dump = Word(
    WordDoc(
      "dump", [("value", "any")], returns: "string",
      "A value as YAML, to print and look at; a resource with its properties.")
  ) { session, call in
    .string(try Dump(session).text(try call[1]))
  }

  private static let cidr = Word(
    WordDoc(
      "cidr", [("block", "string"), ("bits", "integer"), ("index", "integer")], returns: "string",
      "A part of an address block: the index-th (from 1) of those whose prefix is `bits` longer.")
  ) { _, call in
    let text = try call.text(1, of: "cidr", "an address block")
    guard let block = AddressBlock(text) else {
      throw ScriptError("cidr() takes an address block, not \"\(text)\"", remedy: "write it as \"10.0.0.0/16\"")
    }
    guard case .integer(let bits) = try call[2], case .integer(let index) = try call[3] else {
      throw ScriptError.arguments("cidr() takes two integers after the block")
    }
    guard bits >= 0, bits <= block.width - block.prefix else {
      throw ScriptError(
        "\(text) has no parts whose prefix is \(bits) longer", remedy: "write 0 to \(block.width - block.prefix)")
    }
    guard let part = block.part(index, bits: bits) else {
      throw ScriptError(
        "\(text) has no part \(index) of that size",
        remedy: bits < 32 ? "the first is 1, the last \(1 << bits)" : "the first is 1")
    }
    return .string(part.text)
  }
}
