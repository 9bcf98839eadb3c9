/// How the aws command is to reach AWS: the user's own profiles, roles, SSO and proxies count, as in every call of that command.
public struct AWSConnection: Sendable {
  /// `--aws-profile`; nil leaves it to the environment.
  public var profile: String?
  /// `--region`, or that of `x-composex`; nil leaves it to the environment and the profile.
  public var region: String?

  /// nil is what the environment and the user's files say.
  public init(profile: String? = nil, region: String? = nil) { (self.profile, self.region) = (profile, region) }

  /// The region of the environment, where nothing else says one: version 1 of the aws command does not read `AWS_REGION`.
  mutating func take(_ environment: [String: String]) {
    func stated(_ name: String) -> String? { environment[name].flatMap { $0.isEmpty ? nil : $0 } }
    region = region ?? stated("AWS_REGION") ?? stated("AWS_DEFAULT_REGION")
  }

  /// The options that every call has.
  func options(of call: AWSCall) -> [String] {
    var options: [String] = []
    if let region = call.region ?? region { options += ["--region", region] }
    if let profile { options += ["--profile", profile] }
    return call.answer == .json ? options + ["--output", "json"] : options
  }

  /// Variables for the aws command: it must not ask, page or colour.
  static let variables = [
    ("AWS_PAGER", ""), ("AWS_CLI_AUTO_PROMPT", "off"), ("AWS_RETRY_MODE", "standard"), ("LC_ALL", "C.UTF-8"),
  ]

  /// The words of the profile for a command that a message shows.
  var profileWords: String { profile.map { " --profile \(ShellText.word($0))" } ?? "" }

  /// The partition that a region lies in. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html (read 2026-11-29)
  static func partition(of region: String?) -> String {
    guard let region else { return "aws" }
    if region.hasPrefix("cn-") { return "aws-cn" }
    return region.hasPrefix("us-gov-") ? "aws-us-gov" : "aws"
  }
}
