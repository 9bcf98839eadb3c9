/// Holds every resource against its type, and the definitions of the template against CloudFormation's form.
struct Validation {
  private let stack: Stack
  private let findings: Findings
  /// What `checkWritten` found wrong with the whole, what is missing included; nil once scripts have changed resources.
  private var known: [Finding]?

  init(_ stack: Stack, findings: Findings) {
    self.stack = stack
    self.findings = findings
  }

  /// Reports what is wrong with what there is so far; properties that are missing may still come.
  mutating func checkWritten() {
    var known: [Finding] = []
    defer { findings.definition = nil }
    for resource in stack.resources.values {
      findings.definition = resource.origin.place
      ResourceAttributes.check(resource, findings: findings)
      resource.attributes["Metadata"]?.keepDigits()
      guard let type = resource.registered else {
        resource.properties.keepDigits()
        continue
      }
      let (written, whole) = SchemaCheck.faults(of: resource.properties, type: type)
      written.forEach(findings.report)
      known += whole.map { $0.attributed(to: resource.origin.place) }
    }
    self.known = known
  }

  /// Resources have changed since.
  mutating func forget() { known = nil }

  /// Reports what is wrong with the whole.
  func check() {
    for resource in stack.resources.values {
      findings.definition = resource.origin.place
      if let unknown = stack.types.unknown(resource.type, at: resource.origin.place) { findings.report(unknown) }
      if known != nil { continue }
      guard let type = resource.registered else { continue }
      SchemaCheck.check(resource.properties, type: type, findings: findings)
    }
    findings.definition = nil
    known?.forEach(findings.report)
  }
}
