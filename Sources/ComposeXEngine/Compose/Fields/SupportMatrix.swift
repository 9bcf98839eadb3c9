/// The field table as a page of documentation: `docs/compose-support.md`.
enum SupportMatrix {
  /// The page, in Markdown. A test holds the checked-in file against it.
  static var text: String {
    var text = """
      # What becomes of compose attributes

      Generated from the field table (`Sources/ComposeXEngine/Compose/Fields`); do not edit. `composex config --fidelity` prints
      the same for the attributes that a project uses.

      | on ECS | means |
      |---|---|
      | **exact** | it has a counterpart |
      | **approximated** | it works with restrictions, which the remark names; mostly on EC2 capacity only |
      | **ignored** | accepted without effect; the fidelity report says so |
      | **refused** | it cannot work on ECS |
      | *loader* | used up while the files are read |

      """
    for (title, record) in sections { text += section(title, record) }
    return text
  }

  /// Every record with a heading of its own, in the order of the page.
  static let sections: [(String, Record)] = [
    ("Top level", Fields.root), ("Service", Fields.service), ("Build", Fields.build), ("Deploy", Fields.deploy),
    ("Health check", Fields.healthcheck), ("Port", Fields.port), ("Mount", Fields.mount),
    ("Network of a service", Fields.networkAttachment), ("Network", Fields.network), ("Volume", Fields.volume),
    ("Secret", Fields.secret), ("Config", Fields.config), ("Model", Fields.model),
  ]

  private static func section(_ title: String, _ record: Record) -> String {
    var text = "\n## \(title)\n\n| attribute | value | several files | on ECS | remark |\n|---|---|---|---|---|\n"
    for row in record.attributes {
      let grade = row.fate.map { $0.grade.map { "**\($0.rawValue)**" } ?? "*loader*" } ?? ""
      let cells = ["`\(row.name)`", value(row), merge(row), grade, remark(row)]
      text += "| " + cells.map { $0.split(separator: "|").joined(separator: "\\|") }.joined(separator: " | ") + " |\n"
    }
    if record.takesExtensions {
      text += "| `x-*` | anything | \(Merge.general.words) | | yours, or a section of composex |\n"
    }
    return text
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

  private static func remark(_ row: Attribute) -> String {
    var parts: [String] = row.note.isEmpty ? [] : [row.note]
    switch row.fallback {
    case .string(let text): parts.append("default `\(text)`")
    case .bool(let bool): parts.append("default `\(bool)`")
    case .secretTarget: parts.append("default `/run/secrets/<source>`")
    case .allDevices: parts.append("default all")
    case nil: break
    }
    if row.path != nil { parts.append("path") }
    return parts.joined(separator: "; ")
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
