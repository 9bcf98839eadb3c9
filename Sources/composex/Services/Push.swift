import ArgumentParser
import ComposeXEngine

/// `composex push`: builds and pushes images.
struct Push: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "push", abstract: "Build the images of services, push them, and note their digests.",
    discussion: """
      Builds services that have build: by docker, podman or buildah, makes their repositories in ECR, and writes \
      composex.images.json, which plan and up deploy.

      Examples:
        composex push
        composex push web
      """)

  @OptionGroup var options: DeployOptions

  @Option(name: .customLong("builder"), help: "docker, podman or buildah. (default: the first that is there)")
  var builder: ImageBuilder?

  @Flag(name: .customLong("pin"), help: "Resolve the tags of images that are not built to digests.")
  var pin = false

  @Option(
    name: .customLong("images"), help: "The file to write. (default: composex.images.json beside the compose file)")
  var images: String?

  @Argument(help: "Services; none is all.")
  var services: [String] = []

  private var wanted: ImagePush.Options {
    var wanted = ImagePush.Options()
    (wanted.builder, wanted.pins, wanted.path) = (builder, pin, images)
    return wanted
  }

  func run() throws {
    try options.deploying(isQuiet: true) { deployment in
      let push = try ImagePush(deployment, services, wanted)
      if options.dryRun { return try Process.emit(push.dryRun()) }
      if options.policy { return try Process.emit(push.policy()) }
      let findings = Findings(strict: options.run.strict, keepsErrorsOnly: options.run.quiet)
      push.report(to: findings)
      try Process.run(findings, options.run.findingsFormat) {}
      if push.isEmpty { return try Process.say("no service is built\(pin ? ", and none has a tag to pin" : "")") }
      try push.run(say: Process.say)
    }
  }
}

extension ImageBuilder: ExpressibleByArgument {
  /// The builders, for help and completion.
  public static var allValueStrings: [String] { allCases.map { $0.rawValue } }
}
