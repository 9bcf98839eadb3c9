/// The JSON Schema (draft 2020-12) of a compose file with the sections of composex, made of the field table, the resource modules
/// and the resource types: for editors, which complete and check by it. It knows no rule that spans two places.
public enum ComposeSchema {
  /// The schema as a tree, to be written as JSON; with `types` it knows the properties of every type that `x-resources` may have, which
  /// takes many megabytes.
  ///
  /// - Throws: a `Finding` when the built-in modules cannot be read.
  public static func node(types: Bool = false) throws -> Node {
    let facts = try ModuleFacts.all()
    var definitions = Definitions(
      sections: facts.sections, lookup: facts.lookup, forms: facts.forms, fates: try AttributeFates().sections())
    var root = definitions.fields(of: Fields.root)
    definitions.knowsAllTypes = types
    for module in facts.modules { root[module.key] = definitions.section(module) }
    root["x-composex"] = settings
    let head: Node.Fields = [
      "$schema": .text("https://json-schema.org/draft/2020-12/schema"),
      "title": .text("A compose file of composex"),
      "type": .text("object"), "properties": .map(root), "patternProperties": .map(["^x-": .yes]),
      "additionalProperties": .no,
    ]
    return .map(head.merging(["$defs": .map(definitions.finished())]) { $1 })
  }

  /// `x-composex`.
  static var settings: Node {
    let paths = Node.either([.type("string"), .map(["type": .text("array"), "items": .type("string")])])
    var properties: Node.Fields = [:]
    for key in ProjectSettings.keys {
      properties[key] =
        ["packs", "scripts", "settings"].contains(key)
        ? paths : ProjectSettings.choices[key].map(Node.oneOf) ?? (key == "accept" ? acceptances : .type("string"))
    }
    return .map(["type": .text("object"), "properties": .map(properties), "additionalProperties": .no])
  }

  private static var acceptances: Node {
    let entry: Node = .map([
      "type": .text("object"), "required": .list([.text("code"), .text("reason")]), "additionalProperties": .no,
      "properties": .map([
        "code": .map(["type": .text("string"), "pattern": .text("^CX[0-9]{4}$")]), "at": .type("string"),
        "reason": .type("string"),
        "until": .map(["type": .text("string"), "pattern": .text("^[0-9]{4}-[0-9]{2}-[0-9]{2}$")]),
      ]),
    ])
    return .either([entry, .map(["type": .text("array"), "items": entry])])
  }

  /// What `$defs` holds: records of the field table, resource types and their definitions, each made once.
  struct Definitions {
    /// The `x-` keys of records, by the names of those.
    let sections: Node
    let lookup: Node
    /// What modules state as shapes, by their keys.
    let forms: Node
    /// What becomes of the attributes of a record, by the first of the paths that lead to it.
    private let fates: [ObjectIdentifier: AttributeFates.Section]
    private var records: [Record] = []
    private var made: Node.Fields = [:]
    private var objects = PropertySchema()
    /// Whether definitions of any type have the properties of theirs.
    var knowsAllTypes = false

    init(sections: Node, lookup: Node, forms: Node, fates: [AttributeFates.Section]) {
      self.forms = forms
      self.sections = sections
      self.lookup = lookup
      self.fates = Fields.paths.reduce(into: [:]) { found, place in
        guard found[ObjectIdentifier(place.record)] == nil else { return }
        found[ObjectIdentifier(place.record)] = fates.first { $0.path == place.path }
      }
    }

    /// All that was referred to, and what that refers to in turn.
    mutating func finished() -> Node.Fields {
      var next = 0
      while next < records.count {
        let record = records[next]
        made[name(of: record)] = self.record(record)
        next += 1
      }
      made["Lookup"] = lookup
      return made.merging(objects.finished()) { first, _ in first }
    }

    private mutating func record(_ record: Record) -> Node {
      let own = sections[record.name]?.fields ?? [:]
      var schema: Node.Fields = [
        "type": .text("object"), "properties": .map(fields(of: record).merging(own) { $1 }),
        "additionalProperties": .no,
      ]
      if record.takesExtensions { schema["patternProperties"] = .map(["^x-": .yes]) }
      if !record.required.isEmpty { schema["required"] = .list(record.required.map(Node.text)) }
      return .map(schema)
    }

