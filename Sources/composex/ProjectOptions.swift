import ArgumentParser
import ComposeXEngine

/// The options that say which project is meant; the same for every subcommand that loads one.
struct ProjectOptions: ParsableArguments {
  @Option(
    name: [.customShort("f"), .customLong("file")], parsing: .singleValue,
    help: ArgumentHelp("Compose file; repeat it to merge several, - is standard input.", valueName: "file"),
    completion: CompletionNames.composeFile)
  var file: [String] = []

  @Option(
    name: .customLong("env-file"), parsing: .singleValue,
    help: ArgumentHelp("File with variables, instead of .env; may be repeated.", valueName: "file"), completion: .file()
  )
  var envFile: [String] = []

  @Option(
    name: [.customShort("p"), .customLong("project-name")], help: ArgumentHelp("Project name.", valueName: "name"))
  var projectName: String?

  @Option(
    name: .customLong("profile"), parsing: .singleValue,
    help: ArgumentHelp("Profile to activate, * for all; may be repeated.", valueName: "name"))
  var profile: [String] = []

  @Option(
    name: .customLong("project-directory"),
    help: ArgumentHelp("Directory that relative paths start from.", valueName: "directory"), completion: .directory)
  var projectDirectory: String?

  @Flag(name: .customLong("confine"), help: "Read nothing that compose files name outside of the project directory.")
  var confine = false

  @Option(
    name: .customLong("allow-read"), parsing: .singleValue,
    help: ArgumentHelp(
      "A folder outside of the project that FromFile and other x- keys may read; may be repeated.",
      valueName: "directory"))
  var allowRead: [String] = []

  /// What these options say to the loader.
  var composeOptions: ComposeOptions {
    var options = ComposeOptions()
    options.files = file
    options.environmentFiles = envFile.isEmpty ? nil : envFile
    options.projectName = projectName
    options.profiles = profile
    options.projectDirectory = projectDirectory
    options.takesPeerForms = true
    options.confines = confine
    options.readable = allowRead.map { Files.join(Files.currentDirectory, $0) }
    return options
  }
}
