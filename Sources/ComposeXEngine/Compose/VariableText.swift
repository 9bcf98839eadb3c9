import Glibc

/// A text with variables: `$NAME`, `${NAME}`, `${NAME:-default}` and the other operators of the Compose file format.
public struct VariableText {
  /// Looks a variable up; nil when it is not set.
  typealias Lookup = (String) -> String?

  enum Problem: Error, Equatable {
    /// Braces or a name that are not those of a variable.
    case malformed(String)
    /// `${NAME:?message}` of a variable that has no value.
    case required(name: String, message: String)
    /// The result would be longer than `longest`.
    case tooLong
  }

  /// The longest result, in bytes: a few lines of variables must not fill the memory.
  public static let longest = 1 << 20
  /// The deepest nesting of arguments.
  static let deepest = 100

  /// A variable as a template mentions it.
  public struct Variable: Equatable {
    /// Without `$` and braces.
    public var name: String
    /// What `:-` or `-` gives; empty without it.
    public var fallback: String
    /// What `:+` or `+` gives; empty without it.
    public var alternate: String
    /// Whether `:?` or `?` demands it.
    public var isRequired: Bool
  }

  enum Operator: Equatable {
    case fallback, alternate, require
  }

  /// `${NAME...}` taken apart.
  struct Expression {
    var name: String
    var operation: Operator?
    /// Whether an empty value counts as none (`:-`, `:+`, `:?`).
    var countsEmpty = false
    var argument: Substring.UTF8View
  }

  /// Whether there is anything to substitute in `text`.
  @inline(__always)
  static func isNeeded(_ text: String) -> Bool {
    let isFound = text.utf8.withContiguousStorageIfAvailable { bytes in
      bytes.count > 0 && memchr(bytes.baseAddress!, Int32(UInt8(ascii: "$")), bytes.count) != nil
    }
    return isFound ?? text.utf8.contains(UInt8(ascii: "$"))
  }

  /// `text` with its variables replaced. An argument that is not used is not looked at.
  /// `onUnset` hears of each variable that is not set and has no operator.
  static func substitute(
    _ text: String, lookup: Lookup, onUnset: (String) -> Void = { _ in }
  ) throws(Problem) -> String {
    var out = ""
    try expand(text[...].utf8, depth: 0, lookup: lookup, onUnset: onUnset, into: &out)
    return out
  }

  private static func expand(
    _ text: Substring.UTF8View, depth: Int, lookup: Lookup, onUnset: (String) -> Void, into out: inout String
  ) throws(Problem) {
    if depth > deepest { throw .malformed(text.prefix(40).text) }
    var rest = text
    while let dollar = rest.firstIndex(of: UInt8(ascii: "$")) {
      out += rest[..<dollar].text
      rest = rest[rest.index(after: dollar)...]
      switch try part(&rest) {
      case .literal(let literal): out += literal
      case .variable(let name):
        if let value = lookup(name) { out += value } else { onUnset(name) }
      case .expression(let expression):
        try evaluate(expression, depth: depth, lookup: lookup, onUnset: onUnset, into: &out)
      }
      if out.utf8.count > longest { throw .tooLong }
    }
    out += rest.text
  }

  private static func evaluate(
    _ expression: Expression, depth: Int, lookup: Lookup, onUnset: (String) -> Void, into out: inout String
  ) throws(Problem) {
    let value = lookup(expression.name)
    let isMissing = value == nil || (expression.countsEmpty && value == "")
    switch expression.operation {
    case nil:
      if let value { out += value } else { onUnset(expression.name) }
    case .fallback:
      if !isMissing, let value { return out += value }
      try expand(expression.argument, depth: depth + 1, lookup: lookup, onUnset: onUnset, into: &out)
    case .alternate:
      if isMissing { return }
      try expand(expression.argument, depth: depth + 1, lookup: lookup, onUnset: onUnset, into: &out)
    case .require:
      if !isMissing, let value { return out += value }
      var message = ""
      try expand(expression.argument, depth: depth + 1, lookup: lookup, onUnset: onUnset, into: &message)
      throw .required(name: expression.name, message: message)
    }
  }

  enum Part {
    case literal(String)
    case variable(String)
    case expression(Expression)
  }