    mutating func fields(of record: Record) -> Node.Fields {
      record.attributes.reduce(into: [:]) { fields, attribute in
        var schema = Self.words["\(record.name).\(attribute.name)"] ?? shape(attribute.shape)
        // What is empty, or taken away by !reset, is null.
        if let first = schema.fields?.keys.first, first == "$ref" || schema["type"]?.string != nil {
          schema = .either([schema, .type("null")])
        }
        fields[attribute.name] = described(schema, attribute.name, of: record)
      }
    }

    /// Texts of a few forms that the loader passes on as they are, and that mean something on ECS.
    private static var words: [String: Node] {
      [
        "service.restart": .matching("no|always|unless-stopped|on-failure(:[0-9]+)?"),
        "deploy.mode": .oneOf(["replicated", "global", "replicated-job", "global-job"]),
      ]
    }

    /// What becomes of the attribute is what an editor shows.
    private func described(_ schema: Node, _ name: String, of record: Record) -> Node {
      guard case .map(var fields) = schema.value, let section = fates[ObjectIdentifier(record)] else { return schema }
      let row = section.rows.first { $0.name == name }
      var grades: [Fate] = row?.fates ?? (section.all.map { [$0] } ?? [])
      grades = grades.enumerated().filter { !grades[..<$0.offset].contains($0.element) }.map(\.element)
      let words = [grades.map(\.rawValue).joined(separator: " or "), row?.summary ?? ""].filter { !$0.isEmpty }
      if !words.isEmpty { fields["description"] = .text(words.joined(separator: ": ")) }
      return .map(fields)
    }

    mutating func shape(_ shape: Shape) -> Node {
      switch shape {
      case .any: .map([:])
      case .string: .type("string", "null")
      case .boolean(let quoted): quoted ? .type("boolean", "string") : .type("boolean")
      case .integer(let min, let max, let quoted):
        .number("integer", min.map(Double.init), max.map(Double.init), quoted)
      case .number(let min, let max, let quoted): .number("number", min, max, quoted)
      case .bytes: .either([.type("number"), .matching("-?[0-9.]+ ?[kKmMgGtTpP]?[iI]?[bB]?")])
      case .duration: .matching("[-+]?(0|([0-9]*\\.?[0-9]+(ns|us|µs|μs|ms|s|m|h|d|w))+)")
      case .pattern: .type("string")
      case .oneOf(let words): .oneOf(words)
      case .command, .healthTest: .either([.type("string", "null"), .texts])
      case .fileMode, .published, .deviceCount, .stringOrNumber: .type("string", "number")
      case .stringOrBoolean: .type("string", "boolean")
      case .list(let item, _): .map(["type": .text("array"), "items": self.shape(item)])
      case .stringOrList: .either([.type("string"), .texts])
      case .map(let value, let named): .map(of: self.shape(value), named: named)
      case .pairs:
        .either([.map(of: .either([.type("string", "number", "boolean", "null"), .reference("function")])), .scalars])
      case .hosts: .either([.map(of: .yes), .scalars])
      case .options: .map(of: .type("string", "number", "boolean", "null"))
      case .texts: .either([.type("string", "number", "boolean"), .scalars])
      case .record(let record): refer(to: record)
      case .short(let short, let long): .either(Self.forms(short) + [self.shape(long)])
      case .orNull(let inner): .either([self.shape(inner), .type("null")])
      }
    }

    private mutating func refer(to record: Record) -> Node {
      if !records.contains(where: { $0 === record }) { records.append(record) }
      return .reference(name(of: record))
    }

    /// Two records may have one name (a secret, and the secret of a service): the second gets a number.
    private func name(of record: Record) -> String {
      let alike = records.filter { $0.name == record.name }
      guard let index = alike.firstIndex(where: { $0 === record }), index > 0 else { return record.name }
      return "\(record.name) \(index + 1)"
    }

    /// How the short form of a value looks.
    private static func forms(_ short: Short) -> [Node] {
      switch short {
      case .build, .mount, .device, .fileMount, .extends, .include, .gpus: [.type("string")]
      case .port:
        [
          .type("number"),
          .matching(
            "((\\[?[0-9a-fA-F.:]*\\]?:)?([0-9]{1,5}(-[0-9]{1,5})?)?:)?[0-9]{1,5}(-[0-9]{1,5})?(/(tcp|udp|sctp))?"),
        ]
      case .ulimit: [.type("string", "number")]
      case .dependsOn, .names: [.texts]
      case .envFile: [.type("string"), .type("array")]
      case .ssh: [.texts, .map(of: .yes)]
      case .external: [.type("boolean", "string")]
      }
    }

