/// The quotas of CloudFormation for one template.
/// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html
enum Limits {
  static let resources = 500
  static let parameters = 200
  static let mappings = 200
  static let outputs = 200
  static let templateBytes = 1_000_000
  /// What a request may carry itself; more is read from a bucket.
  static let requestBytes = 51_200

  /// Whether the stack breaks one of them.
  static func isBroken(by stack: Stack, _ format: TemplateFormat) -> Bool {
    stack.resources.count > resources || (stack.parameters.fields?.count ?? 0) > parameters
      || (stack.outputs.fields?.count ?? 0) > outputs
      // Some hundred resources have a megabyte, or one that is very large.
      || (stack.resources.count > 50 && format.write(stack).count > templateBytes)
  }

  /// Reports each quota that the stack breaks. `severity` is a warning when the project says so (`x-composex: {limits: warn}`).
  /// `file` is the template's of the nested layout; nil for the single one. `advises`: who deploys it by hand is told what that takes.
  static func check(
    _ stack: Stack, templateBytes: Int, file: String?, severity: Finding.Severity, advises: Bool, findings: Findings
  ) {
    let place = stack.resources.values.first?.origin.place
    func report(_ count: Int, _ limit: Int, _ what: String) {
      guard count > limit else { return }
      findings.report(
        Finding(
          severity, at: file == nil ? .unknown : place ?? .unknown,
          "the template\(file.map { " " + $0 } ?? "") has \(count) \(what), more than the \(limit) that CloudFormation takes",
          remedy: file == nil
            ? "write x-composex: {layout: nested}, or split the compose file into several projects"
            : "split the compose file into several projects"))
    }
    report(stack.resources.count, resources, "resources")
    report(stack.parameters.fields?.count ?? 0, parameters, "parameters")
    report(stack.mappings.fields?.count ?? 0, mappings, "mappings")
    report(stack.outputs.fields?.count ?? 0, outputs, "outputs")
    report(templateBytes, Self.templateBytes, "bytes")
    let isRoot = file == nil || file?.hasPrefix("\(StackHome.root.file).") == true
    guard advises, isRoot, templateBytes > requestBytes, templateBytes <= Self.templateBytes else { return }
    findings.report(
      Finding(
        .note, at: .unknown,
        "the template has \(templateBytes) bytes: aws cloudformation deploy takes \(requestBytes) by itself",
        remedy: "add --s3-bucket BUCKET to that command"))
  }
}
