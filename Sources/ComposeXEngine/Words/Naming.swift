import ComposeXLua

/// How logical ids and chosen physical names are made, and how scripts change that.
enum Naming {
  /// What can be named, with the template that names it. `{name}` is the compose name, `{Name}` the same in PascalCase, `{noun}`
  /// what it is, `{project}` the project.
  static let templates = [
    ("id", "{Name}{noun}"),
    ("log_group", "/ecs/${AWS::StackName}/{name}"),
    ("family", "${AWS::StackName}-{name}"),
    ("stack", "{Name}{noun}"),
  ]

  struct Parts {
    var kind: String
    var project: String
    var name: String
    var noun: String
  }

  /// The table of `composex.naming{...}`, when every entry is one.
  static func checked(_ table: LuaTable) throws -> LuaTable {
    let kinds = templates.map(\.0)
    for (key, value) in table.fields {
      guard kinds.contains(key) else {
        throw ScriptError("naming has no \"\(key)\"", remedy: NearName.remedy(key, in: kinds, what: "it has"))
      }
      switch value {
      case .string(let text): try checkPlaceholders(text)
      case .reference(let function) where function.isFunction: break
      default:
        throw ScriptError(
          "naming.\(key) must be a string or a function, not \(value.kindName)",
          remedy: "write \(key) = \"{Name}{noun}\""
        )
      }
    }
    guard table.items.isEmpty else {
      throw ScriptError("naming() takes names, not items", remedy: "write { id = \"{Name}{noun}\" }")
    }
    return table
  }

  private static func checkPlaceholders(_ text: String) throws {
    let known = ["project", "name", "Name", "noun"]
    for part in text.split(separator: "{", omittingEmptySubsequences: false).dropFirst() {
      guard let close = part.firstIndex(of: "}") else {
        throw ScriptError("the text \"\(text)\" has a { without its }", remedy: "close it: {Name}")
      }
      let name = String(part[..<close])
      // `${AWS::StackName}` is CloudFormation's own.
      if name.contains("::") || known.contains(name) { continue }
      throw ScriptError("naming has no placeholder {\(name)}", remedy: NearName.remedy(name, in: known, what: "it has"))
    }
  }

  static func fill(_ template: String, _ parts: Parts) -> String {
    var text = ""
    var rest = template.utf8[...]
    while let open = rest.firstIndex(of: UInt8(ascii: "{")), let close = rest[open...].firstIndex(of: UInt8(ascii: "}"))
    {
      text += rest[..<open].text
      switch rest[rest.index(after: open)..<close].text {
      case "project": text += parts.project
      case "name": text += parts.name
      case "Name": text += PascalCase.name(parts.name)
      case "noun": text += parts.noun
      default: text += rest[open...close].text
      }
      rest = rest[rest.index(after: close)...]
    }
    return text + rest.text
  }
}

extension ScriptSession {
  /// The name of something: what the last `naming` that has an answer says, else the default.
  func name(_ kind: String, of name: String, noun: String = "") throws -> String {
    let parts = Naming.Parts(kind: kind, project: project.name, name: name, noun: noun)
    lastNaming = nil
    for declaration in declarations.naming.reversed() {
      if let answer = try answer(declaration, parts) {
        declaration.hasFired = true
        lastNaming = declaration
        try check(answer, parts, of: declaration)
        return answer
      }
    }
    guard let template = Naming.templates.first(where: { $0.0 == kind })?.1 else {
      throw ScriptError("nothing is named by kind \"\(kind)\"")
    }
    return Naming.fill(template, parts)
  }

  /// The id that a resource has by composex and the packs of the command line, whatever the project says of names.
  func firstID(of name: String, noun: String, now id: String) throws -> String {
    guard declarations.naming.contains(where: { $0.pack?.isOrganisations != true }) else { return id }
    let parts = Naming.Parts(kind: "id", project: project.name, name: name, noun: noun)
    for declaration in declarations.naming.reversed() where declaration.pack?.isOrganisations == true {
      if let answer = try answer(declaration, parts) { return answer }
    }
    return Naming.fill(Naming.templates[0].1, parts)
  }

  private func answer(_ declaration: Declaration, _ parts: Naming.Parts) throws -> String? {
    let function: LuaReference
    switch declaration.body {
    case .function(let whole): function = whole
    case .properties(let table):
      switch table[parts.kind] {
      case .string(let template)?: return Naming.fill(template, parts)
      case .reference(let entry)?: function = entry
      default: return nil
      }
    default: return nil
    }
    let argument = LuaTable(fields: [
      ("kind", .string(parts.kind)), ("name", .string(parts.name)), ("noun", .string(parts.noun)),
      ("project", .string(parts.project)),
    ])
    return try within("in naming() of the \(parts.kind) of \(parts.name)", at: declaration.place) {
      switch try host.call(function, [.table(argument)]) {
      case .nil: return nil
      case .string(let text): return text
      case let other:
        throw Finding.error(
          at: declaration.place, "the function of naming() returned \(other.kindName), not a string",
          remedy: "return a string, or nil for the default")
      }
    }
  }

  /// Refuses what cannot be the name of anything, at the line that made it up.
  private func check(_ answer: String, _ parts: Naming.Parts, of declaration: Declaration) throws {
    let isID = parts.kind == "id" || parts.kind == "stack"
    if isID ? Stack.isLogicalID(answer) : !answer.isEmpty { return }
    throw Finding.error(
      at: declaration.place, "naming() gives \(parts.name) the \(parts.kind) \"\(answer)\"",
      remedy: isID ? "a logical id has 1 to 255 letters and digits: {Name}{noun}" : "a name is not empty")
  }
}
