import ArgumentParser
import ComposeXEngine

/// `composex init`: the first files of a project, or of a pack.
struct Init: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init", abstract: "Begin a project in this folder, or a pack in a folder of its own.",
    discussion: """
      Writes small files that work, and never over one that is there: beside a compose file, what is missing.

      Examples:
        composex init
        composex init --ci github
      """)

  @Option(help: ArgumentHelp("Begin a pack of that name.", valueName: "name")) var pack: String?
  @Option(
    name: .customLong("ci"),
    help: ArgumentHelp("Write a pipeline that checks and renders the project: github or gitlab.", valueName: "service"))
  var pipeline: Forge?

  /// Whose pipeline is written.
  enum Forge: String, CaseIterable, ExpressibleByArgument { case github, gitlab }

  private static let editor = [".luarc.json", ".composex/meta/composex.lua"]

  func validate() throws {
    if let pack { try Self.check(pack: pack) }
    if pack != nil, pipeline != nil { throw ValidationError("--ci is for projects, and --pack begins a pack") }
  }

  static func check(pack: String) throws {
    if Pack.isName(pack) { return }
    throw ValidationError("the name of a pack has lower-case letters, digits, - and _, not \(pack)")
  }

  func run() throws {
    if let pack { return try Self.begin(pack: pack) }
    try Process.run(Findings()) { try beginProject() }
  }

  /// Begins a pack of that name.
  static func begin(pack: String) throws {
    try Process.run(Findings()) {
      // What an editor needs, unless the project has it.
      let files = Self.projectFiles.filter { Self.editor.contains($0.path) && !Files.isTaken($0.path) }
      try write(files + EmbeddedFiles.templates("pack/").map { ("\(pack)/\($0.path)", $0.text.filled(with: pack)) })
      try Process.say("now run: composex test \(pack)")
    }
  }

  private static var projectFiles: [(path: String, text: String)] {
    EmbeddedFiles.templates("project/")
      + EmbeddedFiles.templates("meta/").map { (".composex/meta/\($0.path)", $0.text) }
  }

  /// What is missing of the files of a project: one that has its own compose file gets no other, and no README.
  private func beginProject() throws {
    let own = FileDiscovery.names.first(where: Files.isTaken)
    var files = Self.projectFiles.filter { !Files.isTaken($0.path) }
    if own != nil { files.removeAll { $0.path == "compose.yaml" || $0.path == "README.md" } }
    if let pipeline { files += try pipelineFiles(pipeline).filter { !Files.isTaken($0.path) } }
    let schema = ".composex/compose.schema.json"
    if !Files.isTaken(schema) {
      files.append((schema, String(decoding: JSONWriter.write(try ComposeSchema.node()), as: UTF8.self)))
    }
    if files.isEmpty { return try Process.say("nothing is missing") }
    try Self.write(files)
    guard let own else { return try Process.say("now run: composex render") }
    if files.contains(where: { $0.path == schema }) {
      try Process.say("let editors check \(own) by this first line: # yaml-language-server: $schema=\(schema)")
    }
    if files.contains(where: { $0.path == "tags.lua" }) {
      try Process.say("let tags.lua tag what is made: x-composex: {scripts: [tags.lua]}")
    }
    if pipeline == .gitlab, files.contains(where: { $0.path == Self.included }) {
      try Process.say("let .gitlab-ci.yml run it: include: [{local: /\(Self.included)}]")
    }
    try Process.say("now run: composex check -f \(own)")
  }

  /// Where a pipeline of GitLab goes when the project has one already.
  private static let included = ".gitlab/composex.yml"

  private func pipelineFiles(_ pipeline: Forge) throws -> [(path: String, text: String)] {
    let path =
      switch pipeline {
      case .github: ".github/workflows/composex.yml"
      case .gitlab: Files.isTaken(".gitlab-ci.yml") ? Self.included : ".gitlab-ci.yml"
      }
    return EmbeddedFiles.templates("ci/\(pipeline.rawValue).yml").map { (path, $0.text) }
  }

  /// All of the files or none; none is written through a link.
  private static func write(_ files: [(path: String, text: String)]) throws {
    if let (path, _) = files.first(where: { Files.isTaken($0.path) }) {
      throw Finding.error(
        at: Place(file: SourceFile(name: path, role: .commandLine)), "is there already, and nothing was written",
        remedy: "go to an empty folder, or choose another name")
    }
    var written: [(folder: Folder, name: String)] = []
    do {
      for (path, text) in files {
        do throws(Files.Failure) {
          var folder = try Folder(Files.currentDirectory)
          let steps = path.split(separator: "/").map(String.init)
          for step in steps.dropLast() { folder = try folder.folder(step, isMade: true) }
          let name = steps[steps.count - 1]
          try folder.write(Array(text.utf8), to: name)
          written.append((folder, name))
        } catch {
          throw Finding.error(
            at: Place(file: SourceFile(name: path, role: .commandLine)), "cannot be written: \(error.reason)")
        }
      }
      for (path, _) in files { try Process.say("wrote \(path)") }
    } catch {
      for (folder, name) in written { folder.remove(name) }
      throw error
    }
  }
}

extension String {
  /// `@name@` is the name of the pack.
  fileprivate func filled(with name: String) -> String {
    let parts = split(separator: "@name@", omittingEmptySubsequences: false)
    return parts.joined(separator: name)
  }
}
