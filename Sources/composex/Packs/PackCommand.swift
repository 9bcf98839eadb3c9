import ArgumentParser
import ComposeXEngine

/// `composex pack`: the packs that a project takes from elsewhere.
struct PackCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "pack",
    abstract: "Add, update, list and verify the packs of a project; begin, describe and build one.",
    discussion: """
      Packs are kept in .composex/packs, their digests in composex.lock, which is to be committed. Only `add` and `update` fetch: rendering \
      verifies the digests, and refuses a pack whose content is another.

      Examples:
        composex pack add ../acme-pack
        composex pack list
      """,
    subcommands: [
      Add.self, Remove.self, Update.self, Outdated.self, List.self, Verify.self, New.self, Docs.self, Build.self,
    ])

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
      discussion: """
        Without a pack, those of composex.lock that are missing are fetched, as in a fresh clone.

        Examples:
          composex pack add git+https://git.example.com/platform/acme.git@v1.2.0
          composex pack add
        """)

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

  /// `composex pack new NAME`: what `composex init --pack NAME` does.
  struct New: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "new", abstract: "Begin a pack in a folder of its own, as composex init --pack does.",
      discussion: """
        Examples:
          composex pack new acme
          composex pack new my-rules
        """)

    @Argument(help: "The name of the pack.") var name: String

    func validate() throws { try Init.check(pack: name) }
    func run() throws { try Init.begin(pack: name) }
  }

  /// `composex pack docs PACK`.
  struct Docs: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "docs", abstract: "Write the reference of a pack as Markdown: options, rules, kinds.",
      discussion: """
        Examples:
          composex pack docs packs/acme
          composex pack docs packs/acme > acme.md
        """)

    @Argument(help: "The folder of the pack.") var pack = "."

    func run() throws {
      try Process.run(Findings()) {
        try Process.emit(Array(try PackPage.markdown(Files.join(Files.currentDirectory, pack), named: pack).utf8))
      }
    }
  }

  /// `composex pack build PACK`.
  struct Build: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "build", abstract: "Write a pack as an archive, NAME-VERSION.tar.gz, and print its digest.",
      discussion: """
        The same content makes the same bytes on every machine. What begins with a dot at the top of the pack is left out.

        Examples:
          composex pack build packs/acme
          composex pack build .
        """
    )

    @Argument(help: "The folder of the pack.") var pack = "."

    func run() throws {
      try Process.run(Findings()) {
        let archive = try PackArchive(of: Pack.inspect(Files.join(Files.currentDirectory, pack), named: pack))
        do throws(Files.Failure) { try Files.write(archive.bytes, to: archive.name) } catch {
          throw Finding.error(
            at: Place(file: SourceFile(name: archive.name, role: .commandLine)), "cannot be written: \(error.reason)")
        }
        try Process.say("wrote \(archive.name)")
        try Process.say("sha256 \(archive.digest)")
      }
    }
  }

  /// `composex pack list`.
  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list", abstract: "List the packs of composex.lock with their versions and digests.",
      discussion: """
        Examples:
          composex pack list
          composex pack list --project-directory shop
        """)
    @OptionGroup var project: Project

    func run() throws {
      try Process.run(Findings()) {
        let lock = try project.lock()
        for entry in lock.entries {
          let revision = entry.revision.map { " (\($0))" } ?? ""
          let version =
            (try? Pack.inspect(lock.folder(of: entry), named: entry.name))?.version.description ?? "(not fetched)"
          try Process.say("\(entry.name) \(version) \(entry.digest) \(entry.source)\(revision)")
        }
      }
    }
  }

  /// `composex pack verify`.
  struct Verify: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "verify", abstract: "Hold the packs of composex.lock against their digests.",
      discussion: """
        Examples:
          composex pack verify
          composex pack verify --project-directory shop
        """)
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
