import ComposeXLua

/// The reference of a pack: its options, rules, overrides and kinds, as its files declare them.
public struct PackPage {
  private let pack: Pack
  private let session: ScriptSession
  private var sources: [String: LuaSource] = [:]

  /// Loads the pack in a folder, with nothing to render.
  private init(_ directory: String, named text: String) throws {
    let findings = Findings()
    session = ScriptSession(project: .empty, stack: Stack(name: "pack"), findings: findings)
    session.options.areOnlyRead = true
    session.loadModules()
    let reference = PackReference(text: text, directory: directory, place: .unknown, isOrganisations: true)
    let opened = try session.open(reference)
    session.load(packs: [reference])
    pack = session.packs.first { $0.name == opened.name } ?? opened
    // What it requires is not asked for: the page is about this pack.
    let requirement = "pack \(pack.name) needs the pack "
    if let fault = findings.sorted.first(where: { $0.severity == .error && !$0.message.hasPrefix(requirement) }) {
      throw fault
    }
    for path in pack.content.load {
      if let (bytes, file) = try? pack.file(path) { sources[file.name] = LuaSource(bytes) }
    }
  }

  /// The page in Markdown.
  ///
  /// - Throws: a `Finding` when the folder is no pack, or does not load.
  public static func markdown(_ directory: String, named text: String) throws -> String {
    let page = try PackPage(directory, named: text)
    return [page.head, page.options, page.rules, page.overrides, page.kinds].filter { !$0.isEmpty }.joined(
      separator: "\n")
  }

  /// The options of a pack, for a terminal; nil when the folder holds none.
  ///
  /// - Throws: a `Finding` when the pack cannot be read.
  public static func options(_ directory: String, named text: String) throws -> String? {
    guard Files.exists(Files.join(directory, Pack.manifestName)) else { return nil }
    let page = try PackPage(directory, named: text)
    let pack = page.pack
    var text = "\(pack.name) \(pack.version)\n"
    if let description = pack.content.description { text += "\n" + TerminalText.wrapped(description) }
    let forms = try page.forms
    if forms.isEmpty { return text + "\nIt has no options.\n" }
    let rows = forms.map { ["--set \(pack.name).\($0.name)=\($0.example)", $0.summary, $0.doc ?? ""] }
    return text + "\n" + TerminalText.table(rows)
  }

  private var forms: [OptionForm] { get throws { try Options.forms(pack.content.options) } }

  // MARK: - Sections

  private var head: String {
    var text = "# \(pack.name) \(pack.version)\n"
    if let description = pack.content.description { text += "\n\(description)\n" }
    var needs = pack.content.requires.map { "pack `\($0.name)` \($0.requirement)" }
    if let composex = pack.content.composex { needs.insert("composex \(composex)", at: 0) }
    if !needs.isEmpty { text += "\nNeeds \(needs.joined(separator: ", ")).\n" }
    return text
  }

  private var options: String {
    guard let forms = try? forms, !forms.isEmpty else { return "" }
    var text = "## Options\n\n| option | is | default | says |\n|---|---|---|---|\n"
    for form in forms {
      let fallback = form.fallback.map { "`\(OptionForm.text(of: $0))`" } ?? (form.isRequired ? "must be set" : "")
      let says = [form.doc, form.deprecated.map { "Deprecated: \($0)." }].compactMap { $0 }.joined(separator: " ")
      text += "| `\(form.name)` | \(Self.cell(form.description)) | \(Self.cell(fallback)) | \(Self.cell(says)) |\n"
    }
    return text + "\nSet one with `--set \(pack.name).NAME=VALUE`.\n"
  }

  private var rules: String {
    var rows: [String] = []
    for declaration in session.declarations.checks where declaration.pack === pack {
      guard case .check(let must, _) = declaration.body, let selector = declaration.selector else { continue }
      rows.append(row(selector.description, must, declaration))
    }
    for declaration in session.declarations.contracts where declaration.pack === pack {
      guard case .contract(let must, _, _) = declaration.body else { continue }
      rows.append(row("contract", must, declaration))
    }
    return rows.isEmpty ? "" : "## Rules\n\n| what | must | because |\n|---|---|---|\n" + rows.joined()
  }

  private var overrides: String {
    let declarations = session.declarations
    let all = (declarations.project + declarations.naming + declarations.defaults + declarations.transforms).filter {
      $0.pack === pack
    }
    if all.isEmpty { return "" }
    let rows = all.map { declaration -> String in
      var properties = ""
      if case .properties(let table) = declaration.body {
        properties = table.fields.map { "`\($0.key)`" }.joined(separator: ", ")
      }
      return row(declaration.title, properties, declaration)
    }
    return "## What it sets\n\n| declaration | properties | because |\n|---|---|---|\n" + rows.joined()
  }

  private func row(_ what: String, _ must: String, _ declaration: Declaration) -> String {
    "| `\(what)` | \(Self.cell(must)) | \(Self.cell(comment(above: declaration.place))) |\n"
  }

  private var kinds: String {
    let modules = session.declarations.modules.filter { $0.pack === pack }
    return modules.map { declaration -> String in
      guard case .module(let table) = declaration.body, let key = table["key"]?.string else { return "" }
      var text = "## \(key)\n\n"
      if let other = table["deprecated"]?.string { text += "Deprecated: \(other).\n\n" }
      let rows = [
        ("type", table["type"]?.string.map { "`\($0)`" }), ("like", table["like"]?.string.map { "`\($0)`" }),
        ("return values", Self.names(table["returns"])), ("access", Self.names(table["access"])),
        ("variables", Self.names(table["env"])), ("defaults", Self.names(table["defaults"])),
        ("checks", Self.names(table["checks"])),
      ]
      text += "| field | holds |\n|---|---|\n"
      for (name, value) in rows { if let value { text += "| \(name) | \(Self.cell(value)) |\n" } }
      return text
    }.joined(separator: "\n")
  }

  private static func names(_ value: LuaValue?) -> String? {
    guard case .table(let table)? = value, !table.fields.isEmpty else { return nil }
    return table.fields.map { "`\($0.key)`" }.joined(separator: ", ")
  }

  private static func cell(_ text: String) -> String { text.replacing("|", with: "\\|").replacing("\n", with: " ") }

  /// The comment that stands right above a declaration, as one line.
  private func comment(above place: Place) -> String {
    guard let source = place.file.flatMap({ sources[$0.name] }) else { return "" }
    var lines: [String] = []
    var line = Int(place.line) - 1
    while line >= 1 {
      let text = String(decoding: source.text(line), as: UTF8.self)
      guard text.hasPrefix("--") else { break }
      lines.insert(String(text.drop { $0 == "-" || $0 == " " }), at: 0)
      line -= 1
    }
    // The head of a file is about the file.
    return line == 0 ? "" : lines.joined(separator: " ")
  }
}

extension OptionForm {
  /// What it may be, and what it is when nothing is said.
  fileprivate var summary: String {
    let rest = fallback.map { ", \(OptionForm.text(of: $0)) when not set" } ?? (isRequired ? ", must be set" : "")
    return description + rest + (deprecated.map { " (deprecated: \($0))" } ?? "")
  }
}
