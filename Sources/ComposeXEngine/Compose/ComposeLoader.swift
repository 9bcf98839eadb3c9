/// Loads a project: from compose files and environment to the canonical model.
public final class ComposeLoader {
  let options: ComposeOptions
  let process: [String: String]
  let findings: Findings

  /// `environment` is that of the process: the loader looks at no other.
  public init(
    options: ComposeOptions, environment: [String: String] = ProjectEnvironment.ofProcess, findings: Findings
  ) {
    self.options = options
    self.process = environment
    self.findings = findings
  }

  /// The stages in their order; each reports all it finds.
  ///
  /// - Throws: `StageFailed` after the stage that found an error.
  public func load() throws(StageFailed) -> ComposeProject {
    let setting = try Setting.find(options, process: process, findings: findings)
    try findings.stopIfErrors()
    let confinement = Confinement(options, directory: setting.directory)
    let shared = SharedLoads(options.texts, confinement: confinement)
    let pathBase = options.resolvesPaths ? setting.directory : nil
    var loader = ModelLoader(
      directory: setting.directory, pathBase: pathBase, environment: setting.environment, options: options,
      findings: findings, shared: shared)
    let documents = try loader.parse(setting.files.map { $0 == "-" ? "-" : Files.join(Files.currentDirectory, $0) })
    let name = try projectName(documents, setting)
    loader = ModelLoader(
      directory: setting.directory, pathBase: pathBase,
      environment: setting.environment.setting("COMPOSE_PROJECT_NAME", name), options: options, findings: findings,
      shared: shared)
    guard let model = try loader.load(documents) else {
      findings.report(
        .error(
          at: Place(file: shared.file(setting.files.first ?? "-")), "empty compose file", remedy: "define services:"))
      throw StageFailed()
    }
    model.set("name", Self.named(name, model["name"]))
    if options.normalizes {
      Normalization(projectName: name, lookup: loader.budgeted(loader.lookup)).run(model)
      try findings.stopIfErrors()
    }
    let root = Self.ordered(model)
    let project = ComposeProject(
      name: name, workingDirectory: setting.directory, root: root, files: setting.files,
      environment: loader.environment,
      options: options)
    try finish(project, profiles: setting.profiles, shared)
    return project
  }

  /// Profiles, consistency, selection, files of services.
  private func finish(_ project: ComposeProject, profiles: [String], _ shared: SharedLoads) throws(StageFailed) {
    var selection = Selection(root: project.root, findings: findings)
    selection.apply(profiles: profiles, asked: options.services)
    project.disabled = selection.disabled
    project.activeProfiles = profiles
    if options.takesPeerForms {
      PeerForms(findings: findings).resolveFamilies(in: project.root, disabled: project.disabled)
    }
    if options.checksConsistency { try Self.checkConsistency(project, findings: findings) }
    selection.select(options.services)
    project.disabled = selection.disabled
    try findings.stopIfErrors()
    if options.resolvesEnvironment {
      let files = ServiceFiles(
        environment: project.environment, findings: findings, base: project.workingDirectory,
        budget: shared.budget, permits: { path, _ in shared.confinement.permits(path) })
      files.run(project.services)
      try findings.stopIfErrors()
    }
  }

  private static func checkConsistency(_ project: ComposeProject, findings: Findings) throws(StageFailed) {
    Consistency(root: project.root, disabled: project.disabled, findings: findings).run()
    DependencyGraph(services: project.services, disabled: project.disabled, findings: findings).run()
    try findings.stopIfErrors()
  }

  /// Checks a model again, after scripts have changed it: shape, long forms, types, rules, consistency.
  /// Short forms that a script wrote become long ones.
  ///
  /// What a script wrote has its own rights: `rights` says where its paths start from, and what they may lead to.
  ///
  /// - Throws: `StageFailed` when it found an error.
  func validate(_ project: ComposeProject, rights: WriterRights? = nil) throws(StageFailed) {
    var check = ShapeCheck(findings: findings)
    check.run(project.root)
    try findings.stopIfErrors()
    var short = ShortForms(findings: findings, budget: Budget())
    short.run(project.root)
    var completion = Completion(
      base: project.workingDirectory, insertsDefaults: true, environment: project.environment)
    if let rights { completion.baseOfScript = rights.base }
    var binding = Binding(findings: findings, completion: completion)
    binding.run(project.root)
    StructureRules(findings: findings).run(project.root)
    try findings.stopIfErrors()
    // Profiles that a script gave select as those of the file do.
    var selection = Selection(root: project.root, findings: findings)
    selection.apply(profiles: project.activeProfiles, asked: project.options.services)
    project.disabled.merge(selection.disabled) { _, new in new }
    Normalization(projectName: project.name, lookup: { _ in nil }).run(project.root)
    // What the compose files named was read before; variables are no script's.
    let files = ServiceFiles(
      environment: ProjectEnvironment(process: [:]), findings: findings, base: project.workingDirectory,
      budget: Budget(), permits: { rights?.permits($0, $1.place) ?? true })
    files.run(project.services)
    try findings.stopIfErrors()
    try Self.checkConsistency(project, findings: findings)
  }
}