    // MARK: - Sections

    /// The section of a module: definitions by name, one definition, or what its table says instead.
    mutating func section(_ module: ModuleFacts) -> Node {
      let forms = forms[module.key] ?? .map([:])
      if let section = forms["section"], !module.isSingle { return section }
      let definition = definition(module, forms)
      if module.isSingle { return forms["section"].map { .either([definition, $0]) } ?? definition }
      let types = module.types.map { $0.joined(separator: ", ") } ?? "any type"
      return .map([
        "description": .text("Definitions of \(types)"), "type": .list([.text("object"), .text("null")]),
        "properties": .map(["DeletionPolicy": .either([Self.policy, definition])]), "additionalProperties": definition,
      ])
    }

    private mutating func definition(_ module: ModuleFacts, _ forms: Node) -> Node {
      var properties: Node.Fields = [:]
      for key in module.keys ?? [] {
        if let own = forms["definition"]?[key] {
          properties[key] = own
          continue
        }
        switch key {
        case "Properties":
          properties[key] =
            forms["properties"]
            ?? module.types.map { types in
              .either(types.map { objects.resource($0, itemTypes: module.itemTypes) } + (forms["also"]?.list ?? []))
            }
            ?? .type("object")
        case "Services": properties[key] = services(module, forms["service"])
        case "DeletionPolicy", "UpdateReplacePolicy": properties[key] = Self.policy
        case "Settings": properties[key] = Self.closed(module.settings, forms["settings"])
        case "MacroParameters": properties[key] = Self.closed(module.macros, forms["macros"])
        case "Lookup": properties[key] = forms["lookup"] ?? .reference("Lookup")
        default: properties[key] = .map([:])
        }
      }
      var definition: Node.Fields = [
        "type": .list([.text("object"), .text("null")]), "properties": .map(properties),
        "patternProperties": .map(["^x-": .yes]),
        "additionalProperties": .no,
      ]
      if properties["Type"] != nil, module.types == nil {
        definition["required"] = .list([.text("Type")])
        if knowsAllTypes { definition["allOf"] = .list(objects.names.map { typed($0) }) }
      }
      return .map(definition)
    }

    /// What a definition of that type must be.
    private mutating func typed(_ type: String) -> Node {
      .map([
        "if": .map(["properties": .map(["Type": .map(["const": .text(type)])])]),
        "then": .map(["properties": .map(["Properties": objects.resource(type)])]),
      ])
    }

    /// A mapping of these keys, each of its form or whatever it holds; of any when they are not known.
    private static func closed(_ keys: [String]?, _ forms: Node?) -> Node {
      guard let keys else { return .map([:]) }
      return .map([
        "type": .list([.text("object"), .text("null")]),
        "properties": .map(keys.reduce(into: [:]) { $0[$1] = form($1, forms) }),
        "patternProperties": .map(["^x-": .yes]), "additionalProperties": .no,
      ])
    }

    /// What the value of a word must be; anything where nothing says so.
    private static func form(_ word: String, _ forms: Node?) -> Node {
      guard let form = forms?[word], form.fields?.isEmpty == false else { return .yes }
      return form
    }

    private static let policies = ["Delete", "Retain", "RetainExceptOnCreate", "Snapshot"]
    private static var policy: Node { .oneOf(policies) }

    /// `Services`: the names of services to what each gets.
    private func services(_ module: ModuleFacts, _ forms: Node?) -> Node {
      var grant: Node.Fields = (module.services ?? []).reduce(into: [:]) { $0[$1] = Self.form($1, forms) }
      if let access = module.access {
        let one = Node.oneOf(access)
        let some = Node.map(["type": .text("array"), "items": .either([one, .type("object")])])
        grant["Access"] = .either([one, some, .type("object")])
      }
      if let returns = module.returns {
        grant["ReturnValues"] = .map([
          "type": .text("object"), "properties": .map(returns.reduce(into: [:]) { $0[$1] = .type("string", "object") }),
        ])
      }
      return .map(
        of: .map([
          "type": .list([.text("object"), .text("null")]), "properties": .map(grant),
          "patternProperties": .map(["^x-": .yes]), "additionalProperties": .no,
        ]))
    }
  }
}
