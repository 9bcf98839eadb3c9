import ArgumentParser
import ComposeXEngine

/// The options of every command that goes through the whole pipeline: the project, packs and scripts.
struct RunOptions: ParsableArguments {
  @OptionGroup var project: ProjectOptions

  @Option(name: .customLong("pack"), help: "A pack of rules: its folder. May be repeated.")
  var packs: [String] = []

  @Option(name: .customLong("script"), help: "A Lua script that changes or checks what is generated. May be repeated.")
  var scripts: [String] = []

  @Option(name: .customLong("set"), help: "A value for an option of a script or a pack, as KEY=VALUE. May be repeated.")
  var settings: [String] = []

  @Flag(help: "Take warnings for errors.")
  var strict = false

  @Option(help: "How many seconds scripts may run.")
  var scriptTimeout = 10.0

  func validate() throws {
    for setting in settings where !setting.dropFirst().contains("=") {
      throw ValidationError("--set takes KEY=VALUE, not \(setting)")
    }
    guard scriptTimeout > 0, scriptTimeout <= 86400 else {
      throw ValidationError("--script-timeout takes a number of seconds above 0, not \(scriptTimeout)")
    }
  }

  /// What these options say to the pipeline.
  var input: Pipeline.Input {
    var input = Pipeline.Input(compose: project.composeOptions)
    input.packs = packs.map {
      PackReference(text: $0, directory: Files.join(Files.currentDirectory, $0), place: .unknown)
    }
    input.scripts = scripts
    input.settings = settings.map(Options.Setting.init)
    input.limits.seconds = scriptTimeout
    return input
  }
}

extension Options.Setting {
  /// `key=value`; the text was checked to have both.
  fileprivate init(_ text: String) {
    let equals = text.firstIndex(of: "=") ?? text.endIndex
    self.init(key: String(text[..<equals]), value: String(text[equals...].dropFirst()))
  }
}
