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
      #expect(again.exit == 1 && again.errors.contains("is there already, and nothing was written"))
    }
  }

  @Test func nothingIsWrittenOverAFile() throws {
    try inFolder { folder in
      try Data("services: {}\n".utf8).write(to: folder.appending(path: "compose.yaml"))
      let outcome = try Command.run(["init"], in: folder)
      #expect(outcome.exit == 1 && outcome.errors.hasPrefix("compose.yaml: error: is there already"))
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["compose.yaml"])
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
      #expect(tested.output.hasSuffix("every declaration acted\n4 passed, 0 failed\n"), "\(tested.output)")
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
