/// Who may do what to which resource.
struct Grant: Hashable {
  /// What a role is for.
  enum Kind: String {
    /// The code of a service.
    case task
    /// ECS, when it starts a task.
    case execution
    /// Any other role.
    case role
    /// Somebody whom a policy of a resource names: a service of AWS, an account, `everyone`.
    case other
  }

  /// `services::web` for its task role, `#WebExecutionRole` and `#Id` for others; `everyone`, `account 123456789012`,
  /// `events.amazonaws.com` for whom a policy of a resource names.
  var role: String
  var kind: Kind
  /// As the policy has it: `sqs:SendMessage`, `sqs:*`; `all but ...` for a `NotAction`.
  var action: String
  /// `x-sqs::jobs`, `x-s3::files/*`, `#WebLogGroup`, or an ARN; `all but ...` for a `NotResource`.
  var resource: String
  /// `maybe` where a condition, a boundary or a policy that is not in the template decides.
  var certainty: Certainty
  /// What it depends on: `StringEquals aws:SourceAccount`, `permissions boundary`.
  var conditions: [String] = []
  var evidence: Evidence?

  static func == (a: Grant, b: Grant) -> Bool {
    a.role == b.role && a.action == b.action && a.resource == b.resource && a.certainty == b.certainty
  }

  func hash(into hasher: inout Hasher) {
    hasher.combine(role)
    hasher.combine(action)
    hasher.combine(resource)
  }
}
