import ArgumentParser
import ComposeXEngine

/// `composex bootstrap`: what composex needs in an account and a region.
struct BootstrapCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bootstrap", abstract: "Make what composex needs in an account: a bucket, and a role for a pipeline.",
    discussion: """
      Prints the template of the stack composex-bootstrap, asks, and makes it. The role may be taken by that branch of that \
      repository only, and may do what the policies allow that you name.

      Examples:
        composex bootstrap
        composex bootstrap --region eu-west-1 --dry-run
      """)

  @Option(
    name: .customLong("aws-profile"), help: ArgumentHelp("The profile of the aws command.", valueName: "name"))
  var awsProfile: String?
  @Option(name: .customLong("region"), help: "The region, instead of the profile's.")
  var region: String?
  @Option(
    name: .customLong("github"),
    help: ArgumentHelp(
      "A role for that branch of a repository on GitHub. (default branch: main)", valueName: "owner/repo@branch"))
  var github: String?
  @Option(
    name: .customLong("gitlab"),
    help: ArgumentHelp("A role for that branch of a project on gitlab.com.", valueName: "group/project@branch"))
  var gitlab: String?
  @Option(
    name: .customLong("role-policy"), parsing: .singleValue,
    help: ArgumentHelp("A managed policy of the role. May be repeated.", valueName: "arn"))
  var policies: [String] = []
  @Flag(name: [.customShort("y"), .customLong("yes")], help: "Do not ask.") var yes = false
  @Option(
    name: .customLong("progress"),
    help: ArgumentHelp("Show progress as auto, tree, plain or json. (default: auto)", valueName: "form"))
  var progress: ProgressForm?
  @Flag(name: .customLong("dry-run"), help: "Print the aws commands that would be run, and send nothing.")
  var dryRun = false
  @Flag(name: .customLong("policy"), help: "Print the IAM policy that the command needs, and send nothing.")
  var policy = false

  func validate() throws {
    if github != nil, gitlab != nil { throw ValidationError("a role trusts one of --github and --gitlab") }
    for (name, text) in [("--github", github), ("--gitlab", gitlab)] where text != nil {
      guard pipeline == nil else { continue }
      throw ValidationError("\(name) takes OWNER/REPO@BRANCH, without wildcards, not \(text ?? "")")
    }
    if pipeline != nil, policies.isEmpty {
      throw ValidationError(
        "a role needs --role-policy: what the pipeline deploys with, as arn:aws:iam::aws:policy/AdministratorAccess")
    }
    if pipeline == nil, !policies.isEmpty { throw ValidationError("--role-policy needs --github or --gitlab") }
  }

  private var pipeline: BootstrapTemplate.Pipeline? {
    github.flatMap(BootstrapTemplate.Pipeline.init(github:)) ?? gitlab.flatMap(BootstrapTemplate.Pipeline.init(gitlab:))
  }

  func run() throws {
    let bootstrap = Bootstrap(
      AWSConnection(profile: awsProfile, region: region), pipeline: pipeline, policies: policies, Process.console)
    if dryRun { return try Process.emit(Array(bootstrap.dryRun.utf8)) }
    if policy { return try Process.emit(bootstrap.policy) }
    try Process.run(Findings()) {
      Interruption.watch()
      defer { bootstrap.close() }
      try Process.checkAsking(yes)
      try bootstrap.prepare()
      try Process.emit(Array(bootstrap.text.utf8), to: progress == .json ? 2 : 1)
      guard yes || Process.asks("make this?") else { throw ExitCode(1) }
      let code = try bootstrap.run(progress ?? .auto)
      if code != 0 { throw ExitCode(code) }
    }
  }
}
