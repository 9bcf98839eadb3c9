/// The types of the Lua interface, as the Lua language server reads them: `lua/meta/composex.lua`.
/// https://luals.github.io/wiki/annotations/
public enum LuaAnnotations {
  /// The text of the file.
  ///
  /// - Throws: a `Finding` when the built-in modules cannot be read.
  public static func text() throws -> String {
    let facts = try ModuleFacts.all()
    let modules = facts.modules
    var text = """
      ---@meta composex
      -- Written by `composex schema --lua`: do not edit.

      ---What a word applies to: a resource type, a key, a definition, a task (`tasks::web`), a logical id (`#JobsQueue`), or a list of these.
      ---@alias composex.selector string|string[]\(modules.map { "|\"\($0.key)\"" }.joined())|"services"|"tasks"

      """
    text += plain + service + facts.moduleTypes + resources(modules)
    text += klass("composex.family", fields: LuaInterface.familyFields)
    text += klass("composex.resource", fields: ResourceView.fields + attributes)
    text += methods(of: "resource", "composex.resource", ResourceView.methods.map(\.doc))
    text += klass("composex.task", fields: TaskView.fields)
    text += methods(of: "task", "composex.task", TaskView.methods)
    text += klass("composex.stack", fields: StackView.fields)
    text += methods(of: "stack", "composex.stack", StackView.methods.map(\.doc))
    text += "\n---@class composex.test.stack: composex.stack\nlocal tested = {}\n"
    text += methods(of: "tested", "composex.test.stack", LuaInterface.testedStack)
    text += klass("composex.test")
    text += functions(of: "test", "composex.test", LuaInterface.tests)
    text += klass("composex", fields: WordsTable.values, isGlobal: true)
    text += WordsTable.words.map(\.doc).map { function("composex", ".", $0, overloads(of: $0, modules)) }.joined()
    return text
  }

  // MARK: - Values and tables of fixed form

  private static let plain = """

    ---@class composex.reference
    ---@operator concat(any): composex.reference

    ---@class composex.option
    ---@field type? "string"|"integer"|"number"|"boolean"
    ---@field default? any
    ---@field doc? string
    ---@field values? any[]
    ---@field list? boolean
    ---@field required? boolean
    ---@field min? number
    ---@field max? number
    ---@field pattern? string
    ---@field deprecated? string

    ---@class composex.naming
    ---@field id? string|fun(parts: composex.naming.parts): string?
    ---@field log_group? string|fun(parts: composex.naming.parts): string?
    ---@field family? string|fun(parts: composex.naming.parts): string?
    ---@field stack? string|fun(parts: composex.naming.parts): string?

    ---@class composex.naming.parts
    ---@field kind string
    ---@field name string
    ---@field noun string
    ---@field project string

    ---@class composex.image
    ---@field ports? integer[]
    ---@field memory? integer
    ---@field cpu? integer
    ---@field volumes? string[]
    ---@field uid? integer
    ---@field shell? boolean
    ---@field role? string

    ---@class composex.test.extras
    ---@field set? table<string, any>
    ---@field scripts? string[]
    ---@field environment? table<string, string>

    """

  private static let attributes = Resource.attributeNames.map {
    WordDoc($0, returns: "any", "CloudFormation's attribute.")
  }

  /// The compose model, from the field table.
  private static var service: String {
    let parts = ServiceView.parts.map { "---@field \($0)? composex.resource\n" }.joined()
    func fields(_ record: Record) -> String {
      record.attributes.filter { !ServiceView.parts.contains($0.name) }.map {
        "---@field \($0.name)? \($0.name == "services" ? "table<string, composex.service>" : $0.shape.luaType)\n"
      }.joined()
    }
    return """

      ---@class composex.project
      \(fields(Fields.root))---@field [string] any

      ---@class composex.service
      ---@field name string
      \(parts)---@field target_groups composex.resource[]
      ---@field tasks composex.task[]
      ---@field container fun(name: string): table
      ---@field remove fun(self: composex.service)
      \(fields(Fields.service))---@field [string] any

      """
  }

  // MARK: - Resource types

