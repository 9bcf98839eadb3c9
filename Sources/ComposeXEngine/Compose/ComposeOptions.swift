/// What the command line says about loading a project.
public struct ComposeOptions: Sendable {
  /// Compose files in the order of merging, as the user wrote them; `-` is standard input. Empty: they are looked for.
  public var files: [String] = []
  /// Environment files; nil: `.env` in the project directory, when there is one.
  public var environmentFiles: [String]?
  /// What is in files that are not on the disk, by the names that `files` gives them.
  var texts: [String: [UInt8]] = [:]
  /// What relative paths start from; nil: the folder of the first file.
  public var projectDirectory: String?
  /// What `-p` gives; it wins over `name:` and over the folder.
  public var projectName: String?
  /// Services of these are active, beside those without a profile; `*` is all.
  public var profiles: [String] = []
  /// Only these services and what they depend on; empty: all.
  public var services: [String] = []
  /// Whether `${...}` is filled in.
  public var interpolates = true
  /// Whether what other parts imply is written out: networks, dependencies, builds.
  public var normalizes = true
  /// Whether relative paths become whole.
  public var resolvesPaths = true
  /// Whether what services refer to must be there.
  public var checksConsistency = true
  /// Whether `env_file` and `label_file` are read and bare environment keys are looked up.
  public var resolvesEnvironment = true
  /// Whether forms are taken that ECS ComposeX takes and compose refuses (`PeerForms`).
  public var takesPeerForms = false
  /// Whether all that compose files name must lie in the project directory (`--confine`).
  public var confines = false
  /// Folders beside the project directory that `FromFile` and other `x-` keys may read (`--allow-read`).
  public var readable: [String] = []

  /// The files of the current directory, loaded as `render` loads them.
  public init() {}
}

/// A loaded project: the canonical model and how it came about.
public final class ComposeProject {
  /// Lower case; the name of stacks and physical names.
  public let name: String
  /// Absolute.
  let workingDirectory: String
  /// The canonical model: one mapping with `name`, `services`, `networks`, `volumes`, `secrets`, `configs`, `models`, `x-*`.
  public let root: Node
  /// Services that no active profile selects, or that were not asked for.
  var disabled: Node.Fields = [:]
  /// The profiles that are switched on.
  var activeProfiles: [String] = []
  /// The compose files that were read, as the user named them or as they were found.
  public let files: [String]
  /// The variables that files and the process gave, for `${...}` and bare environment keys.
  public let environment: ProjectEnvironment
  /// What it was loaded with.
  public let options: ComposeOptions

  init(
    name: String, workingDirectory: String, root: Node, files: [String], environment: ProjectEnvironment,
    options: ComposeOptions
  ) {
    self.name = name
    self.workingDirectory = workingDirectory
    self.root = root
    self.files = files
    self.environment = environment
    self.options = options
  }

  /// The active services, in the order of the files.
  public var services: Node.Fields { root["services"]?.fields ?? [:] }
}

extension ComposeProject {
  /// A project with nothing in it.
  static var empty: ComposeProject {
    ComposeProject(
      name: "empty", workingDirectory: Files.currentDirectory, root: Node(.map([:]), at: .unknown), files: [],
      environment: ProjectEnvironment(process: [:]), options: ComposeOptions())
  }
}
