/// The quotas of CloudFormation for one template.
/// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html
enum Limits {
  static let resources = 500
  static let parameters = 200
  static let mappings = 200
  static let outputs = 200
  static let templateBytes = 1_000_000

  /// Reports each quota that the stack breaks. `severity` is a warning when the project says so (`x-composex: {limits: warn}`).
  static func check(_ stack: Stack, templateBytes: Int, severity: Finding.Severity, findings: Findings) {
    func report(_ count: Int, _ limit: Int, _ what: String) {
      guard count > limit else { return }
      findings.report(
        Finding(
          severity, at: .unknown, "the template has \(count) \(what), more than the \(limit) that CloudFormation takes",
          remedy: "write x-composex: {layout: nested}, or split the compose file into several projects"))
    }
    report(stack.resources.count, resources, "resources")
    report(stack.parameters.fields?.count ?? 0, parameters, "parameters")
    report(stack.mappings.fields?.count ?? 0, mappings, "mappings")
    report(stack.outputs.fields?.count ?? 0, outputs, "outputs")
    report(templateBytes, Self.templateBytes, "bytes")
  }
}
