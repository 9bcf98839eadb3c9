/// Inserts defaults and makes paths absolute, after the last file.
struct Completion {
  /// The directory that relative paths start from; nil leaves paths as they are.
  let base: String?
  let insertsDefaults: Bool
  /// `HOME`, for `~`.
  let home: String?
  /// Whether `c:\a\b` becomes `/c/a/b` in mounts (`COMPOSE_CONVERT_WINDOWS_PATHS`).
  let convertsWindowsPaths: Bool
  /// Where the paths start from that the script at a place wrote; nil for what is no script's.
  var baseOfScript: (Place) -> String? = { _ in nil }

  init(base: String?, insertsDefaults: Bool, environment: ProjectEnvironment) {
    self.base = base
    self.insertsDefaults = insertsDefaults
    home = environment["HOME"]
    let convert = environment["COMPOSE_CONVERT_WINDOWS_PATHS"]?.lowercased() ?? ""
    convertsWindowsPaths = ["1", "true", "t", "yes", "y", "on"].contains(convert)
  }

  func run(_ root: Node) { visit(root, .record(Fields.root)) }

  func visit(_ node: Node, _ shape: Shape) {
    switch (node.value, shape.long) {
    case (.map, .record(let record)):
      complete(node, record)
      for (key, child) in node.fields ?? [:] {
        if let attribute = record[key], attribute.passes.contains(.completion) { visit(child, attribute.shape) }
      }
    case (.map(let fields), .map(let value, _)):
      for child in fields.values { visit(child, value) }
    case (.list(let items), .list(let item, _)):
      for child in items { visit(child, item) }
    default: return
    }
  }

  /// Defaults and paths of one mapping, not of what is in it.
  @inline(__always)
  func complete(_ node: Node, _ record: Record) {
    guard record.isCompleted, node.fields != nil else { return }
    if insertsDefaults { insertDefaults(node, record) }
    if base != nil { resolvePaths(node, record) }
  }

  private func insertDefaults(_ node: Node, _ record: Record) {
    for attribute in record.fallbacks {
      guard let fallback = attribute.fallback, node[attribute.name] == nil else { continue }
      switch fallback {
      case .string(let text): node.set(attribute.name, Node(.string(text), at: node.place))
      case .bool(let bool): node.set(attribute.name, Node(.bool(bool), at: node.place))
      case .secretTarget:
        guard let source = node["source"]?.string else { continue }
        node.set(attribute.name, Node(.string("/run/secrets/" + source), at: node.place))
      case .allDevices:
        if node["device_ids"] == nil { node.set(attribute.name, Node(.int(-1), at: node.place)) }
      }
    }
  }
}

// MARK: - Paths

extension Completion {
  private func resolvePaths(_ node: Node, _ record: Record) {
    if record === Fields.mount {
      if node["type"]?.string == "bind", let source = node["source"] {
        if convertsWindowsPaths, let text = source.string { source.value = .string(Files.fromWindows(text)) }
        resolve(source, .host)
      }
    } else if record === Fields.volume {
      let options = node["driver_opts"]
      if node["driver"]?.string == "local", options?["o"]?.string == "bind", let device = options?["device"] {
        resolve(device, .host)
      }
    }
    for attribute in record.paths {
      guard let kind = attribute.path, let child = node[attribute.name] else { continue }
      if case .pairs = attribute.shape, child.list != nil { child.value = .map(Binding.pairs(child)) }
      switch child.value {
      case .list(let items): for item in items { resolve(item, kind) }
      case .map(let fields): for value in fields.values { resolve(value, kind) }
      default: resolve(child, kind)
      }
      if record === Fields.watch, let text = child.string { child.value = .string(Files.resolvingLinks(text)) }
    }
  }

  private func resolve(_ node: Node, _ kind: PathKind) {
    guard let text = node.string, !text.isEmpty else { return }
    switch kind {
    case .context where Self.isRemote(text): return
    case .host where Files.isAbsoluteOnWindows(text): return
    default:
      node.value = .string(baseOfScript(node.place).map { Files.join($0, text) } ?? absolute(text))
    }
  }

  func absolute(_ path: String) -> String {
    if let home, path == "~" || path.hasPrefix("~/") { return Files.clean(home + "/" + path.dropFirst()) }
    return Files.join(base ?? ".", path)
  }

  /// Whether a build context is not a folder of this machine.
  static func isRemote(_ text: String) -> Bool {
    if text.contains("://") { return true }
    return ["service:", "https://", "http://", "git://", "ssh://", "github.com/", "git@"].contains {
      text.hasPrefix($0)
    }
  }
}
