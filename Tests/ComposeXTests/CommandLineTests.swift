import Foundation
import Testing

/// The command line as fingers know it from other tools, and the help that stands beside it.
@Suite struct CommandLineTests {
  private static let compose = "services: { web: { image: nginx } }\nx-sqs: { jobs: {} }\n"

  private func run(_ line: String, _ files: [String: String] = ["compose.yaml": compose]) throws -> Command.Outcome {
    let folder = FileManager.default.temporaryDirectory.appending(path: "composex-line-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    for (name, text) in files { try Data(text.utf8).write(to: folder.appending(path: name)) }
    return try Command.run(Command.words(line), in: folder)
  }

  /// Options of the project stand before the subcommand as well as behind it.
  @Test(arguments: [
    ("-f compose.yaml render", "render -f compose.yaml"),
    ("-fcompose.yaml config -p shop", "config -p shop -f compose.yaml"),
    ("-p shop config --format json", "config -p shop --format json"), ("config -pshop", "config -p shop"),
    ("--file=compose.yaml --strict --profile x check", "check -f compose.yaml --strict --profile x"),
    ("-f compose.yaml explain x-sqs::jobs", "explain x-sqs::jobs -f compose.yaml"),
    ("--project-directory . --env-file .env config --services", "config --services --env-file .env"),
  ]) func optionsBeforeTheSubcommand(_ before: String, _ behind: String) throws {
    let files = ["compose.yaml": Self.compose, ".env": "A=1\n"]
    let (one, other) = (try run(before, files), try run(behind, files))
    #expect(other.exit == 0, "\(other.errors)")
    #expect(one.exit == other.exit && one.output == other.output && one.errors == other.errors, "\(one.errors)")
  }

  /// Words of other tools, and slips of the pen: one line, and the command to type.
  @Test(arguments: [
    ("convert", "composex config, or composex render"), ("validate", "composex check"), ("deploy", "composex up"),
    ("apply", "composex up"), ("synth", "composex render"), ("build", "composex render"),
    ("package", "composex render -o out/"), ("template", "composex render"), ("destroy", "composex down"),
    ("delete", "composex down"), ("rm", "composex down"), ("preview", "composex plan"), ("changeset", "composex plan"),
    ("start", "composex scale web=1"), ("stop", "composex scale web=0"), ("ls", "composex ps"),
    ("rendr -f a.yaml -o 'x y'", "composex render -f a.yaml -o 'x y'"), ("chekc --strict", "composex check --strict"),
    ("valdate", "composex check"), ("DEPLOY", "composex up"), ("qqqqqqq", "composex --help"),
    ("pack instal", "composex pack add"), ("pack lst", "composex pack list"), ("pack qqqqqq", "composex pack --help"),
    ("-f a.yaml", "composex render -f a.yaml"), ("-f a.yaml rendr", "composex render -f a.yaml"),
  ]) func otherWords(_ line: String, _ type: String) throws {
    let outcome = try run(line)
    #expect(outcome.exit == 2, "\(line)")
    #expect(outcome.errors.hasPrefix("composex: error: ") && outcome.errors.hasSuffix("; type: \(type)\n"))
    #expect(outcome.errors.split(separator: "\n").count == 1, "\(outcome.errors)")
    #expect(outcome.output.isEmpty)
  }

  @Test(arguments: [
    ("help rendr", "render"), ("help convert", "composex help config"), ("help pack instal", "composex pack add"),
  ])
  func helpOfOtherWords(_ line: String, _ near: String) throws {
    let outcome = try run(line)
    #expect(outcome.exit == 2 && outcome.output.isEmpty && outcome.errors.contains(near), "\(outcome.errors)")
  }

  /// The name of a file says its format, and a folder is made.
  @Test func formatOfTheOutput() throws {
    let outcome = try run("render -o out.json")
    #expect(outcome.exit == 0)
    let room = try WritingTests.Room()
    let made = try room.shell(
      "composex render -o out.json && composex render -o new/ && composex render -o t.json --format yaml")
    #expect(made.exit == 0, "\(made.errors)")
    #expect(room.read("out.json").hasPrefix("{") && room.names("new") == ["template.yaml"])
    #expect(!room.read("t.json").hasPrefix("{"))
  }

  private static let subcommands: [String] = {
    let folder = FileManager.default.temporaryDirectory
    func names(_ words: [String]) -> [String] {
      let help = (try? Command.run(words + ["--help"], in: folder).output) ?? ""
      let list = help.split(separator: "SUBCOMMANDS:").last.map(String.init) ?? ""
      return list.split(separator: "\n").compactMap { line in
        let words = line.split(separator: " ")
        return line.hasPrefix("  ") && !line.hasPrefix("   ") && words.count > 1 && !words[0].hasPrefix("-")
          && words[0] != "See" ? String(words[0]) : nil
      }
    }
    return names([]).flatMap { name in [name] + (name == "pack" ? names(["pack"]).map { "pack \($0)" } : []) }
  }()

  @Test func subcommandsAreFound() { #expect(Self.subcommands.count > 18 && Self.subcommands.contains("pack add")) }

  /// An imperative, and two lines to type that the parser takes.
  @Test(arguments: subcommands) func help(_ name: String) throws {
    let folder = FileManager.default.temporaryDirectory
    let help = try Command.run(["help"] + Command.words(name), in: folder).output
    let first = (help.split(separator: "\n\n").first.map(String.init) ?? "").replacing("\n", with: " ")
    let verb = first.replacing("OVERVIEW: ", with: "").split(separator: " ").first ?? ""
    #expect(!verb.isEmpty && !verb.hasSuffix("s") && first.hasSuffix("."), "\(first)")
    let examples = help.split(separator: "\n").filter { $0.hasPrefix("  composex ") }
    #expect(help.contains("Examples:") && examples.count >= 2, "\(help)")
    for example in examples {
      let words = Command.words(String(example.split(separator: ">").first ?? ""))
      // With --help words are only parsed; what exec and run pass on may hold any option.
      var line = Array(words.dropFirst())
      line.insert("--help", at: ["exec", "run"].contains(name) ? 1 : line.count)
      let outcome = try Command.run(line, in: folder)
      #expect(outcome.exit == 0, "\(example): \(outcome.errors)")
    }
  }

  /// Whoever may not read or write is not sent to another name.
  @Test(.enabled(if: geteuid() != 0 || FileManager.default.isExecutableFile(atPath: "/usr/sbin/runuser")))
  func permissions() throws {
    let room = try WritingTests.Room()
    let asNobody = geteuid() == 0 ? "runuser -u nobody -- '\(Command.executable.path)'" : "composex"
    let outcome = try room.shell(
      "chmod 755 . ; chmod 000 compose.yaml; \(asNobody) render -f compose.yaml; chmod 644 compose.yaml; \(asNobody) render -o new/t.yaml; mkdir shut; chmod 555 shut; \(asNobody) render -o shut/t.yaml"
    )
    guard !outcome.errors.contains("runuser") else { return }
    #expect(outcome.errors.contains("let yourself read it: chmod u+r compose.yaml"), "\(outcome.errors)")
    #expect(outcome.errors.contains("give you the right to write there"), "\(outcome.errors)")
  }
}
