import ArgumentParser
import ComposeXEngine

/// The options that say which project is meant; the same for every subcommand that loads one.
struct ProjectOptions: ParsableArguments {
  @Option(
    name: [.customShort("f"), .long], parsing: .singleValue,
    help: ArgumentHelp("Compose file; repeat it to merge several, - is standard input.", valueName: "file"))
  var file: [String] = []

  @Option(
    parsing: .singleValue,
    help: ArgumentHelp("File with variables, instead of .env; may be repeated.", valueName: "file"))
  var envFile: [String] = []

  @Option(name: [.customShort("p"), .long], help: ArgumentHelp("Project name.", valueName: "name"))
  var projectName: String?

  @Option(
    parsing: .singleValue, help: ArgumentHelp("Profile to activate, * for all; may be repeated.", valueName: "name"))
  var profile: [String] = []

  @Option(help: ArgumentHelp("Directory that relative paths start from.", valueName: "directory"))
  var projectDirectory: String?

  /// What these options say to the loader.
  var composeOptions: ComposeOptions {
    var options = ComposeOptions()
    options.files = file
    options.environmentFiles = envFile.isEmpty ? nil : envFile
    options.projectName = projectName
    options.profiles = profile
    options.projectDirectory = projectDirectory
    return options
  }
}
