/// Which files and variables a value of the model may name: those of whoever wrote it.
///
/// The user's lines may read in the project directory, and below what `--allow-read` names. What a script or a pack wrote may read in
/// its own folder, and no variables. Links are followed before paths are compared.
struct ReadRights {
  /// Who may read what: folders without links in their paths.
  struct Reader {
    /// Where relative paths start from; nil for a script that has no folder, such as standard input.
    var base: String?
    var folders: [String]
    /// The script or pack, as options have its name; nil for the user.
    var unit: String?
  }

  enum Answer {
    /// The path, without links.
    case inside(String)
    case outside
    case missing
  }

  private let user: Reader
  private let files: ScriptFiles

  init(_ project: ComposeProject, _ files: ScriptFiles) {
    let folders = ([project.workingDirectory] + project.options.readable).map(Files.resolvingLinks)
    user = Reader(base: project.workingDirectory, folders: folders)
    self.files = files
  }

  /// Who wrote what stands at `place`.
  func reader(of place: Place) -> Reader {
    guard let file = place.file, file.role == .script || file.role == .pack else { return user }
    let owner = files.owner(of: file)
    return Reader(
      base: owner?.folder, folders: owner.map { [$0.folder] } ?? [], unit: owner?.unit ?? Options.stem(file.name))
  }

  /// For a value that nothing says the writer of: a script put it where the generators take it.
  static let nobody = Reader(base: nil, folders: [], unit: "a script")

  /// Where relative paths of a script start from; nil for the user's.
  func base(of place: Place) -> String? {
    let reader = reader(of: place)
    return reader.unit == nil ? nil : reader.base ?? "/"
  }

  /// What a path leads to. Nothing outside is looked at on behalf of a script: whether it is there is none of its business.
  func resolve(_ path: String, for reader: Reader) -> Answer {
    guard let base = reader.base else { return .outside }
    let full = Files.join(base, path)
    let isBelow = reader.folders.contains { Files.isAtOrBelow(full, $0) } || Files.isAtOrBelow(full, base)
    if reader.unit != nil, !isBelow || Self.holdsVariables(full) { return .outside }
    guard Files.exists(full) else { return isBelow ? .missing : .outside }
    let real = Files.resolvingLinks(full)
    if reader.unit != nil, Self.holdsVariables(real) { return .outside }
    return reader.folders.contains { Files.isAtOrBelow(real, $0) } ? .inside(real) : .outside
  }

  /// The same for the loader.
  var ofWriters: WriterRights { WriterRights(base: base, permits: { permits($0, writtenAt: $1) }) }

  /// Whether what stands at `place` may read `path`: what Compose itself reads for the user was decided before.
  func permits(_ path: String, writtenAt place: Place) -> Bool {
    let reader = reader(of: place)
    if reader.unit == nil { return true }
    if case .inside = resolve(path, for: reader) { return true }
    return false
  }

  /// Whether a file is one of those that hold variables, which are no script's.
  static func holdsVariables(_ path: String) -> Bool {
    let name = Files.lastComponent(path)
    return name == ".env" || name.hasPrefix(".env.")
  }
}
