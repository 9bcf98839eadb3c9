import ArgumentParser
import ComposeXEngine

/// `composex init`: the first files of a project, or of a pack.
struct Init: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init", abstract: "Begin a project in this folder, or a pack in a folder of its own.",
    discussion: "Writes small files that work, and never over one that is there.")

  @Option(help: ArgumentHelp("Begin a pack of that name.", valueName: "name")) var pack: String?

  private static let editor = [".luarc.json", ".composex/meta/composex.lua"]

  func validate() throws {
    if let pack { try Self.check(pack: pack) }
  }

  static func check(pack: String) throws {
    if Pack.isName(pack) { return }
    throw ValidationError("the name of a pack has lower-case letters, digits, - and _, not \(pack)")
  }

  func run() throws { try Self.begin(pack: pack) }

  /// Begins a project, or a pack of that name.
  static func begin(pack: String?) throws {
    try Process.run(Findings()) {
      var files =
        EmbeddedFiles.templates("project/")
        + EmbeddedFiles.templates("meta/").map { (".composex/meta/\($0.path)", $0.text) }
      if let pack {
        // What an editor needs, unless the project has it.
        files.removeAll { !Self.editor.contains($0.path) || Files.isTaken($0.path) }
        files += EmbeddedFiles.templates("pack/").map { ("\(pack)/\($0.path)", $0.text.filled(with: pack)) }
      }
      try write(files)
      try Process.say(pack.map { "now run: composex test \($0)" } ?? "now run: composex render")
    }
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
