import ArgumentParser
import ComposeXEngine

/// `composex migrate`: the compose file in today's spellings, beside the old one.
struct Migrate: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "migrate", abstract: "Write a compose file with today's spellings beside the old one.",
    discussion: """
      Keys of Docker's ECS integration and older spellings of x- keys are written as composex has them today; comments and everything \
      else stay. No file is written over, and both files must render the same template.

      Examples:
        composex migrate
        composex migrate -f prod.yaml -o prod.today.yaml
      """)

  @OptionGroup var options: RunOptions
  @Option(
    name: [.customShort("o"), .customLong("output")],
    help: ArgumentHelp("The file to write. (default: compose.migrated.yaml beside compose.yaml)", valueName: "file"))
  var output: String?

  func run() throws {
    let findings = Findings(strict: options.strict)
    try Process.run(findings, options.findingsFormat) {
      let migration = try Migration(options.input, findings: findings)
      let files = try migration.files()
      guard !files.isEmpty else { return try Process.say("nothing to migrate: no file has an older spelling") }
      let paths = try files.map { try target(of: $0.path, of: files.count) }
      let isPrinted = output == Process.standardOutput
      func tell(_ text: String) throws { if isPrinted { Process.warn(text) } else { try Process.say(text) } }
      if !isPrinted, let taken = paths.first(where: Files.isTaken) {
        throw Self.failure(at: taken, "is there already, and nothing was written", "name another file: -o FILE")
      }
      let rendering = Findings(keepsErrorsOnly: true)
      let same: Bool?
      do { same = try migration.rendersTheSame(files, findings: rendering) } catch { same = nil }
      if same == false {
        throw Self.failure(
          at: paths[0], "would render another template than \(files[0].path), and was not written",
          "write today's spellings by hand, as render reports them")
      }
      for (file, path) in zip(files, paths) {
        if isPrinted {
          try Process.emit(file.bytes)
        } else {
          try Self.write(file.bytes, to: path)
          try tell("wrote \(path)")
        }
        for (key, place) in file.leftOut {
          findings.report(
            .warning(at: place, "\(key) stays as it is: it stands in what an alias repeats", remedy: "write it by hand")
          )
        }
      }
      if same == true { return try tell("both render the same template") }
      for finding in rendering.all { findings.report(finding) }
      try tell("the project does not render, so the templates were not compared")
    }
  }

  private static func write(_ bytes: [UInt8], to path: String) throws {
    do throws(Files.Failure) { try Files.write(bytes, to: path) } catch {
      throw failure(at: path, "cannot be written: \(error.reason)", "name a file in a folder that exists: -o FILE")
    }
  }

  /// `prod.yaml` -> `prod.migrated.yaml`, or what `-o` names.
  private func target(of path: String, of count: Int) throws -> String {
    if let output {
      if count == 1 { return output }
      throw Self.failure(
        at: output, "is one file, and \(count) have older spellings", "migrate them one by one: -f FILE -o FILE")
    }
    let name = path.split(separator: "/", omittingEmptySubsequences: false).last.map(String.init) ?? path
    guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return path + ".migrated" }
    return path.dropLast(name.count) + name[..<dot] + ".migrated" + name[dot...]
  }

  private static func failure(at path: String, _ message: String, _ remedy: String) -> Finding {
    .error(at: Place(file: SourceFile(name: path, role: .commandLine)), message, remedy: remedy)
  }
}
