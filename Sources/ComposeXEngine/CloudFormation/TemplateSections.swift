/// What a parameter, a mapping, a condition and an output may hold.
/// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html
enum TemplateSections {
  static let parameter = [
    "Type", "Default", "Description", "AllowedValues", "AllowedPattern", "ConstraintDescription", "MinLength",
    "MaxLength",
    "MinValue", "MaxValue", "NoEcho",
  ]
  static let output = ["Description", "Value", "Export", "Condition"]

  /// Refuses a definition that CloudFormation would refuse. `what` is `parameter`, `mapping`, `output` or `condition`.
  static func check(_ node: Node, _ what: String, _ name: String) throws(Finding) {
    guard !name.isEmpty, name.utf8.allSatisfy(isPlain) else {
      throw .error(
        at: node.place, "\(what) \"\(name)\" must consist of letters and digits", remedy: "name it in PascalCase")
    }
    if what == "condition" { return try checkCondition(node, name) }
    if what == "rule" { return try checkRule(node, name) }
    if what == "mapping" { return try checkMapping(node, name) }
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
    if what == "parameter", let value = fields["Default"], isHidden(fields["NoEcho"]) {
      throw .error(
        at: value.place, "parameter \"\(name)\" has NoEcho and a Default, which everybody reads who sees the template",
        remedy: "remove the Default, and give the value with --parameter-overrides \(name)=VALUE")
    }
    if what == "parameter", let value = fields["AllowedValues"], isHidden(fields["NoEcho"]) {
      throw .error(
        at: value.place,
        "parameter \"\(name)\" has NoEcho and AllowedValues, which everybody reads who sees the template",
        remedy: "remove the AllowedValues; AllowedPattern can say of which letters it is")
    }
    if what == "parameter" { try checkType(fields[required], name) } else { try checkValue(fields[required], name) }
  }

  /// Whatever is not plainly false: what is meant to be hidden is hidden.
  private static func isHidden(_ noEcho: Node?) -> Bool {
    guard let noEcho else { return false }
    return noEcho.bool != false && noEcho.string?.lowercased() != "false"
  }

  /// A rule has assertions, and may have a condition under which they must hold. At most a rule of the two functions for rules.
  /// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/rules-section-structure.html (read 2026-11-29)
  private static func checkRule(_ node: Node, _ name: String) throws(Finding) {
    let form = "write { Assertions = { { Assert = { [\"Fn::Equals\"] = { a, b } }, AssertDescription = \"...\" } } }"
    for key in node.fields?.keys.elements ?? [] where !["RuleCondition", "Assertions"].contains(key) {
      throw .error(
        at: node.place, "rule \"\(name)\" has no field \"\(key)\"",
        remedy: NearName.remedy(key, in: ["RuleCondition", "Assertions"], what: "it has"))
    }
    guard let assertions = node["Assertions"]?.list, !assertions.isEmpty else {
      throw .error(at: node.place, "rule \"\(name)\" needs a list of Assertions", remedy: form)
    }
    for assertion in assertions where assertion["Assert"] == nil {
      throw .error(at: assertion.place, "an assertion of rule \"\(name)\" needs its Assert", remedy: form)
    }
  }

  /// A condition is one of the condition functions.
  /// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-conditions.html
  private static func checkCondition(_ node: Node, _ name: String) throws(Finding) {
    let counts = ["Fn::And": 2...10, "Fn::Or": 2...10, "Fn::Not": 1...1, "Fn::Equals": 2...2]
    guard let (function, argument) = Intrinsics.function(node), function == "Condition" || counts[function] != nil
    else {
      throw .error(
        at: node.place, "condition \"\(name)\" must be a condition function, not \(node.kind)",
        remedy: "write { [\"Fn::Equals\"] = { stack:parameter(...), \"prod\" } }")
    }
    guard let count = counts[function], !count.contains(argument.list?.count ?? 0) else { return }
    let wanted =
      count.lowerBound == count.upperBound ? "\(count.lowerBound)" : "\(count.lowerBound) to \(count.upperBound)"
    throw .error(
      at: node.place,
      "condition \"\(name)\": \(function) takes a list of \(wanted), not of \(argument.list?.count ?? 0)",
      remedy: "see CloudFormation's condition functions")
  }

  /// A mapping has keys, each of which has named strings, or lists of them. Nothing in it is computed.
  /// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/mappings-section-structure.html (read 2026-11-29)
  private static func checkMapping(_ node: Node, _ name: String) throws(Finding) {
    func refuse(_ place: Place, _ message: String, _ remedy: String) -> Finding {
      .error(at: place, "mapping \"\(name)\" \(message)", remedy: remedy)
    }
    let form = "write { [\"eu-west-1\"] = { Zones = \"3\" } }"
    guard let keys = node.fields, !keys.isEmpty else {
      throw refuse(node.place, "needs a table of keys, not \(node.kind)", form)
    }
    for (key, entries) in keys {
      guard key.utf8.allSatisfy({ isPlain($0) || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: ".") }) else {
        throw refuse(
          entries.place, "has the key \"\(key)\", which is not letters, digits, - and . only", "choose another key")
      }
      guard let values = entries.fields, !values.isEmpty, Intrinsics.function(entries) == nil else {
        throw refuse(entries.place, "needs a table of named values under \"\(key)\", not \(entries.kind)", form)
      }
      for (label, value) in values {
        guard label.utf8.allSatisfy(isPlain) else {
          throw refuse(
            value.place, "has \"\(label)\" under \"\(key)\", which is not letters and digits only",
            "choose another name")
        }
        guard (value.list ?? [value]).allSatisfy({ $0.constantText != nil }) else {
          throw refuse(
            value.place, "must have a string or a list of strings as \"\(label)\" of \"\(key)\", not \(value.kind)",
            "write what it comes to: nothing in a mapping is computed")
        }
      }
    }
  }

  private static func isPlain(_ byte: UInt8) -> Bool {
    (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
  }

  private static func checkType(_ node: Node?, _ name: String) throws(Finding) {
    guard let node else { return }
    let own = ["String", "Number", "List<Number>", "CommaDelimitedList"]
    let isOfAWS = node.string.map { $0.hasPrefix("AWS::") || $0.hasPrefix("List<AWS::") } ?? false
    if isOfAWS || node.string.map(own.contains) == true { return }
    let shown = node.string.map { "\"\($0)\"" } ?? node.kind
    throw .error(
      at: node.place, "parameter \"\(name)\" cannot be of type \(shown)",
      remedy: node.string.flatMap { NearName.find($0, in: own) }.map { "did you mean \"\($0)\"?" }
        ?? "its type is \(own.joined(separator: ", ")), or AWS::...")
  }

  private static func checkValue(_ node: Node?, _ name: String) throws(Finding) {
    guard let node else { return }
    switch node.value {
    case .list, .null: break
    case .map where Intrinsics.function(node) == nil: break
    default: return
    }
    throw .error(
      at: node.place, "the Value of output \"\(name)\" must be a string, not \(node.kind)",
      remedy: "write a string, a reference, or a function such as Fn::Join")
  }
}
