import Foundation
import Testing

/// What `composex init` writes works as it is.
@Suite struct InitTests {
  private func inFolder(_ body: (URL) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "composex-init-\(UUID().uuidString)/mine")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder.deletingLastPathComponent()) }
    try body(folder)
  }

  private func text(_ path: String, in folder: URL) -> String {
    (try? String(contentsOf: folder.appending(path: path), encoding: .utf8)) ?? ""
  }

  @Test func aProject() throws {
    try inFolder { folder in
      #expect(try Command.run(["init"], in: folder).exit == 0)
      let checked = try Command.run(["check", "--strict"], in: folder)
      #expect(checked.exit == 0 && checked.errors.isEmpty, "\(checked.errors)")
      let rendered = try Command.run(["render"], in: folder)
      #expect(rendered.output.contains("Value: me") && rendered.output.contains("MessageRetentionPeriod: 1209600"))

      // The editor's settings name the types that were written beside them.
      let settings =
        try JSONSerialization.jsonObject(with: Data(text(".luarc.json", in: folder).utf8)) as? [String: Any]
      let library = try #require((settings?["workspace.library"] as? [String])?.first)
      #expect(text("\(library)/composex.lua", in: folder).hasPrefix("---@meta"))

      let again = try Command.run(["init"], in: folder)
      #expect(again.exit == 0 && again.output == "nothing is missing\n")
    }
  }

  /// Beside a compose file of one's own, what is missing is added; what is there stays as it is.
  @Test func nothingIsWrittenOverAFile() throws {
    try inFolder { folder in
      let own = "services: {web: {image: nginx}}\n"
      try Data(own.utf8).write(to: folder.appending(path: "docker-compose.yml"))
      try Data("-- mine\n".utf8).write(to: folder.appending(path: "tags.lua"))
      let outcome = try Command.run(["init"], in: folder)
      #expect(outcome.exit == 0, "\(outcome.errors)")
      #expect(outcome.output.contains("# yaml-language-server: $schema=.composex/compose.schema.json"))
      #expect(outcome.output.hasSuffix("now run: composex check -f docker-compose.yml\n"), "\(outcome.output)")
      #expect(text("docker-compose.yml", in: folder) == own && text("tags.lua", in: folder) == "-- mine\n")
      #expect(
        try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
          == [".composex", ".luarc.json", "docker-compose.yml", "tags.lua"])
      #expect(
        try JSONSerialization.jsonObject(with: Data(text(".composex/compose.schema.json", in: folder).utf8))
          is [String: Any])
      #expect(try Command.run(["init"], in: folder).output == "nothing is missing\n")
    }
  }

  /// The pipelines are YAML, and run commands and options that composex has.
  @Test(arguments: [("github", ".github/workflows/composex.yml"), ("gitlab", ".gitlab-ci.yml")])
  func aPipeline(_ service: String, _ path: String) throws {
    try inFolder { folder in
      let outcome = try Command.run(["init", "--ci", service], in: folder)
      #expect(outcome.exit == 0 && outcome.output.contains("wrote \(path)\n"), "\(outcome.errors)")
      let pipeline = text(path, in: folder)
      let commands = pipeline.split(separator: "\n").compactMap { line in
        line.range(of: "composex (version|check|render)", options: .regularExpression).map {
          String(line[$0.lowerBound...])
        }
      }
      #expect(commands.count >= 2)
      for command in commands {
        let line = try Command.run(
          ["-c", "composex() { '\(Command.executable.path)' \"$@\"; }; \(command)"], in: folder,
          program: URL(filePath: "/bin/bash"))
        #expect(line.exit == 0, "\(command): \(line.errors)")
      }
      #expect(
        try Command.run(["init", "--ci", service], in: folder).output == "nothing is missing\n" || service == "gitlab")
    }
    try inFolder { folder in
      try Data("stages: [test]\n".utf8).write(to: folder.appending(path: ".gitlab-ci.yml"))
      let outcome = try Command.run(["init", "--ci", "gitlab"], in: folder)
      #expect(
        outcome.output.contains("include: [{local: /.gitlab/composex.yml}]") || !outcome.output.contains("let "),
        "\(outcome.output)")
      #expect(text(".gitlab-ci.yml", in: folder) == "stages: [test]\n")
    }
  }

  /// All files or none: where one cannot be written, or nobody hears of them, the others are taken away again.
  @Test(arguments: ["ln -s ../elsewhere acme; composex init --pack acme", "composex init > /dev/full"])
  func nothingIsLeftHalfWritten(_ line: String) throws {
    try inFolder { folder in
      let elsewhere = folder.deletingLastPathComponent().appending(path: "elsewhere")
      try FileManager.default.createDirectory(at: elsewhere, withIntermediateDirectories: true)
      let outcome = try Command.run(
        ["-c", "composex() { '\(Command.executable.path)' \"$@\"; }; \(line)"], in: folder,
        program: URL(filePath: "/bin/bash"))
      #expect(outcome.exit == 1 && outcome.output.isEmpty, "\(outcome.output)")
      let left = try FileManager.default.subpathsOfDirectory(atPath: folder.path)
      #expect(left.allSatisfy { [".composex", ".composex/meta", "acme"].contains($0) }, "\(left)")
      #expect(try FileManager.default.contentsOfDirectory(atPath: elsewhere.path).isEmpty)
    }
  }

  @Test(arguments: ["acme", "my-rules_2"])
  func aPack(_ name: String) throws {
    try inFolder { folder in
      #expect(try Command.run(["init", "--pack", name], in: folder).exit == 0)
      let tested = try Command.run(["test", name, "--coverage"], in: folder)
      #expect(tested.exit == 0, "\(tested.output)\(tested.errors)")
      #expect(tested.output.hasSuffix("coverage 100.0 %: 25 of 25\n4 passed, 0 failed\n"), "\(tested.output)")
      #expect(try Command.run(["init", "--pack", name], in: folder).exit == 1)
      try Data("x-sqs: { jobs: {} }\nx-composex: { packs: [\(name)] }\n".utf8).write(
        to: folder.appending(path: "compose.yaml"))
      #expect(try Command.run(["render", "--set", "\(name).owner=me"], in: folder).output.contains("Value: me"))
      // A second pack finds the editor's files there.
      #expect(try Command.run(["init", "--pack", "other"], in: folder).exit == 0)
    }
  }

  @Test(arguments: ["", "../acme", "Acme", "a b", "a/b"])
  func namesThatAreNone(_ name: String) throws {
    try inFolder { folder in
      let outcome = try Command.run(["init", "--pack", name], in: folder)
      #expect(outcome.exit == 2)
      let left = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      #expect(left == [])
    }
  }
}
