/// The table of compose attributes as a page of documentation: `docs/compose-support.md`.
public enum SupportMatrix {
  /// The page, in Markdown. A test holds the checked-in file against it. Throws a `Finding` when the built-in files cannot be read.
  public static func text() throws -> String {
    let fates = try AttributeFates()
    let platforms = try fates.platforms()
    var text = """
      # What becomes of compose attributes

      Generated from `lua/project/attributes.lua` and the field table (`Sources/ComposeXEngine/Compose/Fields`); do not edit.
      `composex config --fidelity` prints the same for the attributes that a project uses, on the platforms that its services
      run on, and `composex render` warns of what has no effect.

      | fate | means |
      |---|---|
      | **exact** | it has a counterpart |
      | **restricted** | it works with the restriction that the remark names; what does not is reported |
      | **generated** | resources or containers are made for it |
      | **ignored** | it has no effect, which is reported |
      | **refused** | it is in the template and AWS refuses it there, which is reported |
      | *local* | it concerns the machine that builds images or runs Compose |
      | *loader* | it is used up while the files are read |

      """
    for section in try fates.sections() {
      guard let record = Fields.record(at: section.path) else { continue }
      text += self.section(section, record, platforms)
    }
    text += "\n## Without effect as a whole\n\n"
    text += "Mappings below an attribute that has no effect: "
    text += try fates.pathsAsHolder().map { "`\($0)`" }.joined(separator: ", ") + ".\n"
    text += "\n## Sources\n\n| page of AWS | read on |\n|---|---|\n"
    for source in try fates.sources() { text += "| <\(source.address)> | \(source.checked) |\n" }
    return text
  }

  private static func section(_ section: AttributeFates.Section, _ record: Record, _ platforms: [String]) -> String {
    var text = "\n## \(section.title)\n\n"
    if let all = section.all { text += "All of it: \(words(all)).\n\n" }
    let rows = section.all == nil ? section.rows : []
    let heads = ["attribute", "value", "several files"] + (section.all == nil ? platforms : []) + ["remark"]
    text += line(heads) + line(heads.map { _ in "---" })
    for attribute in record.attributes {
      let row = rows.first { $0.name == attribute.name }
      let remarks = (row?.remarks ?? []) + self.remarks(attribute)
      text += line(
        ["`\(attribute.name)`", value(attribute), merge(attribute)] + (row?.fates ?? []).map(words)
          + [remarks.joined(separator: "; ")])
    }
    if record.takesExtensions {
      let blanks = section.all == nil ? platforms.map { _ in "" } : []
      text += line(["`x-*`", "anything", Merge.general.words] + blanks + ["yours, or a section of composex"])
    }
    return text
  }

  private static func line(_ cells: [String]) -> String {
    "| " + cells.map { $0.split(separator: "|").joined(separator: "\\|") }.joined(separator: " | ") + " |\n"
  }

  private static func words(_ fate: Fate) -> String {
    fate == .local || fate == .loader ? "*\(fate.rawValue)*" : "**\(fate.rawValue)**"
  }

  private static func value(_ row: Attribute) -> String {
    var text = row.shape.words
    if row.shape.allowsNull, row.shape.words != Shape.any.words { text += " or null" }
    return text
  }

  private static func merge(_ row: Attribute) -> String {
    let rule = row.merge == .general ? row.shape.generalMerge : row.merge.words
    return row.unique.map { rule + ", unique by " + $0.words } ?? rule
  }

  /// What the loader does with the attribute.
  private static func remarks(_ row: Attribute) -> [String] {
    var parts: [String] = []
    switch row.fallback {
    case .string(let text): parts.append("default `\(text)`")
    case .bool(let bool): parts.append("default `\(bool)`")
    case .secretTarget: parts.append("default `/run/secrets/<source>`")
    case .allDevices: parts.append("default all")
    case nil: break
    }
    if row.path != nil { parts.append("path") }
    return parts
  }
}

extension Fields {
  /// The mapping at a path of attributes (`services.deploy`): what an entry is where the attribute holds several.
  static func record(at path: String) -> Record? {
    path.split(separator: ".").reduce(Optional(root)) { record, name in
      record?[String(name)].flatMap { $0.shape.inner }
    }
  }

  /// The mappings that are reached from the root, each with its path, those that hold others first.
  static var paths: [(path: String, record: Record)] {
    var found = [(path: "", record: root)]
    var next = 0
    while next < found.count {
      let (path, record) = found[next]
      next += 1
      for row in record.attributes {
        guard let inner = row.shape.inner else { continue }
        found.append((path.isEmpty ? row.name : "\(path).\(row.name)", inner))
      }
    }
    return found
  }
}

extension Shape {
  /// The mapping that a value is or holds several of.
  var inner: Record? {
    switch long {
    case .record(let record): record
    case .list(let item, _), .map(let item, _): item.inner
    default: nil
    }
  }
}

extension Shape {
  /// The shape in the words of the page.
  var words: String {
    switch self {
    case .any: "anything"
    case .string: "string"
    case .boolean: "boolean"
    case .integer: "integer"
    case .number: "number"
    case .bytes: "size (`64m`)"
    case .duration: "time (`1m30s`)"
    case .oneOf(let words): words.map { "`\($0)`" }.joined(separator: ", ")
    case .pattern(.containerName): "name"
    case .pattern(.pullPolicy): "policy"
    case .command, .healthTest: "words, or a list of them"
    case .fileMode: "file mode (`\"0440\"`)"
    case .published: "port or range"
    case .deviceCount: "number or `all`"
    case .stringOrNumber: "string or number"
    case .stringOrBoolean: "string or boolean"
    case .list(let item, _): "list of: " + item.words
    case .stringOrList: "string, or a list of them"
    case .map(let value, _): "mapping of names to: " + value.words
    case .pairs: "mapping, or list of `key=value`"
    case .options, .texts: "mapping"
    case .hosts: "mapping, or list of `host=address`"
    case .record: "mapping"
    case .short(let short, let long): "\(short.words)\(long.words)"
    case .orNull(let inner): inner.words
    }
  }

  /// What the general rule means for this shape.
  var generalMerge: String {
    switch long {
    case .list: "appended"
    case .record, .map, .options, .pairs: "deep"
    default: "replaced"
    }
  }
}

extension Short {
  fileprivate var words: String {
    switch self {
    case .build: "context, or "
    case .port: "`[[address:]published:]target[/protocol]`, or "
    case .mount: "`[source:]target[:options]`, or "
    case .device: "`source[:target[:permissions]]`, or "
    case .fileMount: "source, or "
    case .dependsOn, .names: "list of names, or "
    case .envFile: "path, or list of paths, or "
    case .extends: "service, or "
    case .include: "path, or "
    case .gpus: "`all`, or "
    case .ulimit: "number, or "
    case .ssh: "list of `id=path`, or "
    case .external: ""
    }
  }
}

extension Merge {
  fileprivate var words: String {
    switch self {
    case .general: "deep"
    case .sequence: "appended"
    case .hosts: "appended, once"
    case .replace: "replaced"
    case .entries: "by entry"
    case .build, .dependsOn, .names: "deep"
    case .logging: "deep when the driver is the same, else replaced"
    case .ipam: "by subnet"
    case .consumed: ""
    }
  }
}

extension UniqueKey {
  fileprivate var words: String {
    switch self {
    case .key: "key"
    case .mount, .device, .secret, .config: "target"
    case .path: "path"
    case .text: "text"
    case .port: "address, ports and protocol"
    }
  }
}
