/// Holds every resource against its type, and the definitions of the template against CloudFormation's form.
enum Validation {
  /// What is wrong with what there is so far; properties that are missing may still come.
  static func checkWritten(_ stack: Stack, findings: Findings) {
    for resource in stack.resources.values {
      ResourceAttributes.check(resource, findings: findings)
      guard let type = resource.registered else { continue }
      let found = SchemaCheck.check(writing: resource.properties, at: [], of: type, place: resource.origin.place)
      for finding in found { findings.report(finding) }
    }
  }

  /// What is wrong with the whole.
  static func check(_ stack: Stack, findings: Findings) {
    for resource in stack.resources.values {
      if let unknown = stack.types.unknown(resource.type, at: resource.origin.place) { findings.report(unknown) }
      guard let type = resource.registered else { continue }
      SchemaCheck.check(resource.properties, type: type, findings: findings)
    }
  }
}
