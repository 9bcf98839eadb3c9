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
    help: "A file, or a folder, to write the template to, instead of standard output; the nested layout needs a folder."
  )
  var output: String?

  func run() throws {
    let findings = Findings(strict: options.strict)
    try Process.run(findings, options.findingsFormat) {
      try write(Process.keeping(Pipeline(options.input, findings: findings)).render(format ?? .yaml))
    }
  }

  private func write(_ templates: [Pipeline.Template]) throws {
    guard let output else {
      guard let template = templates.first, templates.count == 1 else {
        throw Finding.error(
          at: Place(file: SourceFile(name: "composex", role: .commandLine)),
          "the nested layout has \(templates.count) templates, which need a folder", remedy: "name one: -o FOLDER")
      }
      guard Process.write(template.bytes) else { throw ExitCode.failure }
      return
    }
    let isFolder = templates.count > 1 || Files.isDirectory(output)
    do throws(Files.Failure) {
      if templates.count > 1 { try Files.makeDirectory(output) }
      try Files.write(templates.map { (isFolder ? Files.join(output, $0.file) : output, $0.bytes) })
    } catch {
      let name = isFolder && templates.count == 1 ? Files.join(output, templates[0].file) : output
      throw Finding.error(
        at: Place(file: SourceFile(name: name, role: .commandLine)), "cannot be written: \(error.reason)",
        remedy: "name a file in a folder that exists and can be written to")
    }
  }
}

extension TemplateFormat: ExpressibleByArgument {
  /// The formats, for help and completion.
  public static var allValueStrings: [String] { allCases.map { $0.rawValue } }
}
