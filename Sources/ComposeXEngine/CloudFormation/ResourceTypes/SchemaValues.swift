/// Values against forms: what a scalar accepts, and the words for both.
extension Schema.Scalar {
  /// Whether CloudFormation would read the node as this kind of scalar.
  func accepts(_ node: Node) -> Bool {
    switch (kind, node.value) {
    case (.string, .string), (.string, .int), (.string, .float), (.string, .bool): return true
    case (.integer, .int), (.number, .int), (.number, .float), (.boolean, .bool): return true
    case (.integer, .float(let number)): return number.rounded() == number
    case (.integer, .string(let text)): return Int(text) != nil || Computed.isDynamic(text)
    case (.number, .string(let text)): return Double(text)?.isFinite == true || Computed.isDynamic(text)
    case (.boolean, .string(let text)):
      return ["true", "false"].contains(text.lowercased()) || Computed.isDynamic(text)
    default: return false
    }
  }

  /// Whether a text is among the values, if they are few.
  func admits(_ text: String) -> Bool {
    guard let values else { return true }
    if values.contains(text) || Computed.isDynamic(text) { return true }
    return anyCase && values.contains { $0.lowercased() == text.lowercased() }
  }

  func contains(_ number: Double) -> Bool {
    number >= minimum ?? -.infinity && number <= maximum ?? .infinity
  }

  /// Whether not every value of the kind will do.
  var isBound: Bool { values != nil || minimum != nil || maximum != nil }

  /// The range in words; nil when there is none.
  var range: String? {
    func word(_ bound: Double) -> String { Int(exactly: bound).map(String.init) ?? "\(bound)" }
    switch (minimum, maximum) {
    case (let low?, let high?): return "between \(word(low)) and \(word(high))"
    case (let low?, nil): return "at least \(word(low))"
    case (nil, let high?): return "at most \(word(high))"
    case (nil, nil): return nil
    }
  }
}

extension Schema {
  /// Whether a node has the shape of the form at all.
  func isLikely(for node: Node) -> Bool {
    switch self {
    case .any: true
    case .scalar(let scalar): scalar.accepts(node)
    case .list: node.list != nil
    case .map, .object, .json: node.fields != nil
    case .either(let forms): forms.contains { $0.isLikely(for: node) }
    }
  }
}

extension Schema: CustomStringConvertible {
  /// The form in the words of a message, with its article.
  var description: String {
    switch self {
    case .scalar(let scalar):
      if let values = scalar.values, values.count <= 12 { return "one of " + values.joined(separator: ", ") }
      return switch scalar.kind {
      case .string: "a string"
      case .integer: "an integer"
      case .number: "a number"
      case .boolean: "a boolean"
      }
    case .list: return "a list"
    case .map, .object, .json: return "a mapping"
    case .any: return "any value"
    case .either(let forms):
      var words: [String] = []
      for word in forms.map(\.description) where !words.contains(word) { words.append(word) }
      return words.joined(separator: " or ")
    }
  }
}

extension Node {
  /// Makes a number that stands for a string the string that was written: an account `012345678901`, a version `16.10`. One that is
  /// written as numbers are stays a number.
  func keepSpelling() {
    guard let source, source != YAMLScalar.number(value) else { return }
    switch value {
    case .int, .float: value = .string(source)
    default: return
    }
  }

  /// The same for what a function is given: `Fn::Join` and its like make texts.
  func keepArguments() {
    switch value {
    case .list(let items): for item in items { item.keepArguments() }
    case .map(let fields): for field in fields.values { field.keepArguments() }
    case .text(let parts): for case .variable(_, let value) in parts { value.keepArguments() }
    default: keepSpelling()
    }
  }

  /// The same for numbers below a value of unknown form, as far as they cannot be meant as numbers: digits after a zero.
  func keepDigits() {
    switch value {
    case .list(let items): for item in items { item.keepDigits() }
    case .map(let fields): for field in fields.values { field.keepDigits() }
    case .int, .float:
      guard let bytes = source?.utf8, bytes.count > 1, bytes.first == UInt8(ascii: "0") else { return }
      if bytes.allSatisfy({ $0 &- UInt8(ascii: "0") < 10 }) { keepSpelling() }
    default: return
    }
  }

  /// The same for a mapping of a form that the type does not say. One of scalars only is variables, labels or parameters: strings.
  func keepScalars() {
    keepDigits()
    guard let fields, fields.values.allSatisfy({ $0.constantText != nil }) else { return }
    for field in fields.values { field.keepSpelling() }
  }

  /// A scalar as text, the way it was written; nil for anything else.
  var scalarText: String? {
    switch value {
    case .string(let text): text
    case .int(let number): source ?? String(number)
    case .float(let number): source ?? String(number)
    case .bool(let flag): flag ? "true" : "false"
    default: nil
    }
  }

  /// A short scalar as the user wrote it, anything else by its kind.
  var shown: String {
    guard let text = scalarText, text.utf8.count <= 40, !text.contains("\n") else { return kind }
    return string == nil ? text : "\"\(text)\""
  }
}
