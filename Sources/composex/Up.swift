import ArgumentParser
import ComposeXEngine
import Glibc

/// `composex up`: deploys a project.
struct Up: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "up", abstract: "Deploy a project.",
    discussion: """
      Shows the plan, asks, and executes that very plan; then shows how it comes on, and when it fails, why. Ctrl-C leaves it to \
      CloudFormation: composex up --attach comes back.

      Examples:
        composex up
        composex up --yes --progress json -p shop --region eu-west-1
      """)

  @OptionGroup var options: DeployOptions
  @OptionGroup var stack: StackOptions

  @Flag(name: [.customShort("y"), .customLong("yes")], help: "Do not ask.")
  var yes = false

  @Option(
    name: .customLong("progress"),
    help: ArgumentHelp("Show progress as auto, tree, plain or json. (default: auto)", valueName: "form"))
  var progress: ProgressForm?

  @Flag(name: [.customShort("d"), .customLong("detach")], help: "Do not wait for the end.")
  var detach = false

  @Flag(name: .customLong("attach"), help: "Show the progress of the deployment that runs.")
  var attach = false

  @Flag(name: .customLong("no-rollback"), help: "Keep what was made when something fails.")
  var noRollback = false

  @Flag(
    name: .customLong("only-changed"),
    help: "Ask CloudFormation for a plan only when the template, a parameter or a tag is another.")
  var onlyChanged = false

  @Flag(name: .customLong("termination-protection"), inversion: .prefixedNo, help: "Protect the stack from deletion.")
  var protection: Bool?

  func run() throws {
    try options.deploying(images: (true, stack.images)) { deployment in
      let planning = Planning(deployment, stack.planning)
      let up = DeployRun(deployment, settings, Process.console)
      if options.dryRun { return try Process.emit(Array(up.dryRun(planning).utf8)) }
      if options.policy { return try Process.emit(up.policy(planning)) }
      if attach { throw ExitCode(try up.attach()) }
      try Process.checkAsking(yes)
      let isChanged = onlyChanged ? try planning.differs() : true
      defer { planning.discard() }
      if isChanged { try planning.prepare() }
      try Process.emit(planning.shown(.text), to: progress == .json ? STDERR_FILENO : STDOUT_FILENO)
      if planning.isEmpty { return }
      guard yes || Process.asks("deploy this?") else { throw ExitCode(1) }
      let code = try up.execute(planning)
      if code != 0 { throw ExitCode(code) }
    }
  }

  private var settings: DeployRun.Options {
    var settings = DeployRun.Options()
    settings.keepsFailed = noRollback
    settings.detaches = detach
    settings.protects = protection
    settings.progress = progress ?? .auto
    return settings
  }
}

extension ProgressForm: ExpressibleByArgument {
  /// The forms, for help and completion.
  public static var allValueStrings: [String] { allCases.map { $0.rawValue } }
}

extension Process {
  /// Where progress is written.
  static var console: Console { Console { write($0, to: STDOUT_FILENO) } }

  /// Refuses to go on when nobody can be asked.
  static func checkAsking(_ isAnswered: Bool) throws {
    guard !isAnswered, isatty(STDIN_FILENO) != 1 else { return }
    throw Finding.error(
      at: .unknown, "there is no terminal to ask on",
      remedy: "say it on the command line: --yes, after a look at composex plan")
  }

  /// Asks on the terminal; anything but yes is no.
  static func asks(_ question: String) -> Bool {
    write(Array("\(question) [y/N] ".utf8), to: STDERR_FILENO)
    var answer: [UInt8] = []
    var byte: UInt8 = 0
    while true {
      let count = read(STDIN_FILENO, &byte, 1)
      if count < 0, errno == EINTR, !Interruption.isRequested { continue }
      if count <= 0 || byte == UInt8(ascii: "\n") { break }
      answer.append(byte)
    }
    let word = String(decoding: answer, as: UTF8.self).lowercased().filter { $0 != " " && $0 != "\r" }
    return word == "y" || word == "yes"
  }
}
