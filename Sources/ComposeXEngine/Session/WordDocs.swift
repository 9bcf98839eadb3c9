/// What an editor says of a word, a method or a field of the Lua interface. A test holds the tables against the interface itself.
struct WordDoc: Sendable {
  var name: String
  var parameters: [(name: String, type: String)] = []
  var returns: String?
  var text: String

  init(_ name: String, _ parameters: [(String, String)] = [], returns: String? = nil, _ text: String) {
    (self.name, self.parameters, self.returns, self.text) = (
      name, parameters.map { (name: $0.0, type: $0.1) }, returns, text
    )
  }
}

enum WordDocs {
  /// How a word or a method is written, for whoever called it otherwise: `write composex.check(selector, must, fn)`.
  static func usage(_ name: String) -> String? {
    let holders = [
      ("composex.", words), ("stack:", stackMethods), ("resource:", resourceMethods), ("composex.test.", tests),
    ]
    for (prefix, docs) in holders {
      guard let doc = docs.first(where: { $0.name == name }) else { continue }
      return
        "write \(prefix)\(name)(\(doc.parameters.map { $0.name.hasSuffix("?") ? String($0.name.dropLast()) : $0.name }.joined(separator: ", ")))"
    }
    return nil
  }

  private static let selector = ("selector", "composex.selector")
  private static let properties = ("properties", "table")

  /// What a selector is.
  static let selectors =
    "a resource type, a key, a definition, a logical id (#JobsQueue), or a list of these."

  /// Functions of `composex`.
  static let words: [WordDoc] = [
    WordDoc(
      "project", [("fn", "fun(project: composex.project)")],
      "Changes the compose model before anything is generated; it is checked again after."),
    WordDoc(
      "naming", [("naming", "composex.naming|fun(parts: composex.naming.parts): string?")],
      "Makes logical ids, log group names and task families."),
    WordDoc(
      "default", [selector, properties, ("options?", "{ expect?: integer }")],
      "Fills properties that the compose file left out."),
    WordDoc(
      "patch", [selector, properties, ("options?", "{ expect?: integer, expect_was?: any }")],
      "Merges properties over everything; list items are met by their key, and composex.unset removes."),
    WordDoc(
      "each", [selector, ("fn", "fun(resource: composex.resource)"), ("options?", "{ expect?: integer }")],
      "Runs the function on each resource, which changes it in place and returns nothing."),
    WordDoc("stack", [("fn", "fun(stack: composex.stack)")], "Adds resources, parameters, conditions and outputs."),
    WordDoc(
      "check",
      [
        selector, ("must", "string"), ("fn", "fun(resource: composex.resource): any"),
        ("options?", "{ unknown?: \"pass\"|\"refuse\" }"),
      ],
      "Refuses the resource when the function returns false or nil; `must` ends the sentence \"x-sqs::jobs ...\"."),
    WordDoc("resource", [("module", "composex.module")], "Adds an x- key."),
    WordDoc(
      "override", [("step", "string"), ("fn", "fun(original: function, family: composex.family, made: table): any")],
      "Replaces one step of the generator, for every family: services that are one task."),
    WordDoc(
      "options", [("options", "table<string, composex.option>")], returns: "table<string, any>",
      "Declares what --set may set, and returns the values."),
    WordDoc(
      "resources", [selector], returns: "composex.resource[]",
      "The resources that a selector matches; inside a function only."),
    WordDoc("services", returns: "composex.service[]", "The services; inside a function only."),
    WordDoc("warn", [("text", "string")], "A warning at this line."),
    WordDoc("fail", [("text", "string")], "An error at this line; ends the function."),
    WordDoc("list", [("items", "any[]")], returns: "any[]", "A list; composex.list{} is an empty one."),
    WordDoc("sub", [("text", "string")], returns: "composex.reference", "A text with ${...} in it, as Fn::Sub has it."),
    WordDoc(
      "ref", [("name", "string")], returns: "composex.reference",
      "A reference to a parameter, a pseudo parameter or a logical id."),
  ]

  /// Values of `composex`.
  static let values: [WordDoc] = [
    WordDoc("unset", returns: "any", "Removes a property, or the list item that it stands in."),
    WordDoc("null", returns: "any", "A null in the template."),
    WordDoc("this", returns: "any", "In a resource module: the resource being made; this.Arn is an attribute of it."),
    WordDoc("version", returns: "string", "The version of composex."),
    WordDoc(
      "pack", returns: "{ name: string, version: string, options: table<string, any> }",
      "The pack that the file belongs to; nil in a script."),
    WordDoc("test", returns: "composex.test", "What tests are written with; in files of tests only."),
  ]

  /// Fields and methods of a resource.
  static let resourceFields: [WordDoc] = [
    WordDoc("id", returns: "string", "The logical id; rename() changes it."),
    WordDoc("type", returns: "string", "The resource type, AWS::SQS::Queue."),
    WordDoc("key", returns: "string?", "The section that it was made for: x-sqs, services."),
    WordDoc("name", returns: "string?", "The name in that section."),
    WordDoc("part", returns: "string", "What it is of its definition: main, role, log_group, ..."),
    WordDoc("service", returns: "string?", "The service that it was made for."),
    WordDoc("Properties", returns: "table", "The properties, as in CloudFormation."),
  ]

  static let resourceMethods: [WordDoc] = [
    WordDoc("ref", returns: "composex.reference", "A reference to it, for use as a value."),
    WordDoc("att", [("name", "string")], returns: "composex.reference", "An attribute of it."),
    WordDoc(
      "sub", [("text", "string")], returns: "composex.reference",
      "A text in which the type's attributes and ${Ref} are its own."),
    WordDoc(
      "tag", [("tags", "table<string, any>")],
      "Sets tags in the form of the type; a type that takes none is left alone."),
    WordDoc("remove", [], "Takes it out; what still refers to it is an error."),
    WordDoc("rename", [("id", "string")], "Gives it another logical id; references follow."),
  ]

  /// Fields of a family, which a step of the generator and an override of it get. A test holds them against what there is.
  static let familyFields: [WordDoc] = [
    WordDoc("name", returns: "string", "The name: that of its only service, or of the label ecs.task.family."),
    WordDoc("services", returns: "composex.service[]", "Its services, in the order in which their containers start."),
    WordDoc("by_name", returns: "table<string, composex.service>", "The same by their names."),
    WordDoc("main", returns: "composex.service", "The service that speaks for the task where services differ."),
    WordDoc("fargate", returns: "boolean", "Whether its tasks run on Fargate."),
    WordDoc("windows", returns: "boolean", "Whether they run on Windows."),
  ]

  static let stackMethods: [WordDoc] = [
    WordDoc(
      "add", [("type", "string"), ("id", "string"), ("properties?", "table")], returns: "composex.resource",
      "Adds a resource."),
    WordDoc(
      "parameter", [("name", "string"), ("definition", "table")], returns: "composex.reference",
      "Adds a parameter; a reference to it."),
    WordDoc("output", [("name", "string"), ("definition", "table")], "Adds an output."),
    WordDoc(
      "condition", [("name", "string"), ("definition", "table")], returns: "string", "Adds a condition; its name."),
    WordDoc("one", [selector], returns: "composex.resource", "The only resource that a selector matches."),
    WordDoc("all", [selector], returns: "composex.resource[]", "All resources that a selector matches."),
  ]

  static let tests: [WordDoc] = [
    WordDoc(
      "renders",
      [
        ("name", "string"), ("compose", "string"), ("fn", "fun(stack: composex.stack)"),
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
}
