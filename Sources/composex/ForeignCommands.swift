import ComposeXEngine

/// Subcommands that other tools have, and slips of the pen: what to type instead.
enum ForeignCommands {
  /// A word of docker compose, the AWS CLI, SAM, CDK, Terraform, Pulumi, Copilot, Kubernetes or ECS ComposeX, and the commands that
  /// do the same, the likeliest first.
  private static let meanings: [(word: String, types: [String])] = [
    ("convert", ["composex config", "composex render"]),
    ("validate", ["composex check"]), ("lint", ["composex check"]), ("verify", ["composex check"]),
    ("deploy", ["composex up"]), ("apply", ["composex up"]), ("create", ["composex up"]), ("update", ["composex up"]),
    ("install", ["composex up", "composex pack add PACK"]), ("launch", ["composex up"]), ("run-task", ["composex run"]),
    ("synth", ["composex render"]), ("synthesize", ["composex render"]), ("build", ["composex render"]),
    ("package", ["composex render -o out/"]), ("template", ["composex render"]), ("generate", ["composex render"]),
    ("compile", ["composex render"]), ("export", ["composex render -o template.yaml"]),
    ("kustomize", ["composex render"]),
    ("destroy", ["composex down"]), ("delete", ["composex down"]), ("rm", ["composex down"]),
    ("remove", ["composex down"]), ("uninstall", ["composex down"]), ("teardown", ["composex down"]),
    ("preview", ["composex plan"]), ("changeset", ["composex plan"]), ("drift", ["composex plan"]),
    ("start", ["composex scale web=1"]), ("stop", ["composex scale web=0"]), ("kill", ["composex scale web=0"]),
    ("pause", ["composex scale web=0"]), ("unpause", ["composex scale web=1"]), ("reload", ["composex restart"]),
    ("rollout", ["composex restart"]), ("ls", ["composex ps"]), ("list", ["composex ps"]), ("top", ["composex ps"]),
    ("stats", ["composex ps"]), ("status", ["composex ps"]), ("port", ["composex ps"]), ("svc", ["composex ps"]),
    ("describe", ["composex explain services::web"]), ("show", ["composex explain services::web"]),
    ("why", ["composex explain services::web"]), ("events", ["composex up --attach"]),
    ("attach", ["composex up --attach"]), ("watch", ["composex up --attach"]), ("wait", ["composex up --attach"]),
    ("tail", ["composex logs --follow"]), ("log", ["composex logs"]), ("images", ["composex config --images"]),
    ("volumes", ["composex config --volumes"]), ("services", ["composex config --services"]),
    ("new", ["composex init"]), ("setup", ["composex init"]), ("import", ["composex migrate"]),
    ("upgrade", ["composex migrate"]), ("packs", ["composex pack list"]), ("plugin", ["composex pack list"]),
    ("man", ["composex help"]), ("docs", ["composex help"]), ("get", ["composex ps"]),
  ]

  /// The same for the subcommands of `composex pack`.
  private static let ofPacks: [(word: String, types: [String])] = [
    ("install", ["composex pack add"]), ("get", ["composex pack add"]), ("fetch", ["composex pack add"]),
    ("restore", ["composex pack add"]), ("rm", ["composex pack remove"]), ("uninstall", ["composex pack remove"]),
    ("delete", ["composex pack remove"]), ("upgrade", ["composex pack update"]), ("ls", ["composex pack list"]),
    ("check", ["composex pack verify"]), ("test", ["composex test"]), ("new", ["composex init --pack NAME"]),
    ("init", ["composex init --pack NAME"]), ("create", ["composex init --pack NAME"]),
  ]

  /// One line that says what to type instead of `word`, which is none of `names`.
  static func fault(_ word: String, rest: some Collection<String>, _ names: [String], of group: String? = nil) -> String
  {
    let what = "there is no subcommand \(ShellText.word(group.map { "\($0) \(word)" } ?? word))"
    let foreign = (group == nil ? meanings : ofPacks).filter { !names.contains($0.word) }
    func known(_ types: [String]) -> [String] {
      types.filter { type in
        let words = type.split(separator: " ")
        return group != nil || words.count > 1 && names.contains(String(words[1]))
      }
    }
    if let meaning = foreign.first(where: { $0.word == word.lowercased() }), !known(meaning.types).isEmpty {
      return "\(what); type: \(known(meaning.types).joined(separator: ", or "))"
    }
    let command = ["composex"] + (group.map { [$0] } ?? [])
    if let near = NearName.find(word, in: names) {
      return "\(what); type: \(CommandWords.shown(command + [near] + rest))"
    }
    if let near = NearName.find(word, in: foreign.map(\.word)), let meaning = foreign.first(where: { $0.word == near }),
      !known(meaning.types).isEmpty
    {
      return "\(what); type: \(known(meaning.types).joined(separator: ", or "))"
    }
    return "\(what); type: \(CommandWords.shown(command)) --help"
  }

  /// The subcommand or the words that stand for a word of another tool; nil when no tool has it.
  static func instead(of word: String) -> [String]? { meanings.first { $0.word == word.lowercased() }?.types }
}
