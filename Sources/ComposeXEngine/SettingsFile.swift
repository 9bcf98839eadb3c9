/// A settings file: what one environment of a project is given, `options` beside `account` and `region`.
/// ```yaml
/// account: "123456789012"
/// region: eu-west-1
/// options: { env: prod, zones: [a, b], acme: { owner: me } }
/// ```
struct SettingsFile {
  /// The options, in the order of the file.
  private(set) var settings: [Options.Setting] = []
  private(set) var account: ProjectSettings.Stated?
  private(set) var region: ProjectSettings.Stated?

  static let keys = ["account", "region", "options"]

  /// Reads the file at `path`. Throws a `Finding`, and reports what is wrong with its parts.
  init(_ path: String, shown: String, findings: Findings) throws {
    let file = SourceFile(name: shown, role: .commandLine)
    let bytes: [UInt8]
    do throws(Files.Failure) { bytes = try Files.readPlain(path) } catch {
      throw Finding.error(
        at: Place(file: file), "cannot be read: \(error.reason)", remedy: "name a YAML file that exists")
    }
    let documents = try YAMLComposer.documents(bytes, file: file, findings: findings)
    guard let root = documents.first, documents.count == 1, let fields = root.fields else {
      throw Finding.error(
        at: Place(file: file, line: 1), "settings must be one mapping", remedy: "write options: {env: prod}")
    }
    for (key, node) in fields {
      switch key {
      case "account": account = ProjectSettings.account(node, findings)
      case "region": region = ProjectSettings.region(node, findings)
      case "options": read(node, under: "", findings)
      default:
        findings.report(
          .error(
            at: node.keyPlace ?? node.place, "settings have no key \"\(key)\"",
            remedy: NearName.remedy(key, in: Self.keys, what: "they have")))
      }
    }
  }

  /// Options by their names; those of one script or pack may stand below its name.
  private mutating func read(_ node: Node, under unit: String, _ findings: Findings) {
    guard let fields = node.fields else {
      findings.report(
        .error(at: node.place, "options must be a mapping, not \(node.kind)", remedy: "write {env: prod}"))
      return
    }
    for (key, value) in fields {
      let name = unit.isEmpty ? key : "\(unit).\(key)"
      var setting = Options.Setting(key: name, value: "")
      setting.place = value.keyPlace ?? value.place
      if let text = value.scalarText {
        setting.value = text
      } else if let items = value.list, items.allSatisfy({ $0.scalarText != nil }) {
        setting.items = items.compactMap(\.scalarText)
      } else if value.fields != nil, unit.isEmpty {
        read(value, under: key, findings)
        continue
      } else {
        findings.report(
          .error(
            at: value.place, "option \"\(name)\" must be a value or a list of values, not \(value.kind)",
            remedy: "write \(key): VALUE"))
        continue
      }
      settings.append(setting)
    }
  }
}
