import ComposeXLua

/// What becomes of compose attributes, as the table of `lua/project/attributes.lua` says: for one project, whose services run on a
/// platform, and for the pages and schemas that describe all of them.
final class AttributeFates {
  /// What becomes of one attribute.
  struct Answer {
    var fate: Fate
    /// What it becomes; empty where it becomes nothing.
    var note: String
    /// Why not, or not all of it.
    var reason: String
    /// The platform that the answer holds for; nil where all have the same.
    var platform: String?
    /// The finding about an attribute without effect; nil where there is nothing to report.
    var sentence: String?
    var remedy: String?
  }

  private let session: ScriptSession
  private let functions: LuaTable

  /// Finds out what the services of a project run on. Throws a `Finding` when the built-in files cannot be read.
  init(_ project: ComposeProject = .empty) throws {
    // What is wrong with the sections of composex is for `render` to report.
    session = ScriptSession(project: project, stack: Stack(name: project.name), findings: Findings())
    session.phase = .generate
    do {
      guard let support = try session.module("reflect/support").reference else { throw ScriptError("no table") }
      functions = try session.host.contents(of: support)
    } catch {
      throw session.finding(error)
    }
    // A project that cannot be generated has services on the default platform.
    if let prepare = functions["prepare"]?.function { _ = try? session.host.call(prepare) }
  }

  /// The answer for the attribute `name` of `mapping`, which stands at `path` in the table (`services.deploy`); nil when the table
  /// has none. `subject` names the attribute in a finding, `service` and `entry` say whose it is.
  func answer(
    path: String, name: String, of mapping: Node, subject: String, service: String, entry: String
  ) -> Answer? {
    guard let function = functions["answer"]?.function else { return nil }
    let arguments: [LuaValue] = [
      .string(path), .string(name), .object(session.view(mapping, .compose, depth: 0)), .string(subject),
      .string(service), .string(entry),
    ]
    guard let table = try? session.host.call(function, arguments).table else { return nil }
    func text(_ key: String) -> String? { table[key]?.string }
    guard let fate = text("fate").flatMap(Fate.init) else { return nil }
    return Answer(
      fate: fate, note: text("note") ?? "", reason: text("reason") ?? "", platform: text("platform"),
      sentence: text("sentence"), remedy: text("remedy"))
  }

  // MARK: - All of the table

  /// The rows of the mapping at one path, in the order of the page.
  struct Section {
    var path: String
    var title: String
    var rows: [Row]
    /// What becomes of all of it, where its rows are not told apart.
    var all: Fate?
  }

  /// One attribute: its fate on each platform, in the order of `platforms`, and the remarks about it.
  struct Row {
    var name: String
    var fates: [Fate]
    var remarks: [String]
  }

  /// A page of AWS that the table cites, and the day on which it was read.
  struct Source {
    var address: String
    var checked: String
  }

  func sections() throws -> [Section] {
    try list("sections").map { table in
      let rows = table["rows"]?.table?.items.compactMap(\.table) ?? []
      return Section(
        path: table["path"]?.string ?? "", title: table["title"]?.string ?? "", rows: rows.map(Row.init),
        all: table["all"]?.string.flatMap(Fate.init))
    }
  }

  func sources() throws -> [Source] {
    try list("sources").map { Source(address: $0["address"]?.string ?? "", checked: $0["checked"]?.string ?? "") }
  }

  /// The names of the platforms.
  func platforms() throws -> [String] { try list("platforms").compactMap { $0["name"]?.string } }

  /// Paths of mappings that have no effect as a whole.
  func pathsAsHolder() throws -> [String] { try list("as_holder").compactMap { $0["path"]?.string } }

  private func list(_ name: String) throws -> [LuaTable] {
    guard let function = functions[name]?.function else { return [] }
    do {
      return try session.host.call(function).table?.items.compactMap(\.table) ?? []
    } catch {
      throw session.finding(error)
    }
  }
}

extension AttributeFates.Row {
  fileprivate init(_ table: LuaTable) {
    func texts(_ name: String) -> [String] { table[name]?.table?.items.compactMap(\.string) ?? [] }
    name = table["name"]?.string ?? ""
    fates = texts("fates").compactMap(Fate.init)
    remarks = texts("remarks")
  }

  /// All that is known of the attribute, in one line.
  var summary: String { remarks.joined(separator: "; ") }
}

/// What becomes of an attribute.
public enum Fate: String, Sendable, CaseIterable {
  /// It has a direct counterpart.
  case exact
  /// It works, with a restriction that is named.
  case restricted
  /// Resources or containers are made for it.
  case generated
  /// It has no effect, which is reported.
  case ignored
  /// It is in the template, and AWS refuses it on that platform, which is reported.
  case refused
  /// It concerns the machine that builds images or runs Compose.
  case local
  /// It is used up while the files are read.
  case loader
}
