import ArgumentParser
import ComposeXEngine

/// `composex render`: compose files, packs and scripts in, a CloudFormation template out.
struct Render: ParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Write the CloudFormation template of a project.")

  @OptionGroup var options: RunOptions
  @OptionGroup var diagnostics: DiagnosticsOptions

  @Option(help: "The format of the template: yaml or json.")
  var format = TemplateFormat.yaml

  @Option(name: .shortAndLong, help: "A file, or a folder, to write the template to, instead of standard output.")
  var output: String?

  func run() throws {
    let findings = Findings(strict: options.strict)
    try Process.run(findings, diagnostics.diagnosticsFormat) {
      try write(Pipeline(options.input, findings: findings).render(format))
    }
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
