import ComposeXLua

/// The words that make values.
extension Word {
  static let makingWords: [Word] = [
    list, sub, ref, add, replace,
  ]

  private static let list = Word(
    WordDoc(
      "list", [("items", "any[]")], returns: "any[]", "A list; composex.list{} is an empty one.")
  ) { session, call in
    let table = try call.table(1, of: "list")
    guard table.fields.isEmpty else {
      throw ScriptError(
        "list{} takes items, not names (\"\(table.fields[0].key)\")", remedy: "a table with names is a mapping as it is"
      )
    }
    return table.items.isEmpty ? .object(Marker(.emptyList)) : .table(table)
  }

  private static let add = Word(
    WordDoc(
      "add", [("item", "any")], returns: "any",
      "In a patch: an item that is new in its list, or several. One that is there already is an error.")
  ) { _, call in
    .object(ItemMark(.add, try marked(call, "add")))
  }

  private static let replace = Word(
    WordDoc(
      "replace", [("value", "table")], returns: "any",
      "In a patch: the whole list or mapping, in place of the one that is there.")
  ) { _, call in
    .object(ItemMark(.replace, try marked(call, "replace")))
  }

  private static func marked(_ call: LuaCall, _ word: String) throws -> LuaValue {
    let value = try call[1]
    if value.isNil { throw ScriptError.arguments("\(word)() takes what is to be in the list, not nil") }
    return value
  }

  private static let sub = Word(
    WordDoc(
      "sub", [("text", "string")], returns: "composex.reference", "A text with ${...} in it, as Fn::Sub has it.")
  ) { session, call in
    let parts = try TextPart.parts(of: call.text(1, of: "sub", "a string"))
    return .object(try ReferenceView.text(parts.map { session.bound($0) }, call.host))
  }

  private static let ref = Word(
    WordDoc(
      "ref", [("name", "string")], returns: "composex.reference",
      "A reference to a parameter, a pseudo parameter or a logical id.")
  ) { session, call in
    .object(ReferenceView(Reference(session.target(try call.text(1, of: "ref", "a logical id or a parameter")))))
  }
}
