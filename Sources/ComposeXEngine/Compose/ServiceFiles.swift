/// Reads `env_file` and `label_file` of the active services into `environment` and `labels`.
struct ServiceFiles {
  let environment: ProjectEnvironment
  let findings: Findings
  /// The directory that paths which are still relative start from.
  let base: String
  /// A file counts for every service that names it.
  let budget: Budget
  /// The file that a node names, when whoever wrote it may read it.
  let permits: (_ path: String, _ node: Node) -> Bool

  func run(_ services: Node.Fields) {
    for (name, service) in services {
      readEnvironment(name, service)
      readLabels(name, service)
    }
  }

  private func readEnvironment(_ name: String, _ service: Node) {
    guard let list = service.remove("env_file") else { return }
    var values = Dotenv.Values()
    let own = service["environment"]?.fields ?? [:]
    for file in list.list ?? [] {
      guard let path = file["path"]?.string, !path.isEmpty else { continue }
      let format = file["format"]?.string ?? ""
      guard let format = Self.format(format) else {
        findings.report(
          .error(
            at: file["format"]?.place ?? file.place,
            "services::\(name).env_file: unsupported env_file format \"\(format)\"",
            remedy: "leave format out, or write raw"))
        continue
      }
      guard let bytes = read(path, file, "env", isRequired: file["required"]?.bool != false) else { continue }
      Dotenv.read(
        bytes, file: SourceFile(name: Files.shown(path), role: .environment), format: format, into: &values,
        findings: findings
      ) { environment[$0] ?? own[$0]?.string }
    }
    guard !values.isEmpty, take(values, of: "env", list) else { return }
    service.set(
      "environment", Node(.map(Self.merge(own, over: values)), at: service["environment"]?.place ?? list.place))
  }

  private func readLabels(_ name: String, _ service: Node) {
    guard let list = service.remove("label_file") else { return }
    var values = Dotenv.Values()
    for file in list.list ?? (list.string == nil ? [] : [list]) {
      guard let path = file.string, let bytes = read(path, file, "label", isRequired: true) else { continue }
      Dotenv.read(
        bytes, file: SourceFile(name: Files.shown(path), role: .environment), into: &values, findings: findings
      ) { _ in nil }
    }
    guard !values.isEmpty, take(values, of: "label", list) else { return }
    let own = service["labels"]?.fields ?? [:]
    service.set("labels", Node(.map(Self.merge(own, over: values)), at: service["labels"]?.place ?? list.place))
  }

  /// The variables of files, then those of the model, which win.
  private static func merge(_ own: Node.Fields, over values: Dotenv.Values) -> Node.Fields {
    var fields = Node.Fields()
    for (key, entry) in values {
      let node = Node(.string(entry.value), at: entry.place)
      node.keyPlace = entry.place
      fields[key] = node
    }
    for (key, node) in own {
      if let old = fields[key] { node.replaced = old }
      fields[key] = node
    }
    return fields
  }

  private static func format(_ name: String) -> Dotenv.Format? {
    switch name {
    case "", ".env": .dotenv
    case "raw": .raw
    default: nil
    }
  }

  /// Takes what the values of files have become from the budget: variables make much of little.
  private func take(_ values: Dotenv.Values, of kind: String, _ node: Node) -> Bool {
    if budget.areTextsSpent { return false }
    if budget.take(bytes: values.values.reduce(0) { $0 + $1.value.utf8.count }) { return true }
    findings.report(
      .error(
        at: node.place, "the values of the \(kind) files of all services are longer than 64 MiB together",
        remedy: "name files with long values at fewer services"))
    return false
  }

  private func read(_ path: String, _ node: Node, _ kind: String, isRequired: Bool) -> [UInt8]? {
    if budget.isSpent { return nil }
    guard permits(Files.join(base, path), node["path"] ?? node) else {
      findings.report(
        .error(
          at: node.place, "\(kind) file \(path) lies outside of what this line may read",
          remedy: "copy it into the project, or into the folder of the script that names it"))
      return nil
    }
    do throws(Files.Failure) {
      let bytes = try Files.readPlain(Files.join(base, path))
      if budget.take(textOf: bytes.count) { return bytes }
      findings.report(
        .error(
          at: node.place, "the \(kind) files of all services hold too many values",
          remedy: "name \(path) at fewer services, or make it smaller"))
      return nil
    } catch {
      if error.isMissing, !isRequired { return nil }
      let message = error.isMissing ? "\(kind) file \(path) not found" : "\(kind) file \(path): \(error.reason)"
      let remedy = kind == "env" ? "create it, or write required: false" : "create it, or remove it here"
      let fromHere = error.isMissing ? Files.remedyFromHere(path, base: base) : nil
      findings.report(.error(at: node.place, message, remedy: fromHere ?? remedy))
      return nil
    }
  }
}

extension Files {
  /// What to do about a file that is not below `base`, the project directory, but below the current one: where ECS ComposeX looks.
  static func remedyFromHere(_ path: String, base: String) -> String? {
    let written = path.hasPrefix("/") ? relative(path, to: base) : path
    guard !written.hasPrefix("/"), !written.hasPrefix(".."), exists(join(currentDirectory, written)),
      resolvingLinks(currentDirectory) != resolvingLinks(base)
    else { return nil }
    return "it is below the current directory: give --project-directory ."
  }

  /// `path` as a person in the current directory would write it.
  public static func shown(_ path: String) -> String {
    relative(path, to: currentDirectory)
  }
}
