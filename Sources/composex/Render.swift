import ArgumentParser
import ComposeXEngine

/// `composex render`: compose files, packs and scripts in, a CloudFormation template out.
struct Render: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "render", abstract: "Write the CloudFormation template of a project.",
    discussion: """
      Writes to standard output, without -o. Rendering asks nobody, and twice the same files are the same bytes.

      Examples:
        composex render -o template.yaml
        composex render -f compose.yaml -f prod.yaml --script tags.lua -o out/
      """)

  @OptionGroup var options: RunOptions

  @Option(
    name: .customLong("format"),
    help: ArgumentHelp(
      "Write the template as yaml or json. (default: as the name of -o ends, else yaml)", valueName: "format"))
  var format: TemplateFormat?

  @Option(
    name: [.customShort("o"), .customLong("output")],
    help: ArgumentHelp(
      "Write to a file, or to a folder (made for a name that ends in /), not to standard output (-). The nested layout needs a folder.",
      valueName: "path")
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
      try write(Process.keeping(Pipeline(options.input, findings: findings)).render(format ?? Self.format(of: output)))
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
      return try Process.emit(templates[0].bytes, toFile: output)
    }
    do throws(OutputFolder.Failure) {
      try OutputFolder(output).write(templates.map { ($0.file, $0.bytes) })
    } catch {
      throw Process.unwritten(error.path, error.reason, isRefused: error.isRefused)
    }
  }

  /// What the name of a file says of its format.
  private static func format(of output: String?) -> TemplateFormat {
    output?.hasSuffix(".json") == true ? .json : .yaml
  }
}

extension TemplateFormat: ExpressibleByArgument {
  /// The formats, for help and completion.
  public static var allValueStrings: [String] { allCases.map { $0.rawValue } }
}
