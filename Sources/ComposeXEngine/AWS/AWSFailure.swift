/// Why a call of the aws command failed, read from what it wrote to standard error.
struct AWSFailure: Error {
  /// What can be done about it.
  enum Kind {
    /// Too many calls, a fault on the side of AWS, or no connection: the same call may succeed later.
    case passing
    /// Credentials were good and are no more.
    case expired
    case noCredentials
    case noRegion
    case denied
    /// There is no aws command.
    case notInstalled
    /// The user pressed Ctrl-C.
    case interrupted
    case other
  }

  var kind: Kind
  /// `ValidationError`; empty when AWS did not answer.
  var code: String
  /// What AWS or the aws command said.
  var message: String
  /// `cloudformation describe-stacks`.
  var call: String

  /// Reads standard error of a call.
  init(_ errors: [UInt8], exit: Int32, of call: AWSCall) {
    let text = String(decoding: errors, as: UTF8.self)
    self.call = "\(call.service) \(call.operation)"
    (code, message) = Self.read(text)
    if message.isEmpty { message = "exit code \(exit)" }
    kind = code.isEmpty ? Self.kind(ofText: message) : Self.kind(ofCode: code, message)
  }

  /// A failure before AWS was asked.
  init(_ kind: Kind, _ message: String, of call: AWSCall) {
    (self.kind, code, self.message) = (kind, "", message)
    self.call = "\(call.service) \(call.operation)"
  }

  /// `An error occurred (Throttling) when calling the DescribeStacks operation (reached max retries: 4): Rate exceeded`
  private static func read(_ text: String) -> (code: String, message: String) {
    let lines = text.split(separator: "\n").map { $0.drop { $0 == " " } }.filter { !$0.isEmpty }
    let opening = "An error occurred ("
    guard let line = lines.last(where: { $0.contains(opening) }), let start = line.firstRange(of: opening)?.upperBound,
      let end = line[start...].firstIndex(of: ")")
    else { return ("", lines.last.map(String.init) ?? "") }
    // `operation: `, or `operation (reached max retries: 4): `
    let operation = line[end...].firstRange(of: " operation").map { line[$0.upperBound...] } ?? line[end...].dropFirst()
    let marks = operation.hasPrefix(" (") ? "): " : ": "
    let rest = operation.firstRange(of: marks).map { operation[$0.upperBound...] } ?? operation
    // The message may have several lines.
    let after = lines.drop { !$0.contains(opening) }.dropFirst()
    return (String(line[start..<end]), ([rest] + after).joined(separator: " "))
  }

  /// https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-retries.html (read 2026-11-29)
  private static let passing: Set = [
    "Throttling", "ThrottlingException", "ThrottledException", "RequestThrottledException", "RequestThrottled",
    "TooManyRequestsException", "RequestLimitExceeded", "BandwidthLimitExceeded", "LimitExceededException", "SlowDown",
    "PriorRequestNotComplete", "TransactionInProgressException", "EC2ThrottledException",
    "ProvisionedThroughputExceededException", "InternalFailure", "InternalError", "InternalServerError",
    "InternalServerErrorException", "ServerException", "ServiceUnavailable", "ServiceUnavailableException",
    "RequestTimeout", "RequestTimeoutException", "500", "502", "503", "504",
  ]
  private static let expired: Set = ["ExpiredToken", "ExpiredTokenException", "RequestExpired", "TokenRefreshRequired"]
  private static let unknown: Set = [
    "InvalidClientTokenId", "UnrecognizedClientException", "InvalidAccessKeyId", "SignatureDoesNotMatch", "AuthFailure",
  ]

  private static func kind(ofCode code: String, _ message: String) -> Kind {
    if passing.contains(code) {
      return code == "LimitExceededException" && !message.contains("Rate") ? .other : .passing
    }
    if expired.contains(code) { return .expired }
    if unknown.contains(code) { return .noCredentials }
    return code.hasPrefix("AccessDenied") || code == "UnauthorizedOperation" || code == "Forbidden" || code == "403"
      ? .denied : .other
  }

  private static func kind(ofText text: String) -> Kind {
    func says(_ words: String...) -> Bool { words.contains { text.contains($0) } }
    if says("Unable to locate credentials", "could not be found", "Partial credentials") { return .noCredentials }
    if says("SSO session", "SSO Token", "from sso", "has expired", "Your session has expired") { return .expired }
    if says("specify a region") { return .noRegion }
    if says(
      "Could not connect", "timeout on endpoint", "Connection was closed", "Connection reset", "EndpointConnection")
    {
      return .passing
    }
    return .other
  }
}

extension AWSFailure {
  /// Whether AWS says that what was asked for is not there.
  var isMissing: Bool {
    message.contains("does not exist") || ["ChangeSetNotFound", "404", "NoSuchBucket", "NoSuchKey"].contains(code)
      || code.hasSuffix("NotFoundException") || code.hasSuffix("NotFound")
  }

  /// As it is reported, with what to do.
  func finding(_ connection: AWSConnection) -> Finding {
    let what = code.isEmpty ? message : "\(message) (\(code))"
    switch kind {
    case .notInstalled:
      return .error(
        at: .unknown, "the aws command is needed and not installed",
        remedy:
          "install it: pip install awscli, or https://docs.aws.amazon.com/cli/latest/userguide/getting-started-install.html"
      )
    case .expired:
      return .error(
        at: .unknown, "the credentials have expired: \(what)",
        remedy: "renew them: aws sso login\(connection.profileWords)")
    case .noCredentials:
      let isProfile = message.contains("profile")
      return .error(
        at: .unknown, isProfile ? what : "there are no credentials that AWS takes: \(what)",
        remedy: isProfile
          ? "aws configure list-profiles lists those there are" : "name a profile: --aws-profile NAME, or aws configure"
      )
    case .noRegion:
      return .error(
        at: .unknown, "no region is set", remedy: "name it: --region eu-west-1, or x-composex: {region: eu-west-1}")
    case .denied:
      return .error(
        at: .unknown, "aws \(call) is not allowed: \(what)",
        remedy: "--policy prints the IAM policy that the command needs")
    case .passing, .other, .interrupted:
      return .error(at: .unknown, "aws \(call) failed: \(what)")
    }
  }
}
