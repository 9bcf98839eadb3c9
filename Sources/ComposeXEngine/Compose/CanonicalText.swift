/// The model as `composex config` prints it: a compose file that loads to the same model again.
public enum CanonicalText {
  /// A copy of the model in which a `$` that stands for itself is written `$$`, without optional dependencies on services
  /// that are left out.
  public static func node(_ project: ComposeProject) -> Node {
    let root = project.options.interpolates ? escape(project.root, underSub: false) : project.root.copy()
    for service in root["services"]?.fields?.values.elements ?? [] { dropEdges(service, project.disabled) }
    return root
  }

  private static func dropEdges(_ service: Node, _ disabled: Node.Fields) {
    guard let dependencies = service["depends_on"], dependencies.fields?.isEmpty == false else { return }
    dependencies.removeFields { name, dependency in disabled[name] != nil && dependency["required"]?.bool == false }
    if dependencies.fields?.isEmpty == true { service.remove("depends_on") }
  }

  private static func escape(_ node: Node, underSub: Bool) -> Node {
    switch node.value {
    case .string(let text):
      guard !underSub, VariableText.isNeeded(text) else { return node }
      return Node(.string(doubled(text)), at: node.place)
    case .list(let items):
      return Node(.list(items.enumerated().map { escape($1, underSub: underSub && $0 == 0) }), at: node.place)
    case .map(let fields):
      var result = Node.Fields(minimumCapacity: fields.count)
      for (key, child) in fields { result[key] = escape(child, underSub: key == "Fn::Sub") }
      return Node(.map(result), at: node.place)
    default: return node
    }
  }

  private static func doubled(_ text: String) -> String {
    var out: [UInt8] = []
    for byte in text.utf8 {
      if byte == UInt8(ascii: "$") { out.append(byte) }
      out.append(byte)
    }
    return String(decoding: out, as: UTF8.self)
  }

  /// A list of variables: name, required, default, alternate.
  public static func node(_ variables: [VariableText.Variable]) -> Node {
    func string(_ text: String) -> Node { Node(.string(text), at: .unknown) }
    let items = variables.map { variable in
      Node(
        .map([
          "name": string(variable.name), "required": Node(.bool(variable.isRequired), at: .unknown),
          "default": string(variable.fallback), "alternate": string(variable.alternate),
        ]), at: .unknown)
    }
    return Node(.list(items), at: .unknown)
  }
}

extension ComposeProject {
  /// The profiles that services name, by name.
  public var profiles: [String] {
    let all = Array(services.values) + Array(disabled.values)
    return Set(all.flatMap { ($0["profiles"]?.list ?? []).compactMap(\.string) }).sorted()
  }

  /// The images of the services; one that is built is named as Compose names it.
  public var images: [String] {
    services.map { name, service in service["image"]?.string ?? "\(self.name)-\(name)" }
  }
}

extension ComposeLoader {
  /// The variables that are known for interpolation.
  ///
  /// - Throws: `StageFailed` when a file of variables cannot be read.
  public func environment() throws(StageFailed) -> ProjectEnvironment {
    let setting = try Setting.find(options, process: process, findings: findings)
    try findings.stopIfErrors()
    return setting.environment
  }

  /// The variables that the files mention, by name; the first mention that says more than the name counts.
  ///
  /// - Throws: `StageFailed` when a file cannot be read or parsed.
  public func variables() throws(StageFailed) -> [VariableText.Variable] {
    let setting = try Setting.find(options, process: process, findings: findings)
    let loader = ModelLoader(
      directory: setting.directory, pathBase: nil, environment: setting.environment, options: options,
      findings: findings,
      shared: SharedLoads([:], confinement: Confinement(options, directory: setting.directory)))
    let documents = try loader.parse(setting.files.map { $0 == "-" ? "-" : Files.join(Files.currentDirectory, $0) })
    var found: [String: VariableText.Variable] = [:]
    for document in documents { Self.collect(document.root, into: &found) }
    return found.values.sorted { $0.name < $1.name }
  }

  private static func collect(_ node: Node, into found: inout [String: VariableText.Variable]) {
    switch node.value {
    case .string(let text):
      guard VariableText.isNeeded(text) else { return }
      for variable in VariableText.variables(in: text) {
        guard let old = found[variable.name] else {
          found[variable.name] = variable
          continue
        }
        found[variable.name] = VariableText.Variable(
          name: old.name, fallback: old.fallback.isEmpty ? variable.fallback : old.fallback,
          alternate: old.alternate.isEmpty ? variable.alternate : old.alternate,
          isRequired: old.isRequired || variable.isRequired)
      }
    case .list(let items): for item in items { collect(item, into: &found) }
    case .map(let fields): for (key, child) in fields where key != "Fn::Sub" { collect(child, into: &found) }
    default: return
    }
  }
}
