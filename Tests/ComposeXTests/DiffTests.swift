import Foundation
import Testing

/// What `composex diff` says of whole projects.
@Suite struct DiffTests {
  private func diff(_ example: ExampleTests.Example, _ sides: [String], _ more: [String] = []) throws -> Command.Outcome
  {
    try Command.run(["diff"] + sides + Array(try example.arguments().dropFirst()) + more, in: example.folder)
  }

  @Test(arguments: ExampleTests.Example.all)
  func aProjectIsWhatItIs(_ example: ExampleTests.Example) throws {
    let outcome = try diff(example, ["compose.yaml"], ["--exit-code"])
    #expect(outcome.exit == 0, "\(outcome.output)\(outcome.errors)")
    #expect(outcome.output.contains("nothing changes"))
  }

  /// What is read from a template is what was rendered: values, references, nested stacks.
  @Test(arguments: ExampleTests.Example.all)
  func aTemplateIsWhatItWasMadeOf(_ example: ExampleTests.Example) throws {
    let outcome = try diff(example, ["template.yaml"], ["--exit-code"])
    #expect(outcome.exit == 0, "\(outcome.output)\(outcome.errors)")
  }

  /// From one project to quite another, again and again.
  @Test(arguments: ["json", "markdown", "text"])
  func saysTheSameEachTime(_ format: String) throws {
    let examples = ExampleTests.Example.all.filter { ["https-web", "three-tier", "streaming"].contains($0.name) }
    for (one, other) in zip(examples, examples.dropFirst()) {
      let sides = [one.folder.appending(path: "template.yaml").path]
      let first = try diff(other, sides, ["--format", format])
      #expect(first.exit == 0, "\(first.errors)")
      for _ in 0..<4 { #expect(try diff(other, sides, ["--format", format]).output == first.output) }
    }
  }

  /// In the nested layout, a folder of templates is what was rendered.
  @Test func foldersAreWhatTheyWereMadeOf() throws {
    let scratch = FileManager.default.temporaryDirectory.appending(path: "composex-diff-\(UUID().uuidString)")
    let folder = scratch.appending(path: "shop")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: scratch) }
    let text = """
      x-composex: {layout: nested}
      services: {web: {image: nginx, ports: ["80"], depends_on: [api]}, api: {image: nginx, expose: ["8080"]}}
      x-sqs: {jobs: {Services: {web: {Access: Publish}, api: {Access: Consume}}}}
      x-rds: {db: {Properties: {Engine: postgres, EngineVersion: "16.3"}, Services: {api: {}}}}
      """
    try Data(text.utf8).write(to: folder.appending(path: "compose.yaml"))
    let rendered = try Command.run(["render", "-q", "-o", "out/"], in: folder)
    #expect(rendered.exit == 0, "\(rendered.errors)")
    let outcome = try Command.run(["diff", "out", "--exit-code"], in: folder)
    #expect(outcome.exit == 0, "\(outcome.output)\(outcome.errors)")
  }

  // MARK: - Revisions

  /// A repository in which the project lies in a folder, with a pack beside it that a later revision changes.
  private func inRepository(_ body: (URL, (String...) throws -> Command.Outcome) throws -> Void) throws {
    let scratch = FileManager.default.temporaryDirectory.appending(path: "composex-diff-\(UUID().uuidString)")
    let shop = scratch.appending(path: "work/shop")
    try FileManager.default.createDirectory(at: shop, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: scratch) }
    func run(_ words: String...) throws -> Command.Outcome {
      try Command.run(words, in: shop, program: URL(filePath: "/usr/bin/env"))
    }
    func commit(_ text: String, _ tag: String) throws {
      try Data(text.utf8).write(to: shop.appending(path: "compose.yaml"))
      for words in [
        ["add", "-A"], ["-c", "user.name=a", "-c", "user.email=a@b", "commit", "-qm", tag], ["tag", tag],
      ] {
        let outcome = try Command.run(["git"] + words, in: shop, program: URL(filePath: "/usr/bin/env"))
        #expect(outcome.exit == 0, "\(outcome.errors)")
      }
    }
    _ = try run("git", "init", "-q", "-b", "main", "..")
    try commit("services: {}\nx-sqs: {jobs: {Properties: {DelaySeconds: 1}}}\n", "v1")
    try commit("services: {}\nx-sqs: {jobs: {Properties: {DelaySeconds: 2}}}\n", "v2")
    try Data("services: {}\nx-sqs: {jobs: {Properties: {DelaySeconds: 3}}}\n".utf8)
      .write(to: shop.appending(path: "compose.yaml"))
    try body(shop) { (words: String...) in try Command.run(words, in: shop) }
  }

  @Test func revisionsAreComparedFromWhereverTheCommandRuns() throws {
    try inRepository { shop, composex in
      #expect(try composex("diff").output.contains("DelaySeconds  2 -> 3  (compose.yaml:2)"))
      #expect(try composex("diff", "v1").output.contains("DelaySeconds  1 -> 3  (compose.yaml:2)"))
      #expect(try composex("diff", "v1", "v2").output.contains("shop: v1 -> v2"))
      #expect(try composex("diff", "v1", "v2", "-f", "compose.yaml").output.contains("1 -> 2  (compose.yaml:2)"))
      let whole = shop.resolvingSymlinksInPath().appending(path: "compose.yaml").path
      #expect(try composex("diff", "HEAD~1", "-f", whole).output.contains("DelaySeconds  1 -> 3"))
      #expect(try composex("diff", "v1", "v2", "-f", "../shop/compose.yaml").output.contains("1 -> 2"))
      #expect(try composex("diff", "v2", "HEAD", "--exit-code").exit == 0)
      let above = try Command.run(
        ["diff", "v1", "-f", "shop/compose.yaml"], in: shop.deletingLastPathComponent())
      #expect(above.output.contains("DelaySeconds  1 -> 3  (shop/compose.yaml:2)"), "\(above.errors)")
      let beside = try Command.run(
        ["diff", "v1", "-f", "work/shop/compose.yaml"], in: shop.appending(path: "../..").standardizedFileURL)
      #expect(beside.output.contains("DelaySeconds  1 -> 3  (work/shop/compose.yaml:2)"), "\(beside.errors)")
    }
  }

  /// Nothing stays behind, and nothing of the repository changes.
  @Test func nothingIsLeftBehind() throws {
    try inRepository { shop, composex in
      let temporary = shop.appending(path: "../tmp")
      try FileManager.default.createDirectory(at: temporary, withIntermediateDirectories: true)
      let outcome = try Command.run(["diff", "v1"], in: shop, environment: ["TMPDIR": temporary.path])
      #expect(outcome.exit == 0)
      #expect(try FileManager.default.contentsOfDirectory(atPath: temporary.path) == [])
      let status = try Command.run(
        ["git", "status", "--short"], in: shop, program: URL(filePath: "/usr/bin/env"))
      #expect(status.output == " M compose.yaml\n")
    }
  }
}
