import ComposeXLua

/// What `composex help` prints of an `x-` key or of a word of the Lua interface: the reference page, made of the same tables as
/// `docs/resources.md` and the types of editors, as text for a terminal.
public enum HelpPage {
  /// The page of `name`; nil when neither a key nor a word has it. Throws a `Finding` when the built-in modules cannot be read.
  public static func text(_ name: String) throws -> String? {
    if name == FindingPage.listName { return try FindingPage.list() }
    if name.hasPrefix("CX") { return try FindingPage.text(name) }
    let text = name.hasPrefix("x-") ? try KeyPage.text(name) : try WordPage.text(name)
    return text.isEmpty ? nil : text
  }

  /// All names that have a page. Throws a `Finding` when the built-in modules cannot be read.
  public static func names() throws -> [String] { try KeyPage.names() + WordPage.names + FindingPage.names() }
}

/// The page of an `x-` key: of the root, of a service, or both.
enum KeyPage {
  static func names() throws -> [String] {
    let facts = try ModuleFacts.all()
    let services = facts.sections["service"]?.fields?.keys.elements ?? []
    let root = facts.modules.map(\.key) + ["x-composex"]
    return root + services.filter { !root.contains($0) }
  }

  static func text(_ key: String) throws -> String {
    let facts = try ModuleFacts.all()
    var pages: [String] = []
    if key == "x-composex" { pages.append("x-composex, of the root\n\n" + outline(ComposeSchema.settings)) }
    if let module = facts.modules.first(where: { $0.key == key }) { pages.append(try page(of: module, facts)) }
    if let section = facts.sections["service"]?[key] { pages.append("\(key), of a service\n\n" + outline(section)) }
    return pages.joined(separator: "\n")
  }

  private static func page(of module: ModuleFacts, _ facts: ModuleFacts.All) throws -> String {
    let form = module.isSingle ? nil : facts.forms[module.key]?["section"]
    let kind = form != nil ? "" : module.isSingle ? ": one definition" : ": definitions by their names"
    var text = "\(module.key), of the root\(kind)\n\n"
    if let form { text += outline(form) }
    if let keys = module.keys, !keys.isEmpty {
      let what = module.isSingle ? "Keys" : "Keys of a definition"
      text += TerminalText.wrapped("\(what): " + keys.joined(separator: ", ") + ".")
    }
    return text + TerminalText.plain(try markdown(module.key)) + "\n"
  }

  /// What `docs/resources.md` has below the heading of the key.
  private static func markdown(_ key: String) throws -> String {
    let session = ScriptSession(project: .empty, stack: Stack(name: "help"), findings: Findings())
    do {
      guard let pages = try session.module("reflect/docs_page").reference,
        let page = try session.host.contents(of: pages)["page_of"]?.function
      else { return "" }
      return try session.host.call(page, [.string(key)]).string ?? ""
    } catch {
      throw session.finding(error)
    }
  }

  private static func outline(_ schema: Node) -> String { SchemaOutline.text(schema) }
}

/// The page of a word, a method or a field of the Lua interface: each that has the name.
enum WordPage {
  static var names: [String] {
    LuaInterface.holders.flatMap { holder in holder.docs.flatMap { [holder.prefix + $0.name, $0.name] } }
  }

  static func text(_ name: String) throws -> String {
    try LuaInterface.holders.flatMap { holder in
      try holder.docs.filter { $0.name == name || holder.prefix + $0.name == name }.map {
        try page(holder.prefix, $0, isCalled: holder.isCalled)
      }
    }.joined(separator: "\n")
  }

  private static func page(_ prefix: String, _ doc: WordDoc, isCalled: Bool) throws -> String {
    var text = "\(prefix)\(doc.name)\(isCalled ? "(\(doc.parameters.map(\.name).joined(separator: ", ")))" : "")\n\n"
    text += TerminalText.wrapped(doc.text.replacing("`", with: ""))
    let returns = doc.returns.map { [(name: isCalled ? "returns" : "is", type: $0)] } ?? []
    let rows = doc.parameters.map { (name: $0.name, type: $0.type) } + returns
    if !rows.isEmpty { text += "\n" + TerminalText.table(rows.map { [$0.name, $0.type] }) }
    let types = rows.map(\.type).joined(separator: " ")
    if types.contains("composex.selector") {
      text += "\n" + TerminalText.wrapped("composex.selector: " + LuaInterface.selectors)
    }
    if types.contains("composex.family") {
      text += "\ncomposex.family\n\n" + TerminalText.table(LuaInterface.familyFields.map { [$0.name, $0.text] })
    }
    if types.contains("composex.module") {
      text +=
        "\n"
        + TerminalText.wrapped(
          "composex.module: a table with " + (try ModuleFacts.all().fields).joined(separator: ", ") + ".")
    }
    return text
  }
}
