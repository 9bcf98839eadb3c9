import ComposeXEngine

/// The command line of ECS ComposeX, for those whose fingers know it: looked at only when ours does not know a word.
///
/// https://docs.compose-x.io/ and `ecs-compose-x --help` of 1.1.9 (2026-11-29)
enum OldOptions {
  /// What a word is to composex: one of its own, or a reason why there is none.
  private enum Meaning {
    case option(String)
    /// A folder is written to, and made.
    case folder(String)
    case none(String)
  }

  private static let meanings: [String: Meaning] = [
    "-n": .option("--project-name"), "--name": .option("--project-name"),
    "--docker-compose-file": .option("--file"),
    "-d": .folder("--output"), "--output-dir": .folder("--output"),
    "-b": .none("rendering uploads nothing: composex up --s3-bucket BUCKET does, for the nested layout"),
    "--bucket-name": .none(
      "rendering uploads nothing: composex up --s3-bucket BUCKET does, for the nested layout"),
    "--s3-prefix": .none("composex uploads nothing: aws cloudformation package --s3-prefix PREFIX does"),
    "--region": .none("rendering asks no region: composex up --region REGION deploys there"),
    "--azs": .none("write the zones in the file: x-vpc: {Properties: {Zones: [eu-west-1a, eu-west-1b]}}"),
    "--role-arn": .none("rendering asks no AWS: give --role-arn to aws cloudformation deploy"),
    "--disable-rollback": .none("composex up --no-rollback keeps what was made"),
    "--ignore-ecr-findings": .none("composex scans no images: leave it out"),
    "--loglevel": .none("findings are all that is said: --strict takes warnings for errors"),
    "--apply": .none("leave it out: composex up executes the plan that it shows"),
    "--cleanup": .none("leave it out: composex plan removes its change set"),
  ]

  private static let commands = [
    "create": "composex up deploys, and composex render -o out/ only writes the templates"
  ]

  /// The words in those of composex; nil when there is none of ECS ComposeX's among them.
  ///
  /// - Throws: what to do instead of a word that means nothing here.
  static func translated(_ words: [String]) throws(Refusal) -> [String]? {
    if let first = words.first(where: { !$0.hasPrefix("-") }), let instead = commands[first] {
      throw Refusal(message: "there is no subcommand \(first), as ECS ComposeX has\n\(instead)")
    }
    var found = false
    var out: [String] = []
    var isFolder = false
    for word in words {
      if isFolder {
        out.append(word.hasSuffix("/") ? word : word + "/")
        isFolder = false
        continue
      }
      let equals = word.hasPrefix("--") ? word.firstIndex(of: "=") : nil
      let name = equals.map { String(word[..<$0]) } ?? word
      let value = equals.map { String(word[$0...].dropFirst()) }
      switch meanings[name] {
      case nil: out.append(word)
      case .none(let instead)?:
        throw Refusal(message: "there is no option \(name), as ECS ComposeX has\n\(instead)")
      case .option(let own)?:
        found = true
        out += [own] + (value.map { [$0] } ?? [])
      case .folder(let own)?:
        found = true
        out += [own] + (value.map { [$0.hasSuffix("/") ? $0 : $0 + "/"] } ?? [])
        isFolder = value == nil
      }
    }
    return found ? out : nil
  }

  /// A word that composex has nothing for, and what to do instead.
  struct Refusal: Error {
    let message: String
  }
}
