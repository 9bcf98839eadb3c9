import ArgumentParser
import ComposeXEngine

/// The options of every command that talks to AWS: the project, the stack, and how AWS is reached.
struct DeployOptions: ParsableArguments {
  @OptionGroup var run: RunOptions

  @Option(
    name: .customLong("stack-name"), help: ArgumentHelp("The stack. (default: the project's name)", valueName: "name"))
  var stackName: String?

  @Option(name: .customLong("aws-profile"), help: ArgumentHelp("The profile of the aws command.", valueName: "name"))
  var awsProfile: String?

  @Option(name: .customLong("region"), help: ArgumentHelp("The region, instead of the profile's.", valueName: "region"))
  var region: String?

  @Flag(name: .customLong("dry-run"), help: "Print the aws commands that would be run, and send nothing.")
  var dryRun = false

  @Flag(name: .customLong("policy"), help: "Print the IAM policy that the command needs, and send nothing.")
  var policy = false

  /// Renders the project, tells what was found, and runs `body` on what is to be deployed.
  ///
  /// - Parameters: `images` is the file of images that are deployed, where `isQuiet` nothing but errors of the project is told.
  func deploying(
    images: (isUsed: Bool, path: String?) = (false, nil), isQuiet: Bool = false, _ body: (Deployment) throws -> Void
  ) throws {
    let findings = isQuiet ? Findings(strict: false, keepsErrorsOnly: true) : run.findings
    var deployment: Deployment?
    try Process.run(findings, run.findingsFormat) {
      var input = run.input
      input.isDeployed = true
      input.images = images
      deployment = try Deployment(Process.keeping(Pipeline(input, findings: findings)), settings)
    }
    guard let deployment else { return }
    try interruptible { _ in
      defer { deployment.close() }
      try body(deployment)
    }
  }

  /// Loads the project, tells what was found, and runs `body` on what it looks up.
  func loading(_ body: (LookupRun, Findings) throws -> Void) throws {
    let findings = run.findings
    var lookups: LookupRun?
    try Process.run(findings, run.findingsFormat) {
      lookups = try LookupRun(Process.keeping(Pipeline(run.input, findings: findings)), settings)
    }
    guard let lookups else { return }
    try interruptible { try body(lookups, $0) }
  }

  /// Runs what asks AWS; Ctrl-C ends it in order.
  private func interruptible(_ body: (Findings) throws -> Void) throws {
    let later = Findings()
    try Process.run(later, run.findingsFormat) {
      Interruption.watch()
      do { try body(later) } catch {
        if Interruption.isRequested { throw ExitCode(130) }
        throw error
      }
    }
  }

  private var settings: Deployment.Settings {
    Deployment.Settings(
      stackName: stackName, connection: AWSConnection(profile: awsProfile, region: region))
  }
}

/// The options of `plan` and `up`: what the stack is given.
struct StackOptions: ParsableArguments {
  @Option(
    name: .customLong("parameter"), parsing: .singleValue,
    help: ArgumentHelp("A value for a parameter of the template. May be repeated.", valueName: "key=value"))
  var parameters: [String] = []

  @Option(
    name: .customLong("tag"), parsing: .singleValue,
    help: ArgumentHelp("A tag of the stack and all in it. May be repeated.", valueName: "key=value"))
  var tags: [String] = []

  @Option(
    name: .customLong("s3-bucket"),
    help: ArgumentHelp("A bucket for templates, instead of that of composex bootstrap.", valueName: "bucket"))
  var bucket: String?

  @Option(
    name: .customLong("images"),
    help: "What composex push wrote. (default: composex.images.json beside the compose file)")
  var images: String?

  func validate() throws {
    for (name, texts) in [("--parameter", parameters), ("--tag", tags)] {
      for text in texts where !text.dropFirst().contains("=") {
        throw ValidationError("\(name) takes KEY=VALUE, not \(text)")
      }
    }
  }

  /// What these options say of a plan.
  var planning: Planning.Options {
    var options = Planning.Options()
    options.parameters = parameters.map(Self.pair)
    options.tags = tags.map(Self.pair)
    options.bucket = bucket
    return options
  }

  private static func pair(_ text: String) -> (name: String, value: String) {
    let equals = text.firstIndex(of: "=") ?? text.endIndex
    return (String(text[..<equals]), String(text[equals...].dropFirst()))
  }
}

extension ReportFormat: ExpressibleByArgument {
  /// The formats, for help and completion.
  public static var allValueStrings: [String] { allCases.map { $0.rawValue } }
}
