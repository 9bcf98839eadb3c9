/// What a parameter and an output may hold.
/// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html
enum TemplateSections {
  static let parameter = [
    "Type", "Default", "Description", "AllowedValues", "AllowedPattern", "ConstraintDescription", "MinLength",
    "MaxLength",
    "MinValue", "MaxValue", "NoEcho",
  ]
  static let output = ["Description", "Value", "Export", "Condition"]

  /// Refuses a definition that CloudFormation would refuse. `what` is `parameter`, `output` or `condition`.
  static func check(_ node: Node, _ what: String, _ name: String) throws(Finding) {
    guard !name.isEmpty,
      name.utf8.allSatisfy({ (48...57).contains($0) || (65...90).contains($0) || (97...122).contains($0) })
    else {
      throw .error(
        at: node.place, "\(what) \"\(name)\" must consist of letters and digits", remedy: "name it in PascalCase")
    }
    guard what != "condition" else { return }
    guard let fields = node.fields else {
      throw .error(
        at: node.place, "\(what) \"\(name)\" needs a table of its fields, not \(node.kind)",
        remedy: "its fields are \((what == "parameter" ? parameter : output).joined(separator: ", "))")
    }
    let known = what == "parameter" ? parameter : output
    for key in fields.keys where !known.contains(key) {
      throw .error(
        at: node.place, "\(what) \"\(name)\" has no field \"\(key)\"",
        remedy: NearName.remedy(key, in: known, what: "it has"))
    }
    let required = what == "parameter" ? "Type" : "Value"
    guard fields[required] != nil else {
      throw .error(
        at: node.place, "\(what) \"\(name)\" needs its \(required)",
        remedy: what == "parameter" ? "write Type = \"String\"" : "write Value = ...")
    }
  }
}
