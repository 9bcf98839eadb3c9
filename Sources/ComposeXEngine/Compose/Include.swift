/// Resolves `include`: other models, loaded with their own directory and environment, become part of the document.
struct Include {
  let loader: ModelLoader

  private static let kinds = ["services", "volumes", "networks", "secrets", "configs", "models"]

  private struct Entry {
    var paths: [String]
    var projectDirectory: String?
    var environmentFiles: [Node]?
    var node: Node
  }

  private var findings: Findings { loader.findings }

  /// The document with everything that it includes under it.
  func resolve(_ root: Node, in path: String) throws(StageFailed) -> Node {
    guard let include = root.remove("include"), include.tag != "!reset" else { return root }
    guard let items = include.list else {
      findings.report(
        .error(at: include.place, "`include` must be a list, not \(include.kind)", remedy: "write - before the path"))
      throw StageFailed()
    }
    let imported = Node(.map([:]), at: root.place)
    for (index, item) in items.enumerated() {
      guard let entry = entry(item, index) else { continue }
      try load(entry, from: path, into: imported)
    }
    try findings.stopIfErrors()
    for kind in Self.kinds where root[kind] == nil {
      if let section = imported[kind] { root.set(kind, section) }
      imported.remove(kind)
    }
    var rules = MergeRules(findings: findings)
    let merged = rules.merge(imported, root, .record(Fields.root))
    return merged
  }

  private func entry(_ item: Node, _ index: Int) -> Entry? {
    func texts(_ node: Node?) -> [String] { node?.string.map { [$0] } ?? node?.list?.compactMap(\.string) ?? [] }
    if let path = item.string { return Entry(paths: [path], node: item) }
    var check = ShapeCheck(findings: findings)
    let wrapper = Node(.map(["include": Node(.list([item]), at: item.place)]), at: item.place)
    check.run(wrapper)
    let paths = texts(item["path"])
    if paths.isEmpty {
      findings.report(.error(at: item.place, "include[\(index)] missing property 'path'", remedy: "add path:"))
      return nil
    }
    let files = item["env_file"]
    return Entry(
      paths: paths, projectDirectory: item["project_directory"]?.string,
      environmentFiles: files.map { $0.list ?? [$0] }, node: item)
  }

  private func load(_ entry: Entry, from path: String, into imported: Node) throws(StageFailed) {
    if let remote = entry.paths.first(where: Completion.isRemote) {
      findings.report(
        .error(
          at: entry.node.place, "cannot include \(remote): remote files are not loaded",
          remedy: "copy it into the project, and include the copy"))
      throw StageFailed()
    }
    let paths = entry.paths.map { Files.join(loader.directory, $0) }
    let chain = loader.includeChain + [path]
    for included in paths where chain.contains(included) {
      let shown = (chain + [included]).map(Files.shown).joined(separator: " -> ")
      findings.report(
        .error(at: entry.node.place, "include cycle detected: \(shown)", remedy: "remove one of these includes"))
      throw StageFailed()
    }
    guard loader.shared.countInclude(), chain.count < 100 else {
      findings.report(.error(at: entry.node.place, "too many includes", remedy: "include fewer files"))
      throw StageFailed()
    }
    let directory = entry.projectDirectory.map { Files.join(loader.directory, $0) } ?? Files.directory(of: paths[0])
    // Paths that stay relative would be read from the wrong directory, so they become those of the including project.
    let base =
      loader.options.resolvesPaths
      ? directory : Files.join(loader.pathBase ?? ".", Files.relative(directory, to: loader.directory))
    let inner = ModelLoader(
      directory: directory, pathBase: base, environment: environment(entry, directory), options: loader.options,
      findings: findings, includeChain: chain, shared: loader.shared)
    for included in paths {
      let refusal = loader.shared.confinement.refusal(included, starts: "paths start at the project directory")
      guard let (reason, remedy) = refusal else { continue }
      findings.report(
        .error(at: entry.node.place, "cannot include \(Files.shown(included)): \(reason)", remedy: remedy))
    }
    try findings.stopIfErrors()
    guard let model = try inner.load(try inner.parse(paths)) else { return }
    add(model, to: imported)
  }

  /// Ours, then the include's own files; ours win.
  private func environment(_ entry: Entry, _ directory: String) -> ProjectEnvironment {
    let budget = loader.shared.budget
    var environment = ProjectEnvironment(process: loader.variables)
    if let files = entry.environmentFiles {
      for file in files {
        guard let text = file.string, text != "/dev/null" else { continue }
        let path = Files.join(loader.directory, text)
        environment.read(
          path, shownAs: Files.shown(path), at: file.place, findings: findings, budget: budget,
          confinedTo: loader.shared.confinement)
      }
    } else {
      let path = Files.join(directory, ".env")
      if Files.exists(path), !Files.isDirectory(path) {
        environment.read(
          path, shownAs: Files.shown(path), at: entry.node.place, findings: findings, budget: budget,
          confinedTo: loader.shared.confinement)
      }
    }
    return environment
  }

  private func add(_ model: Node, to imported: Node) {
    for kind in Self.kinds {
      guard let section = model[kind], let fields = section.fields else { continue }
      if imported[kind] == nil { imported.set(kind, Node(.map([:]), at: section.place)) }
      guard let target = imported[kind] else { continue }
      for (name, resource) in fields {
        // A file that is included twice brings the same resources again.
        guard let old = target[name], !old.isSame(as: resource) else {
          if target[name] == nil { target.set(name, resource) }
          continue
        }
        var rules = MergeRules(findings: findings, path: ModelPath(kind, name))
        target.set(name, rules.merge(old, resource, Fields.root[kind]?.shape.entry))
      }
    }
  }
}

extension Shape {
  /// The shape of the values of a mapping with the user's keys.
  var entry: Shape? { if case .map(let entry, _) = long { entry } else { nil } }
}

extension ProjectEnvironment {
  /// All variables in one level.
  var flat: [String: String] {
    var result = process
    for (name, entry) in files where result[name] == nil { result[name] = entry.value }
    return result
  }
}

extension Node {
  /// Whether both trees hold the same values, places aside.
  func isSame(as other: Node) -> Bool {
    if self === other { return true }
    switch (value, other.value) {
    case (.null, .null): return true
    case (.bool(let a), .bool(let b)): return a == b
    case (.int(let a), .int(let b)): return a == b
    case (.float(let a), .float(let b)): return a == b || (a.isNaN && b.isNaN)
    case (.string(let a), .string(let b)): return a == b
    case (.list(let a), .list(let b)):
      return a.count == b.count && zip(a, b).allSatisfy { $0.isSame(as: $1) }
    case (.map(let a), .map(let b)):
      return a.count == b.count && a.allSatisfy { key, node in b[key].map { node.isSame(as: $0) } ?? false }
    default: return false
    }
  }
}
