import ArgumentParser
import ComposeXEngine

/// The options of every command that goes through the whole pipeline: the project, packs and scripts, and how findings are reported.
///
/// Groups and types of options are few, and defaults stand in the help: for each, the parser searches all conformances of the
/// program several times, which a run of some milliseconds notices. So it does when the parser has to make up their names.
struct RunOptions: ParsableArguments {
  @OptionGroup var project: ProjectOptions

  @Option(
    name: .customLong("pack"),
    help: ArgumentHelp(
      "Load a pack: its folder, its name in composex.lock, or what composex pack add was given. May be repeated.",
      valueName: "pack"), completion: .directory)
  var packs: [String] = []

  @Option(
    name: .customLong("script"),
    help: ArgumentHelp(
      "Run a Lua script that changes or checks what is generated. May be repeated.", valueName: "file.lua"),
    completion: .file(extensions: ["lua"]))
  var scripts: [String] = []

  @Option(
    name: .customLong("set"),
    help: ArgumentHelp("Set an option of a script or a pack (PACK.KEY=VALUE). May be repeated.", valueName: "key=value")
  )
  var settings: [String] = []

  @Option(
    name: .customLong("settings"),
    help: ArgumentHelp("Take options, account and region from a YAML file.", valueName: "file"))
  var settingsFile: String?

  @Option(
    name: .customLong("lookups"),
    help: ArgumentHelp(
      "Read what composex lookup found from this file. (default: composex.lookups.json beside the compose file)",
      valueName: "file"))
  var lookups: String?

  @Flag(name: .customLong("strict"), help: "Take warnings for errors.")
  var strict = false

  @Flag(name: [.customShort("q"), .customLong("quiet")], help: "Report errors only.")
  var quiet = false

  @Flag(
    name: [.customShort("v"), .customLong("verbose")],
    help: "Report each finding by itself, and with the code of its kind.")
  var verbose = false

  @Option(
    name: .customLong("script-timeout"),
    help: ArgumentHelp("Let scripts run for so many seconds. (default: 10)", valueName: "seconds"))
  var scriptTimeout: Double?

  @Option(
    name: .customLong("diagnostics-format"),
    help: ArgumentHelp(
      "Write findings as text, json, sarif, github or gitlab (Code Quality). (default: text)", valueName: "format"))
  var diagnosticsFormat: DiagnosticsFormat?

  func validate() throws {
    for setting in settings where !setting.dropFirst().contains("=") {
      throw ValidationError("--set takes KEY=VALUE, not \(setting)")
    }
    try Self.check(scriptTimeout: scriptTimeout)
  }

  static func check(scriptTimeout seconds: Double?) throws {
    guard let seconds, !(seconds > 0 && seconds <= 86400) else { return }
    throw ValidationError("--script-timeout takes a number of seconds above 0, not \(seconds)")
  }

  /// Where findings are collected.
  var findings: Findings {
    (Process.groups, Process.showsCodes) = (!verbose, verbose)
    return Findings(strict: strict, keepsErrorsOnly: quiet)
  }

  /// How findings are reported.
  var findingsFormat: DiagnosticsFormat { diagnosticsFormat ?? .text }

  /// What these options say to the pipeline.
  var input: Pipeline.Input {
    var input = Pipeline.Input(compose: project.composeOptions)
    input.packs = packs.map {
      PackReference(text: $0, directory: Files.join(Files.currentDirectory, $0), place: .unknown, isOrganisations: true)
    }
    input.scripts = scripts
    input.lookups = lookups
    input.settings = settings.map(Options.Setting.init)
    input.settingsFile = settingsFile
    if let scriptTimeout { input.limits.seconds = scriptTimeout }
    return input
  }
}

extension DiagnosticsFormat: ExpressibleByArgument {
  /// The formats, for help and completion.
  public static var allValueStrings: [String] { allCases.map { $0.rawValue } }
}

extension Options.Setting {
  /// `key=value`; the text was checked to have both.
  fileprivate init(_ text: String) {
    let equals = text.firstIndex(of: "=") ?? text.endIndex
    self.init(key: String(text[..<equals]), value: String(text[equals...].dropFirst()))
  }
}
