import ArgumentParser
import ComposeXEngine

/// `composex render`: compose files, packs and scripts in, a CloudFormation template out.
struct Render: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "render", abstract: "Write the CloudFormation template of a project.")

  @OptionGroup var options: RunOptions

  @Option(name: .customLong("format"), help: "The format of the template: yaml or json. (default: yaml)")
  var format: TemplateFormat?

  @Option(
    name: [.customShort("o"), .customLong("output")],
    help:
      "A file, or a folder, to write the template to, instead of standard output (-); the nested layout needs a folder."
  )
  var output: String?

  @Flag(help: "Render again whenever a file changes, and print what changed; a template without -o is not printed.")
  var watch = false

  func run() throws {
    if watch {
      var watching = Watching(options)
      return try watching.run({ if output != nil { try write($0) } }, format ?? .yaml)
    }
    let findings = options.findings
    try Process.run(findings, options.findingsFormat) {
      try write(Process.keeping(Pipeline(options.input, findings: findings)).render(format ?? .yaml))
    }
  }

  private func write(_ templates: [Pipeline.Template]) throws {
    guard let output, output != Process.standardOutput else {
      guard let template = templates.first, templates.count == 1 else {
        throw Finding.error(
          at: Place(file: SourceFile(name: "composex", role: .commandLine)),
          "the nested layout has \(templates.count) templates, which need a folder", remedy: "name one: -o FOLDER")
      }
      return try Process.emit(template.bytes)
    }
    if templates.count == 1, !output.hasSuffix("/"), !Files.isDirectory(output) {
      do throws(Files.Failure) { return try Files.write(templates[0].bytes, to: output) } catch {
        throw Self.unwritten(output, error.reason)
      }
    }
    do throws(OutputFolder.Failure) {
      try OutputFolder(output).write(templates.map { ($0.file, $0.bytes) })
    } catch {
      throw Self.unwritten(error.path, error.reason)
    }
  }

  private static func unwritten(_ path: String, _ reason: String) -> Finding {
    .error(
      at: Place(file: SourceFile(name: path, role: .commandLine)), "cannot be written: \(reason)",
      remedy: "name a file in a folder that exists and can be written to")
  }
}

extension TemplateFormat: ExpressibleByArgument {
  /// The formats, for help and completion.
  public static var allValueStrings: [String] { allCases.map { $0.rawValue } }
}
