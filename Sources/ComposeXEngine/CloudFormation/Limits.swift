/// The quotas of CloudFormation for one template.
/// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html (read 2026-11-29)
enum Limits {
  static let resources = 500
  static let parameters = 200
  static let mappings = 200
  static let outputs = 200
  static let templateBytes = 1_000_000
  static let dynamicReferences = 60
  static let descriptionBytes = 1_024
  static let parameterValueBytes = 4_096
  static let nameLetters = 255
  static let mappingAttributes = 200
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
    _ stack: Stack, template: [UInt8], file: String?, severity: Finding.Severity, advises: Bool, findings: Findings
  ) {
    let templateBytes = template.count
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
    report(count(of: "{{resolve:", in: template), dynamicReferences, "dynamic references")
    checkTexts(stack, severity, findings)
    let isRoot = file == nil || file?.hasPrefix("\(StackHome.root.file).") == true
    guard advises, isRoot, templateBytes > requestBytes, templateBytes <= Self.templateBytes else { return }
    findings.report(
      Finding(
        .note, at: .unknown,
        "the template has \(templateBytes) bytes: aws cloudformation deploy takes \(requestBytes) by itself",
        remedy: "add --s3-bucket BUCKET to that command"))
  }

  /// How often a text stands in the template.
  private static func count(of text: String, in template: [UInt8]) -> Int {
    let wanted = Array(text.utf8)
    guard let first = wanted.first, template.count >= wanted.count else { return 0 }
    return template.indices.dropLast(wanted.count - 1).count {
      template[$0] == first && template[$0..<($0 + wanted.count)].elementsEqual(wanted)
    }
  }

  /// Reports what is too long: the description, values of parameters, names.
  private static func checkTexts(_ stack: Stack, _ severity: Finding.Severity, _ findings: Findings) {
    func report(_ place: Place, _ subject: String, _ count: Int, _ limit: Int, _ unit: String, _ remedy: String) {
      guard count > limit else { return }
      findings.report(
        Finding(
          severity, at: place, "\(subject) has \(count) \(unit), more than the \(limit) that CloudFormation takes",
          remedy: remedy))
    }
    report(
      .unknown, "the description of the template", stack.description?.utf8.count ?? 0, descriptionBytes, "bytes",
      "write a shorter one")
    for (name, parameter) in stack.parameters.fields ?? [:] {
      let value = parameter["Default"]
      report(
        value?.place ?? parameter.place, "the Default of parameter \(name)", value?.constantText?.utf8.count ?? 0,
        parameterValueBytes, "bytes",
        "keep it in a file of the project, a secret or a bucket, or make two parameters of it")
    }
    for (name, mapping) in stack.mappings.fields ?? [:] {
      for (key, values) in mapping.fields ?? [:] {
        report(
          values.place, "mapping \(name) under \"\(key)\"", values.fields?.count ?? 0, mappingAttributes, "names",
          "make two mappings of it")
      }
    }
    let named = [("parameter", stack.parameters), ("mapping", stack.mappings), ("output", stack.outputs)]
    for (what, section) in named {
      for (name, node) in section.fields ?? [:] {
        report(
          node.place, "the name of \(what) \(name.prefix(20))...", name.utf8.count, nameLetters, "letters",
          "choose a shorter name")
      }
    }
  }
}
