import Foundation
import Testing

/// `composex render --watch` renders again when a file changes, tells what changed, and goes on after a file that is wrong.
@Suite struct WatchTests {
  @Test func rendersAgainWhenAFileChanges() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "composex-watch-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    func write(_ text: String, _ name: String) throws {
      try Data(text.utf8).write(to: folder.appending(path: name))
    }
    try write("x-sqs: { jobs: {} }\n", "compose.yaml")
    try write("composex.patch(\"x-sqs\", { DelaySeconds = 1 })\n", "tags.lua")
    let script = """
      "$1" render --watch -q --script tags.lua -o out.yaml 2> log & watcher=$!
      trap 'kill $watcher 2> /dev/null' EXIT
      waits() { for n in $(seq 300); do [ "$(grep -c 'waiting for a change' log)" -ge "$1" ] && return; sleep 0.1; done; exit 1; }
      waits 1
      echo 'composex.patch("x-sqs", { DelaySeconds = 22 })' > tags.lua
      waits 2
      echo 'x-sqs: { jobs: ' > compose.yaml
      waits 3
      echo 'x-sqs: { mails: {} }' > compose.yaml
      waits 4
      """
    let outcome = try Command.run(
      ["-c", script, "sh", Command.executable.path], in: folder, program: URL(filePath: "/bin/sh"))
    let log = try String(contentsOf: folder.appending(path: "log"), encoding: .utf8)
    #expect(outcome.exit == 0, "\(log)")
    for line in [
      "~ JobsQueue.DelaySeconds: 1 -> 22", "not rendered; waiting for a change", "- JobsQueue (AWS::SQS::Queue)",
      "+ MailsQueue (AWS::SQS::Queue)",
    ] { #expect(log.contains(line), "\(line) is not in \(log)") }
    let template = try String(contentsOf: folder.appending(path: "out.yaml"), encoding: .utf8)
    #expect(template.contains("MailsQueue") && template.contains("DelaySeconds: 22"))
  }

  /// What `composex pack build` writes is what `composex pack add` takes, by the digest that it printed, and the same bytes each time.
  @Test func aBuiltPackCanBeAdded() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "composex-build-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let began = try Command.run(["pack", "new", "acme"], in: folder)
    #expect(began.exit == 0, "\(began.errors)")
    try Data("not of the pack\n".utf8).write(to: folder.appending(path: "acme/.hidden"))
    let built = try Command.run(["pack", "build", "acme"], in: folder)
    #expect(built.exit == 0, "\(built.errors)")
    let words = built.output.split(separator: "\n").compactMap { $0.split(separator: " ").last.map(String.init) }
    let (archive, digest) = (try #require(words.first), try #require(words.last))
    let bytes = try Data(contentsOf: folder.appending(path: archive))
    _ = try Command.run(["pack", "build", "acme"], in: folder)
    #expect(try Data(contentsOf: folder.appending(path: archive)) == bytes)
    let added = try Command.run(["pack", "add", "\(archive)#\(digest)"], in: folder)
    #expect(added.exit == 0 && added.output.contains(digest), "\(added.errors)")
    let none = String(repeating: "0", count: 64)
    #expect(try Command.run(["pack", "add", "\(archive)#\(none)"], in: folder).exit == 1)
    #expect(try Command.run(["test", ".composex/packs/acme"], in: folder).exit == 0)
  }
}
