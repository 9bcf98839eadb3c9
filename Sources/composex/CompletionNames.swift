import ArgumentParser
import ComposeXEngine

/// The names that a shell offers: those of the project that the words before the cursor name.
enum CompletionNames {
  /// Services, for `ps`, `logs`, `scale` and others.
  static let services = CompletionKind.custom { words, _, _ in subjects(words)?.services ?? [] }

  /// What `explain` takes.
  static let explained = CompletionKind.custom { words, _, _ in subjects(words)?.explained ?? [] }

  /// A compose file.
  static let composeFile = CompletionKind.file(extensions: ["yaml", "yml"])

  /// The names of the project; nil when it does not load.
  private static func subjects(_ words: [String]) -> Subjects? {
    guard let options = try? RunOptions.parse(named(words)) else { return nil }
    let findings = Findings(keepsErrorsOnly: true)
    let pipeline = Process.keeping(Pipeline(options.input, findings: findings))
    return (try? pipeline.run()).map(Subjects.init)
  }

  /// The options that say which project is meant, each with its value, as they stand in the words.
  private static func named(_ words: [String]) -> [String] {
    let taking: Set = [
      "-f", "--file", "--env-file", "-p", "--project-name", "--profile", "--project-directory", "--allow-read",
      "--pack",
      "--script", "--set", "--lookups",
    ]
    var found: [String] = []
    for (index, word) in words.enumerated() {
      if taking.contains(word), index + 1 < words.count {
        found += [word, words[index + 1]]
      } else if let equals = word.firstIndex(of: "="), taking.contains(String(word[..<equals])) {
        found.append(word)
      }
    }
    return found
  }
}