// MARK: - Name and order

extension ComposeLoader {
  /// `-p`, else COMPOSE_PROJECT_NAME, else the last `name:` of the files, else the name of the directory.
  private func projectName(_ documents: [ModelLoader.Document], _ setting: Setting) throws(StageFailed) -> String {
    let explicit = options.projectName ?? setting.environment["COMPOSE_PROJECT_NAME"].flatMap { $0.isEmpty ? nil : $0 }
    if let explicit, !explicit.isEmpty {
      if ProjectName.isValid(explicit) { return explicit }
      findings.report(ProjectName.invalid(explicit, at: .unknown))
      throw StageFailed()
    }
    var name = ""
    for document in documents {
      guard let text = document.root["name"]?.string, !text.isEmpty else { continue }
      let value = options.interpolates ? try? VariableText.substitute(text) { setting.environment[$0] } : text
      if let value, !value.isEmpty { name = value }
    }
    if name.isEmpty { name = Files.lastComponent(setting.directory) }
    name = ProjectName.normalize(name)
    if name.isEmpty {
      findings.report(
        .error(at: .unknown, "project name must not be empty", remedy: "write name: at the top of the file, or use -p"))
      throw StageFailed()
    }
    return name
  }

  private static func named(_ name: String, _ old: Node?) -> Node {
    if let old, old.string == name { return old }
    let node = Node(.string(name), at: old?.place ?? .unknown)
    node.keyPlace = old?.keyPlace
    return node
  }

  /// The model with its sections in the order of the field table, then the user's own keys.
  private static func ordered(_ model: Node) -> Node {
    var fields = Node.Fields()
    for attribute in Fields.root.attributes { if let node = model[attribute.name] { fields[attribute.name] = node } }
    for (key, node) in model.fields ?? [:] where fields[key] == nil { fields[key] = node }
    return Node(.map(fields), at: model.place)
  }
}

/// The files, the directory, the variables and the profiles of a project.
struct Setting {
  var files: [String]
  var directory: String
  var environment: ProjectEnvironment
  var profiles: [String]

  static func find(_ options: ComposeOptions, process: [String: String], findings: Findings) throws(StageFailed)
    -> Setting
  {
    let current = Files.currentDirectory
    func absolute(_ path: String) -> String { Files.join(current, path) }
    func directory(of files: [String]) -> String {
      if let given = options.projectDirectory { return absolute(given) }
      return files.first { $0 != "-" }.map { Files.directory(of: absolute($0)) } ?? current
    }
    var environment = ProjectEnvironment(process: process)
    var files = options.files
    var home = directory(of: files)
    let named = options.environmentFiles ?? process["COMPOSE_ENV_FILES"].flatMap(list)
    let confinement = Confinement(options, directory: home)
    read(named, in: home, into: &environment, findings, confinement)
    if files.isEmpty {
      do throws(Finding) {
        files = try FileDiscovery.find(
          in: options.projectDirectory.map(absolute) ?? current, environment: environment, findings: findings)
      } catch {
        findings.report(error)
        throw StageFailed()
      }
      let found = directory(of: files)
      // What `.env` says of the files is no more than what another file says.
      if environment.process["COMPOSE_FILE"] == nil, environment["COMPOSE_FILE"].map({ !$0.isEmpty }) == true,
        let outside = files.first(where: { !confinement.permits(absolute($0)) })
      {
        findings.report(.error(at: .unknown, "\(outside) \(Confinement.reason)", remedy: "name it with -f"))
        throw StageFailed()
      }
      if found != home {
        read(
          named == nil ? nil : [], in: found, into: &environment, findings, Confinement(options, directory: found))
      }
      home = found
    }
    let profiles = options.profiles.isEmpty ? environment["COMPOSE_PROFILES"].flatMap(list) ?? [] : options.profiles
    return Setting(files: files, directory: home, environment: environment, profiles: profiles)
  }

  private static func list(_ text: String) -> [String]? {
    let parts = text.split(separator: ",").map { part in
      String(part.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
    return parts.filter { !$0.isEmpty }
  }

  /// Named files must exist; `.env` may.
  private static func read(
    _ named: [String]?, in directory: String, into environment: inout ProjectEnvironment, _ findings: Findings,
    _ confinement: Confinement
  ) {
    if let named {
      for path in named {
        environment.read(
          Files.join(Files.currentDirectory, path), shownAs: path, at: .unknown, findings: findings, isNamed: true)
      }
      return
    }
    if let flag = environment.process["COMPOSE_DISABLE_ENV_FILE"], ["1", "true", "t"].contains(flag.lowercased()) {
      return
    }
    let path = Files.join(directory, ".env")
    if Files.exists(path), !Files.isDirectory(path) {
      environment.read(
        path, shownAs: Files.shown(path), at: .unknown, findings: findings, confinedTo: confinement)
    }
  }
}