  /// Takes what follows a `$` off `rest`.
  private static func part(_ rest: inout Substring.UTF8View) throws(Problem) -> Part {
    guard let next = rest.first else { return .literal("$") }
    if next == UInt8(ascii: "$") {
      rest = rest.dropFirst()
      return .literal("$")
    }
    if next == UInt8(ascii: "{") { return try braced(&rest) }
    let name = rest.prefix(while: isNameByte)
    guard !name.isEmpty, !isDigit(next) else { return .literal("$") }
    rest = rest[name.endIndex...]
    return .variable(name.text)
  }

  /// `{NAME op argument}`, with braces that nest.
  private static func braced(_ rest: inout Substring.UTF8View) throws(Problem) -> Part {
    let whole = rest
    guard let end = closingBrace(whole) else { throw .malformed("$" + shown(whole)) }
    let inner = whole[whole.index(after: whole.startIndex)..<end]
    rest = whole[whole.index(after: end)...]
    let text = "$" + whole[...end].text
    if isPseudoParameter(inner) { return .literal(text) }
    if isEscaped(inner) { return .literal("${" + inner.dropFirst().text + "}") }
    let name = inner.prefix(while: isNameByte)
    guard let first = name.first, !isDigit(first) else { throw .malformed(text) }
    var expression = Expression(name: name.text, argument: inner[name.endIndex...])
    var after = inner[name.endIndex...]
    if after.isEmpty { return .expression(expression) }
    if after.first == UInt8(ascii: ":") {
      expression.countsEmpty = true
      after = after.dropFirst()
    }
    switch after.first {
    case UInt8(ascii: "-"): expression.operation = .fallback
    case UInt8(ascii: "+"): expression.operation = .alternate
    case UInt8(ascii: "?"): expression.operation = .require
    default: throw .malformed(text)
    }
    expression.argument = after.dropFirst()
    return .expression(expression)
  }

  private static func closingBrace(_ text: Substring.UTF8View) -> Substring.UTF8View.Index? {
    var open = 0
    var index = text.startIndex
    while index < text.endIndex {
      if text[index] == UInt8(ascii: "{") {
        open += 1
      } else if text[index] == UInt8(ascii: "}") {
        open -= 1
        if open == 0 { return index }
      }
      index = text.index(after: index)
    }
    return nil
  }

  /// `${AWS::Region}` and its like are CloudFormation's and stay as they are.
  private static func isPseudoParameter(_ inner: Substring.UTF8View) -> Bool {
    let prefix = "AWS::".utf8
    guard inner.starts(with: prefix) else { return false }
    let name = inner.dropFirst(prefix.count)
    return !name.isEmpty && name.allSatisfy { isNameByte($0) && !isDigit($0) }
  }

  /// `${!NAME}` is how CloudFormation writes a plain `${NAME}`.
  private static func isEscaped(_ inner: Substring.UTF8View) -> Bool {
    inner.first == UInt8(ascii: "!") && inner.count > 1 && inner.dropFirst().allSatisfy(isNameByte)
  }

  private static func shown(_ text: Substring.UTF8View) -> String {
    text.count > 60 ? String(decoding: text.prefix(60), as: UTF8.self) + "..." : text.text
  }

  static func isNameByte(_ byte: UInt8) -> Bool {
    isDigit(byte) || byte == UInt8(ascii: "_") || (byte | 0x20) &- UInt8(ascii: "a") < 26
  }

  static func isDigit(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "0") < 10 }
}

// MARK: - Variables

extension VariableText {
  /// The variables that `text` mentions, arguments included, in order; malformed parts have none.
  public static func variables(in text: String) -> [Variable] {
    var found: [Variable] = []
    collect(text[...].utf8, depth: 0, into: &found)
    return found
  }

  private static func collect(_ text: Substring.UTF8View, depth: Int, into found: inout [Variable]) {
    if depth > deepest { return }
    var rest = text
    while let dollar = rest.firstIndex(of: UInt8(ascii: "$")) {
      rest = rest[rest.index(after: dollar)...]
      guard let part = try? part(&rest) else { return }
      switch part {
      case .literal: continue
      case .variable(let name):
        found.append(Variable(name: name, fallback: "", alternate: "", isRequired: false))
      case .expression(let expression):
        // A text that long is refused where it is used.
        let argument = expression.argument.count > longest ? "" : expression.argument.text
        found.append(
          Variable(
            name: expression.name, fallback: expression.operation == .fallback ? argument : "",
            alternate: expression.operation == .alternate ? argument : "",
            isRequired: expression.operation == .require))
        collect(expression.argument, depth: depth + 1, into: &found)
      }
    }
  }
}
