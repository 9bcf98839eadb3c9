/// The Lua interface as a whole, for what is written about it: each object with its words, methods and fields.
enum LuaInterface {
  /// What stands before a name, and whether it is called or read.
  static let holders: [(prefix: String, docs: [WordDoc], isCalled: Bool)] = [
    ("composex.", WordsTable.words.map(\.doc), true), ("composex.", WordsTable.values, false),
    ("composex.test.", TestWords.docs, true), ("stack:", StackView.methods.map(\.doc), true),
    ("resource:", ResourceView.methods.map(\.doc), true), ("resource.", ResourceView.fields, false),
  ]

  /// How a word or a method is written, for whoever called it otherwise: `write composex.check(selector, must, fn)`.
  static func usage(_ name: String) -> String? {
    for holder in holders where holder.isCalled {
      if let doc = holder.docs.first(where: { $0.name == name }) { return "write \(holder.prefix)\(doc.form)" }
    }
    return nil
  }

  /// What a selector is.
  static let selectors =
    "a resource type, a key, a definition, a logical id (#JobsQueue), or a list of these."

  /// Fields of a family, which a step of the generator and an override of it get. A test holds them against what there is.
  static let familyFields: [WordDoc] = [
    WordDoc("name", returns: "string", "The name: that of its only service, or of the label ecs.task.family."),
    WordDoc("services", returns: "composex.service[]", "Its services, in the order in which their containers start."),
    WordDoc("by_name", returns: "table<string, composex.service>", "The same by their names."),
    WordDoc("main", returns: "composex.service", "The service that speaks for the task where services differ."),
    WordDoc("fargate", returns: "boolean", "Whether its tasks run on Fargate."),
    WordDoc("windows", returns: "boolean", "Whether they run on Windows."),
  ]
}
