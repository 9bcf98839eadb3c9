/// The Lua interface as a whole, for what is written about it: each object with its words, methods and fields.
enum LuaInterface {
  /// What stands before a name, and whether it is called or read.
  static let holders: [(prefix: String, docs: [WordDoc], isCalled: Bool)] = [
    ("composex.", WordsTable.words.map(\.doc), true), ("composex.", WordsTable.values, false),
    ("composex.test.", tests, true), ("stack:", StackView.methods.map(\.doc) + testedStack, true),
    ("stack.", StackView.fields, false), ("task:", TaskView.methods, true), ("task.", TaskView.fields, false),
    ("resource:", ResourceView.methods.map(\.doc), true), ("resource.", ResourceView.fields, false),
  ]

  /// What a selector is.
  static let selectors =
    "a resource type, a key, a definition, a task (tasks::web), a logical id (#JobsQueue), or a list of these."

  /// Fields of a family, which a step of the generator and an override of it get. A test holds them against what there is.
  static let familyFields: [WordDoc] = [
    WordDoc("name", returns: "string", "The name: that of its only service, or of the label ecs.task.family."),
    WordDoc("services", returns: "composex.service[]", "Its services, in the order in which their containers start."),
    WordDoc("by_name", returns: "table<string, composex.service>", "The same by their names."),
    WordDoc("main", returns: "composex.service", "The service that speaks for the task where services differ."),
    WordDoc("fargate", returns: "boolean", "Whether its tasks run on Fargate."),
    WordDoc("windows", returns: "boolean", "Whether they run on Windows."),
  ]

  /// Functions of `composex.test`, which `Testing/TestWords.swift` runs.
  static let tests: [WordDoc] = [
    WordDoc(
      "renders",
      [
        ("name", "string"), ("compose", "string"), ("fn", "fun(stack: composex.test.stack)"),
        ("extras?", "composex.test.extras"),
      ], "The compose text renders, and the function finds nothing wrong."),
    WordDoc(
      "refuses",
      [("name", "string"), ("compose", "string"), ("message", "string"), ("extras?", "composex.test.extras")],
      "The compose text is refused, with a message that holds the text."),
    WordDoc("same", [("actual", "any"), ("expected", "any")], "The values are the same."),
    WordDoc(
      "snapshot", [("stack", "composex.stack"), ("name", "string")],
      "The template is that of snapshots/NAME.yaml; RECORD=1 writes it."),
  ]

  /// What a stack has in a test only.
  static let testedStack: [WordDoc] = [
    WordDoc(
      "reaches", [("from", "string"), ("to", "string"), ("port?", "integer|string")], returns: "boolean|\"maybe\"",
      "Whether the one can open a connection to the other: `stack:reaches(\"web\", \"db\", 5432)`, as composex query answers."
    ),
    WordDoc(
      "may", [("role", "string"), ("action", "string"), ("resource?", "string")], returns: "boolean|\"maybe\"",
      "Whether a role may do something: `stack:may(\"web\", \"sqs:SendMessage\", \"x-sqs::jobs\")`."),
  ]
}
