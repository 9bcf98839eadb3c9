import ArgumentParser
import ComposeXEngine
import ComposeXLua
import Glibc

/// `composex render`: compose files and scripts in, a CloudFormation template out.
struct Render: ParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Write the CloudFormation template of a project.")

  @OptionGroup var project: ProjectOptions

  @Option(name: .customLong("pack"), help: "A pack of rules: its folder. May be repeated.")
  var packs: [String] = []

  @Option(name: .customLong("script"), help: "A Lua script that changes or checks what is generated. May be repeated.")
  var scripts: [String] = []

  @Option(name: .customLong("set"), help: "A value for an option of a script, as KEY=VALUE. May be repeated.")
  var settings: [String] = []

  @Option(help: "The format of the template: yaml or json.")
  var format = TemplateFormat.yaml

  @Option(name: .shortAndLong, help: "A file, or a folder, to write the template to, instead of standard output.")
  var output: String?

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

  func run() throws {
    let findings = Findings(strict: strict)
    try Process.run(findings) {
      try write(Pipeline(input, findings: findings).render(format))
    }
  }

  private var input: Pipeline.Input {
    var input = Pipeline.Input(compose: project.composeOptions)
    input.packs = packs.map { PackReference(text: $0, directory: Files.join(Files.currentDirectory, $0), place: .unknown) }
    input.scripts = scripts
    input.settings = settings.map(Options.Setting.init)
    input.limits.seconds = scriptTimeout
    return input
  }

  private func write(_ template: [UInt8]) throws {
    guard let output else {
      guard Process.write(template) else { throw ExitCode.failure }
      return
    }
    let path = Files.isDirectory(output) ? Files.join(output, "template.\(format.rawValue)") : output
    do throws(Files.Failure) { try Files.write(template, to: path) } catch {
      throw Finding.error(
        at: Place(file: SourceFile(name: path, role: .commandLine)), "cannot be written: \(error.reason)",
        remedy: "name a file in a folder that exists and can be written to")
    }
  }
}

extension TemplateFormat: ExpressibleByArgument {}

extension Options.Setting {
  /// `key=value`; the text was checked to have both.
  fileprivate init(_ text: String) {
    let equals = text.firstIndex(of: "=") ?? text.endIndex
    self.init(key: String(text[..<equals]), value: String(text[equals...].dropFirst()))
  }
}
