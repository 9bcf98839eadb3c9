/// One line of a `Condition`: an operator, a key, and the values of which one is wanted.
///
/// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html (read 2026-11-29)
struct IAMCondition {
  var op: String
  var key: String
  var values: [String]

  /// `StringEquals aws:SourceAccount`.
  var text: String { "\(op) \(key)" }

  static func read(_ node: Node?, _ scope: FactScope) -> [IAMCondition] {
    FactValues.branches(node, scope).flatMap { branch in
      (branch.node.fields ?? [:]).flatMap { op, keys in
        FactValues.branches(keys, branch.scope).flatMap { inner in
          (inner.node.fields ?? [:]).map { key, values in
            IAMCondition(op: op, key: key, values: FactValues.texts(values, inner.scope))
          }
        }
      }
    }
  }

  /// Whether it is true of a request. A key of which nothing is known leaves it open.
  func holds(_ request: IAMRequest) -> Certainty {
    var name = op
    let quantifier = name.split(separator: ":").count == 2 ? String(name.prefix { $0 != ":" }) : nil
    if quantifier != nil { name = String(name.drop { $0 != ":" }.dropFirst()) }
    let present = request.context[key.lowercased()]
    if name.lowercased() == "null" {
      guard present != nil || request.isComplete else { return .maybe }
      return Certainty((present == nil) == (values.first?.lowercased() == "true"))
    }
    let isIfExists = name.lowercased().hasSuffix("ifexists")
    if isIfExists { name = String(name.dropLast("IfExists".count)) }
    guard let present else {
      guard request.isComplete else { return .maybe }
      return Certainty(isIfExists || quantifier == "ForAllValues" || Self.isNegated(name))
    }
    switch quantifier {
    case "ForAllValues": return present.map { fits($0, name) }.min() ?? .yes
    case "ForAnyValue": return present.map { fits($0, name) }.max() ?? .no
    default: return present.first.map { fits($0, name) } ?? Certainty(Self.isNegated(name))
    }
  }

  private static func isNegated(_ name: String) -> Bool { name.lowercased().contains("not") }

  /// Whether a value of the request is one of those that are wanted; of a negated operator, none of them.
  private func fits(_ value: String, _ name: String) -> Certainty {
    let lower = name.lowercased()
    let best = values.map { Self.compare(value, $0, lower.replacing("not", with: "")) }.max() ?? .no
    guard Self.isNegated(name) else { return best }
    switch best {
    case .yes: return .no
    case .maybe: return .maybe
    case .no: return .yes
    }
  }

  private static func compare(_ value: String, _ wanted: String, _ op: String) -> Certainty {
    // What the deployment fills in decides.
    if wanted.contains("${")
      || !op.hasSuffix("like") && !op.hasPrefix("arn") && (wanted.contains("<") || value.contains("<")),
      value != wanted
    {
      return .maybe
    }
    switch op {
    case "stringequals", "binaryequals": return Certainty(value == wanted)
    case "stringequalsignorecase", "bool": return Certainty(value.lowercased() == wanted.lowercased())
    case "stringlike", "arnlike", "arnequals": return IAMPattern(wanted).matches(value)
    case "numericequals", "numericlessthan", "numericlessthanequals", "numericgreaterthan", "numericgreaterthanequals":
      guard let a = Double(value), let b = Double(wanted) else { return .no }
      return Certainty(ordered(a, b, String(op.dropFirst("numeric".count))))
    case "dateequals", "datelessthan", "datelessthanequals", "dategreaterthan", "dategreaterthanequals":
      // Times in the one form of ISO 8601 that policies have are in the order of their letters.
      return Certainty(ordered(value, wanted, String(op.dropFirst("date".count))))
    case "ipaddress":
      guard let range = AddressBlock(anyOf: wanted), let address = AddressBlock(anyOf: value) else { return .maybe }
      return Certainty(range.contains(address))
    default: return .maybe
    }
  }

  private static func ordered<Value: Comparable>(_ a: Value, _ b: Value, _ op: String) -> Bool {
    switch op {
    case "equals": a == b
    case "lessthan": a < b
    case "lessthanequals": a <= b
    case "greaterthan": a > b
    default: a >= b
    }
  }
}