  /// A class for each resource type that a module makes, and one for its properties.
  private static func resources(_ modules: [ModuleFacts]) -> String {
    let types = ResourceTypes()
    var seen: Set<String> = []
    var text = ""
    for name in modules.flatMap({ $0.types ?? [] }) where seen.insert(name).inserted {
      guard let type = types.type(name) else { continue }
      text += "\n---@class \(klass(of: name)): composex.resource\n---@field type \"\(name)\"\n"
      text += "---@field Properties \(klass(of: name)).Properties\n\n---@class \(klass(of: name)).Properties\n"
      for property in type.properties.properties { text += "---@field \(property.name)? \(property.schema.luaType)\n" }
    }
    return text
  }

  /// `AWS::SQS::Queue` as the name of a class.
  private static func klass(of type: String) -> String {
    type.split(separator: ":").joined(separator: ".")
  }

  /// For the words that take a selector and a function or properties: their forms for each key.
  private static func overloads(of word: WordDoc, _ modules: [ModuleFacts]) -> [String] {
    modules.compactMap { module in
      guard let types = module.types, !types.isEmpty else { return nil }
      let resource = types.map(klass).joined(separator: "|")
      let properties = types.map { klass(of: $0) + ".Properties" }.joined(separator: "|")
      switch word.name {
      case "each":
        return "fun(selector: \"\(module.key)\", fn: fun(resource: \(resource)), options?: { expect?: integer })"
      case "check": return "fun(selector: \"\(module.key)\", must: string, fn: fun(resource: \(resource)): any)"
      case "default", "patch": return "fun(selector: \"\(module.key)\", properties: \(properties), options?: table)"
      default: return nil
      }
    }
  }

  // MARK: - Writing

  private static func klass(_ name: String, fields: [WordDoc] = [], isGlobal: Bool = false) -> String {
    var text = "\n---@class \(name)\n"
    for field in fields { text += "---@field \(field.name) \(field.returns ?? "any") \(field.text)\n" }
    let local = name.split(separator: ".").last.map(String.init) ?? name
    return text + (isGlobal ? "\(local) = {}\n" : "local \(local) = {}\n")
  }

  private static func methods(of name: String, _ klass: String, _ docs: [WordDoc]) -> String {
    docs.map { function(name, ":", $0, []) }.joined()
  }

  private static func functions(of name: String, _ klass: String, _ docs: [WordDoc]) -> String {
    docs.map { function(name, ".", $0, []) }.joined()
  }

  private static func function(_ holder: String, _ separator: String, _ doc: WordDoc, _ overloads: [String]) -> String {
    var text = "\n---\(doc.text)\n"
    for parameter in doc.parameters { text += "---@param \(parameter.name) \(parameter.type)\n" }
    if let returns = doc.returns { text += "---@return \(returns)\n" }
    for overload in overloads { text += "---@overload \(overload)\n" }
    return text + "function \(holder)\(separator)\(doc.form) end\n"
  }
}

extension Schema {
  /// What a script reads there, and may write: a reference as well.
  fileprivate var luaType: String {
    switch self {
    case .scalar(let scalar):
      switch scalar.kind {
      case .string:
        let values = scalar.values.flatMap { $0.count <= 12 ? $0 : nil } ?? []
        return (values.map { "\"\($0)\"" } + ["string", "composex.reference"]).joined(separator: "|")
      case .integer: return "integer|composex.reference"
      case .number: return "number|composex.reference"
      case .boolean: return "boolean|composex.reference"
      }
    case .list(.scalar(let item)) where item.kind == .string: return "(string|composex.reference)[]"
    case .list: return "table"
    case .map, .object, .json: return "table|composex.reference"
    case .any, .either: return "any"
    }
  }
}

extension Shape {
  /// What a script finds in the compose model, which is in its long form.
  fileprivate var luaType: String {
    switch long {
    case .string, .bytes, .duration, .oneOf, .pattern, .fileMode, .published, .stringOrNumber, .stringOrBoolean:
      "string"
    case .boolean: "boolean"
    case .integer: "integer"
    case .number: "number"
    case .command, .healthTest, .stringOrList, .texts: "string[]"
    case .list: "table"
    case .map, .pairs, .options, .hosts, .record: "table"
    default: "any"
    }
  }
}
