import ComposeXLua

/// `composex.images`: what a pack knows of images, beside the table of well-known ones.
extension Word {
  static let images = Word(
    WordDoc(
      "images", [("images", "table<string, composex.image>")],
      "Says of images what composex cannot see: ports, least memory (MiB), folders with data, user, whether they have a shell."
    ),
    phase: .load
  ) { session, call in
    for (name, value) in try call.table(1, of: "images").fields {
      guard case .table(let facts) = value else {
        throw ScriptError(
          "images() takes a table for \(name), not \(value.kindName)", remedy: "write [\"\(name)\"] = { memory = 1024 }"
        )
      }
      try check(facts, of: name)
      let declaration = Declaration(
        word: name, body: .properties(facts), place: session.place(call), pack: session.callingPack)
      declaration.isName = true
      session.declarations.images.append(declaration)
    }
    return .nil
  }

  /// The fields of an image: what each is, and an example.
  private static let fields: [(name: String, kind: String, example: String)] = [
    ("ports", "a list of integers", "{ 8080 }"), ("memory", "an integer", "1024"), ("cpu", "an integer", "512"),
    ("volumes", "a list of strings", "{ \"/data\" }"), ("uid", "an integer", "1000"), ("shell", "a boolean", "false"),
    ("role", "a string", "\"database\""),
  ]

  private static func check(_ facts: LuaTable, of name: String) throws {
    for (key, value) in facts.fields {
      guard let field = fields.first(where: { $0.name == key }) else {
        throw ScriptError(
          "an image has no \"\(key)\"", remedy: NearName.remedy(key, in: fields.map(\.name), what: "it has"))
      }
      let fits =
        switch (field.kind, value) {
        case ("an integer", .integer), ("a boolean", .boolean), ("a string", .string): true
        case ("a list of integers", .table(let list)):
          list.fields.isEmpty && list.items.allSatisfy { if case .integer = $0 { true } else { false } }
        case ("a list of strings", .table(let list)):
          list.fields.isEmpty && list.items.allSatisfy { if case .string = $0 { true } else { false } }
        default: false
        }
      guard fits else {
        throw ScriptError(
          "\(key) of the image \(name) must be \(field.kind)", remedy: "write \(key) = \(field.example)")
      }
    }
  }
}
