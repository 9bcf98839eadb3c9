/// `composex migrate`: the compose files of a project with today's spellings, and whether both render the same.
public struct Migration {
  /// A file that says something in an older spelling.
  public struct File {
    /// As the user named it, or as it was found.
    public let path: String
    /// Its text with today's spellings.
    public let bytes: [UInt8]
    /// What the text could not be changed for: an old key, and where it stands.
    public let leftOut: [(key: String, place: Place)]
  }

  private let input: Pipeline.Input
  private let project: ComposeProject

  /// Loads the project; what is wrong with it is reported.
  ///
  /// - Throws: `StageFailed` when it cannot be loaded.
  public init(_ input: Pipeline.Input, findings: Findings) throws(StageFailed) {
    self.input = input
    project = try ComposeLoader(options: input.compose, environment: input.environment, findings: findings).load()
  }

  /// The files with older spellings, in the order of the project.
  public func files() throws -> [File] {
    var found: [File] = []
    for path in project.files where path != "-" {
      let bytes = try Files.read(Files.join(Files.currentDirectory, path))
      if let file = try Self.migrated(bytes, path, project.name) { found.append(file) }
    }
    return found
  }

  /// A file as it is written: not merged with others, and nothing in it filled in.
  private static func migrated(_ bytes: [UInt8], _ path: String, _ name: String) throws -> File? {
    let source = SourceFile(name: path, role: .compose)
    let silent = Findings()
    var respellings: [Respelling] = []
    for document in try YAMLComposer.documents(bytes, file: source, findings: silent) {
      let project = ComposeProject(
        name: name, workingDirectory: Files.currentDirectory, root: document, files: [path],
        environment: ProjectEnvironment(process: [:]), options: ComposeOptions())
      let session = ScriptSession(project: project, stack: Stack(name: name), findings: silent)
      session.respell()
      respellings += session.respellings
    }
    if respellings.isEmpty { return nil }
    guard let map = SourceMap(bytes) else {
      throw Finding.error(
        at: Place(file: source), "the file has line ends that only YAML takes for such",
        remedy: "end its lines with line feeds")
    }
    var edits = SourceEdits(map)
    let changed = edits.apply(respellings)
    return File(path: path, bytes: changed, leftOut: edits.leftOut)
  }

  /// Whether the project renders the same with `files` in the place of those that they were made of; `findings` have what keeps one of
  /// them from rendering.
  ///
  /// - Throws: `StageFailed` when one does not render.
  public func rendersTheSame(_ files: [File], findings: Findings) throws(StageFailed) -> Bool {
    var changed = input
    changed.compose.projectName = project.name
    changed.compose.projectDirectory = project.workingDirectory
    changed.compose.files = project.files.map { path in Files.join(Files.currentDirectory, path) }
    for file in files { changed.compose.texts[Files.join(Files.currentDirectory, file.path)] = file.bytes }
    let before = try Pipeline(input, findings: findings).render(.yaml)
    let after = try Pipeline(changed, findings: findings).render(.yaml)
    return before.map(\.bytes) == after.map(\.bytes)
  }
}
