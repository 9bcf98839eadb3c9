import ArgumentParser
import ComposeXEngine

/// The options that say which project is meant; the same for every subcommand that loads one.
struct ProjectOptions: ParsableArguments {
  @Option(
    name: [.customShort("f", allowingJoined: true), .customLong("file")], parsing: .singleValue,
    help: ArgumentHelp("Read this compose file; repeat it to merge several, - is standard input.", valueName: "file"),
    completion: CompletionNames.composeFile)
  var file: [String] = []

  @Option(
    name: .customLong("env-file"), parsing: .singleValue,
    help: ArgumentHelp("Take variables from this file, instead of .env. May be repeated.", valueName: "file"),
    completion: .file())
  var envFile: [String] = []

  @Option(
    name: [.customShort("p", allowingJoined: true), .customLong("project-name")],
    help: ArgumentHelp("Name the project. (default: the folder's name)", valueName: "name"))
  var projectName: String?

  @Option(
    name: .customLong("profile"), parsing: .singleValue,
    help: ArgumentHelp("Switch a profile on, * all. May be repeated.", valueName: "name"))
  var profile: [String] = []

  @Option(
    name: .customLong("project-directory"),
    help: ArgumentHelp("Start relative paths from this directory.", valueName: "directory"),
    completion: .directory)
  var projectDirectory: String?

  @Flag(name: .customLong("confine"), help: "Read nothing that compose files name outside of the project directory.")
  var confine = false

  @Option(
    name: .customLong("allow-read"), parsing: .singleValue,
    help: ArgumentHelp(
      "Let FromFile and other x- keys read a folder outside of the project. May be repeated.",
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
