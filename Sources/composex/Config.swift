import ArgumentParser
import ComposeXEngine
import Glibc

/// `composex config`: prints the canonical compose model.
struct Config: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "config", abstract: "Check the compose files and print the model that they make.",
    discussion: """
      The output is a compose file in canonical form: it loads again to the same output.

      Examples:
        composex config --format json
        composex config --images
      """)

  enum Format: String, ExpressibleByArgument { case yaml, json }

  @OptionGroup var project: ProjectOptions
  @Option(help: ArgumentHelp("Print the model as yaml or json.", valueName: "format")) var format: Format = .yaml
  @Option(name: .shortAndLong, help: ArgumentHelp("Write to a file.", valueName: "file")) var output: String?
  @Flag(name: .shortAndLong, help: "Only check, print nothing.") var quiet = false
  @Flag(help: "Leave variables as they are.") var noInterpolate = false
  @Flag(help: "Leave out what Compose adds by itself.") var noNormalize = false
  @Flag(help: "Leave paths as they are.") var noPathResolution = false
  @Flag(help: "Do not check what services refer to.") var noConsistency = false
  @Flag(help: "Do not read env_file and label_file.") var noEnvResolution = false
  @Flag(help: "Take warnings for errors.") var strict = false
  @Flag(help: "Print the names of the services.") var services = false
  @Flag(help: "Print the names of the volumes.") var volumes = false
  @Flag(help: "Print the names of the networks.") var networks = false
  @Flag(help: "Print the names of the profiles.") var profiles = false
  @Flag(help: "Print the images.") var images = false
  @Flag(help: "Print the variables that the files use, and their defaults.") var variables = false
  @Flag(help: "Print the variables that are known for interpolation.") var environment = false
  @Flag(help: "Print what becomes of each attribute on the platforms that the services run on.") var fidelity = false
  @Argument(help: ArgumentHelp("Take only these services and what they depend on.", valueName: "service")) var names:
    [String] = []

  func run() throws {
    let findings = Findings(strict: strict)
    do {
      let bytes = try text(findings)
      try Process.tell(findings)
      // The report is what was asked for, whatever it says.
      if !quiet, fidelity || !findings.hasErrors { try emit(bytes) }
      if findings.hasErrors { throw ExitCode(1) }
    } catch is StageFailed {
      try Process.tell(findings)
      throw ExitCode(1)
    } catch let finding as Finding {
      findings.report(finding)
      try Process.tell(findings)
      throw ExitCode(1)
    }
  }

  private var options: ComposeOptions {
    var options = project.composeOptions
    options.services = names
    options.takesPeerForms = false
    options.interpolates = !noInterpolate && !variables
    options.normalizes = !noNormalize
    options.resolvesPaths = !noPathResolution
    options.checksConsistency = !noConsistency
    options.resolvesEnvironment = !noEnvResolution
    return options
  }

  private func text(_ findings: Findings) throws -> [UInt8] {
    let loader = ComposeLoader(options: options, findings: findings)
    if environment { return lines(try loader.environment().all.map { "\($0.name)=\($0.value)" }) }
    if variables { return Self.variableList(try loader.variables(), format) }
    let model = Process.keeping(try loader.load())
    if quiet { return [] }
    if fidelity {
      let report = try FidelityReport(model)
      report.tell(findings)
      return format == .json ? JSONWriter.write(report.node) : Array(report.text.utf8)
    }
    if services { return lines(model.services.keys.elements) }
    if volumes { return lines(model.root["volumes"]?.fields?.keys.elements ?? []) }
    if networks { return lines(model.root["networks"]?.fields?.keys.elements ?? []) }
    if profiles { return lines(model.profiles) }
    if images { return lines(model.images) }
    let printed = CanonicalText.node(model)
    guard printed.writtenBytes <= Self.longest else {
      findings.report(
        .error(
          at: .unknown, "the model has more than \(Self.longest >> 20) MiB when it is written",
          remedy: "use fewer copies of long values, or check it with -q"))
      return []
    }
    return format == .json ? JSONWriter.write(printed) : YAMLWriter.write(printed)
  }

  private func lines(_ lines: [String]) -> [UInt8] { lines.flatMap { Array("\(VisibleText.of($0))\n".utf8) } }

  private func emit(_ bytes: [UInt8]) throws {
    guard let output, output != Process.standardOutput else { return try Process.emit(bytes) }
    do throws(Files.Failure) { try Files.write(bytes, to: output) } catch {
      Process.warn("composex: error: cannot write \(output): \(error.reason)")
      throw ExitCode(1)
    }
  }

  /// The most bytes that a model may have on paper.
  private static let longest = 128 << 20

  private static func variableList(_ variables: [VariableText.Variable], _ format: Format) -> [UInt8] {
    if format == .json { return JSONWriter.write(CanonicalText.node(variables)) }
    // Longer names stand out of the column.
    let width = max(4, variables.map { min($0.name.utf8.count, 60) }.max() ?? 0) + 2
    func cell(_ text: String, _ width: Int) -> String {
      text + String(repeating: " ", count: max(1, text.utf8.count > width ? 0 : width - text.count))
    }
    var text = cell("NAME", width) + "REQUIRED  DEFAULT VALUE  ALTERNATE VALUE\n"
    for variable in variables {
      text += cell(variable.name, width) + cell(variable.isRequired ? "true" : "false", 10)
      text += cell(VisibleText.of(variable.fallback), 15) + VisibleText.of(variable.alternate) + "\n"
    }
    return Array(text.utf8)
  }
}
