/// What the command line says about loading a project.
public struct ComposeOptions: Sendable {
  /// Compose files in the order of merging, as the user wrote them; `-` is standard input. Empty: they are looked for.
  public var files: [String] = []
  /// Environment files; nil: `.env` in the project directory, when there is one.
  public var environmentFiles: [String]?
  /// What is in files that are not on the disk, by the names that `files` gives them.
  public var texts: [String: [UInt8]] = [:]
  public var projectDirectory: String?
  public var projectName: String?
  public var profiles: [String] = []
  /// Only these services and what they depend on; empty: all.
  public var services: [String] = []
  public var interpolates = true
  public var normalizes = true
  public var resolvesPaths = true
  public var checksConsistency = true
  /// Whether `env_file` and `label_file` are read and bare environment keys are looked up.
  public var resolvesEnvironment = true

  public init() {}
}

/// A loaded project: the canonical model and how it came about.
public final class ComposeProject {
  public let name: String
  /// Absolute.
  public let workingDirectory: String
  /// The canonical model: one mapping with `name`, `services`, `networks`, `volumes`, `secrets`, `configs`, `models`, `x-*`.
  public let root: Node
  /// Services that no active profile selects, or that were not asked for.
  public internal(set) var disabled: Node.Fields = [:]
  /// The compose files that were read, as the user named them or as they were found.
  public let files: [String]
  /// The variables that files and the process gave, for `${...}` and bare environment keys.
  public let environment: ProjectEnvironment
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
