import ArgumentParser
import ComposeXEngine

/// `composex pack`: the packs that a project takes from elsewhere.
struct PackCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "pack", abstract: "Add, list and verify the packs of a project.",
    discussion: """
      Packs are kept in .composex/packs, their digests in composex.lock, which is to be committed. Only `add` fetches: rendering \
      verifies the digests, and refuses a pack whose content is another.
      """, subcommands: [Add.self, List.self, Verify.self])

  struct Project: ParsableArguments {
    @Option(help: ArgumentHelp("The folder of the compose file.", valueName: "directory"))
    var projectDirectory = "."

    /// The lock file, for commands that change nothing.
    func lock() throws -> PackLock { try PackLock(of: Files.join(Files.currentDirectory, projectDirectory)) }
  }

  /// `composex pack add SPEC`.
  struct Add: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "add", abstract: "Fetch a pack, and write its digest to composex.lock.",
      discussion: "Without a pack, those of composex.lock that are missing are fetched, as in a fresh clone.")

    @Argument(help: "A folder, an archive (.tar, .tar.gz, .tgz, .zip), or git+<url>@<rev>#<sha256>.")
    var pack: String?
    @OptionGroup var project: Project

    func run() throws {
      try Process.run(Findings()) {
        var fetching = try Fetching(projectDirectory: project.projectDirectory)
        guard let pack else {
          try fetching.restore()
          for entry in fetching.lock.entries { try Process.say("ok \(entry.name) \(entry.digest)") }
          return
        }
        let (entry, version) = try fetching.add(pack)
        try Process.say("added \(entry.name) \(version) from \(entry.source)")
        try Process.say("sha256 \(entry.digest)")
      }
    }
  }

  /// `composex pack list`.
  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List the packs of composex.lock.")
    @OptionGroup var project: Project

    func run() throws {
      try Process.run(Findings()) {
        let lock = try project.lock()
        for entry in lock.entries {
          let revision = entry.revision.map { " (\($0))" } ?? ""
          try Process.say("\(entry.name) \(entry.digest) \(entry.source)\(revision)")
        }
      }
    }
  }

  /// `composex pack verify`.
  struct Verify: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "verify", abstract: "Hold the packs of composex.lock against their digests.")
    @OptionGroup var project: Project

    func run() throws {
      let findings = Findings()
      try Process.run(findings) {
        let lock = try project.lock()
        for entry in lock.entries {
          do {
            try lock.verify(entry, at: entry.place)
            try Process.say("ok \(entry.name) \(entry.digest)")
          } catch {
            findings.report(error)
          }
        }
      }
    }
  }
}
