/// Holds every resource against its type, and the definitions of the template against CloudFormation's form.
enum Validation {
  static func check(_ stack: Stack, findings: Findings) {
    for resource in stack.resources.values {
      if let unknown = stack.types.unknown(resource.type, at: resource.origin.place) { findings.report(unknown) }
      guard let type = resource.registered else { continue }
      SchemaCheck.check(resource.properties, type: type, findings: findings)
    }
  }
}
