import ArgumentParser
import ComposeXEngine

extension PackCommand {
  /// `composex pack remove NAME`.
  struct Remove: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "remove", abstract: "Take packs out of composex.lock, and their files out of .composex/packs.",
      discussion: """
        A pack that is a folder stays where it is.

        Examples:
          composex pack remove acme
          composex pack remove acme base
        """)

    @Argument(help: "Names of packs, as composex pack list has them.") var names: [String]
    @OptionGroup var project: Project

    func run() throws {
      try Process.run(Findings()) {
        var fetching = try Fetching(projectDirectory: project.projectDirectory)
        for name in names { _ = try fetching.lock.entry(named: name) }
        for name in names {
          let entry = try fetching.remove(name)
          try Process.say("removed \(entry.name)")
        }
      }
    }
  }

  /// `composex pack update [NAME]`.
  struct Update: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "update", abstract: "Take what the sources of packs have now, and write the new digests.",
      discussion: """
        A pack at a version tag goes to the newest tag of the same major version, one at a branch to its head; folders and archives are \
        read again.

        Examples:
          composex pack update
          composex pack update acme
        """)

    @Argument(help: "Names of packs; none is all.") var names: [String] = []
    @OptionGroup var project: Project

    func run() throws {
      try Process.run(Findings()) {
        var fetching = try Fetching(projectDirectory: project.projectDirectory)
        let wanted = names.isEmpty ? fetching.lock.entries.map(\.name) : names
        for name in wanted {
          let old = try fetching.lock.entry(named: name)
          let (new, version) = try fetching.update(name)
          if new.digest == old.digest, new.source == old.source {
            try Process.say("\(name) \(version) is current")
            continue
          }
          try Process.say("updated \(name) to \(version) from \(new.source)")
          try Process.say("sha256 \(new.digest)")
        }
      }
    }
  }

  /// `composex pack outdated`.
  struct Outdated: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "outdated", abstract: "List the packs whose sources have something newer, and change nothing.",
      discussion: """
        Asks the Git repositories that composex.lock names. With --exit-code the command ends with 3 when there is something newer.

        Examples:
          composex pack outdated
          composex pack outdated --exit-code
        """)

    @OptionGroup var project: Project
    @Flag(name: .customLong("exit-code"), help: "End with 3 when there is something newer.") var exitCode = false

    func run() throws {
      try Process.run(Findings()) {
        let fetching = try Fetching(projectDirectory: project.projectDirectory)
        var count = 0
        for entry in fetching.lock.entries {
          guard let found = try fetching.revisions(of: entry) else { continue }
          let newest = found.all
          guard found.beside != nil || found.isMoved || (newest != nil && found.beside != newest) else { continue }
          var news: [String] = []
          if found.isMoved { news.append("\(found.current) is another commit now") }
          if let beside = found.beside { news.append("composex pack update takes \(beside)") }
          if let newest, newest != found.beside, found.beside != nil || !found.isMoved {
            news.append("newest is \(newest)")
          }
          if news.isEmpty { continue }
          count += 1
          try Process.say("\(entry.name) \(found.current): \(news.joined(separator: ", "))")
        }
        if count == 0 { try Process.say("all packs are current") }
        if exitCode, count > 0 { throw ExitCode(3) }
      }
    }
  }
}
