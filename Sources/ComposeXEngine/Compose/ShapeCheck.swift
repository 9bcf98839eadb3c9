/// Checks a model, in short or long form, against the field table: unknown attributes, types, words, ranges, required attributes.
///
/// Lists with a unique key are made unique first: what an entry has replaced is not checked.
struct ShapeCheck {
  let findings: Findings
  /// Whether texts with `$` stand for values that are not known yet (`--no-interpolate`).
  let allowsVariables: Bool
  var path = ModelPath()

  init(findings: Findings, allowsVariables: Bool = false) {
    self.findings = findings
    self.allowsVariables = allowsVariables
  }

  mutating func run(_ root: Node) { record(root, Fields.root) }

  mutating func check(_ node: Node, _ shape: Shape) {
    switch shape {
    case .any: return
    case .texts:
      for item in node.list ?? [node] where Casts.text(item) == nil { mistype(item, "a string or a list of strings") }
    case .orNull(let inner): if !node.isNull { check(node, inner) }
    case .short(let short, let long): checkShort(node, short, long)
    case .record(let record): self.record(node, record)
    case .map(let value, let named): map(node, value, named: named)
    case .list(let item, let distinct): list(node, item, distinct: distinct)
    case .stringOrList, .healthTest:
      if node.string == nil { list(node, .string, distinct: false, or: "a string or ") }
    case .command:
      if !node.isNull, node.string == nil { list(node, .string, distinct: false, or: "a string or ") }
    case .pairs: pairs(node)
    case .options: options(node)
    case .hosts: hosts(node)
    default: if let wanted = scalar(node, shape) { mistype(node, wanted) }
    }
  }

  /// What a scalar should be, when `node` is not that.
  func scalar(_ node: Node, _ shape: Shape) -> String? {
    if allowsVariables, let text = node.string, VariableText.isNeeded(text) { return nil }
    switch (shape, node.value) {
    case (.string, .string), (.boolean, .bool), (.stringOrNumber, .string), (.stringOrNumber, .int),
      (.stringOrNumber, .float), (.stringOrBoolean, .string), (.stringOrBoolean, .bool), (.published, .string),
      (.published, .int), (.fileMode, .string), (.fileMode, .int), (.deviceCount, .int):
      return nil
    case (.string, _): return "a string"
    case (.boolean(true), .string(let text)): return Casts.boolean(text) == nil ? "a boolean" : nil
    case (.boolean, _): return "a boolean"
    case (.integer(let low, let high, let quoted), _): return integer(node, low, high, quoted)
    case (.number(let low, let high, let quoted), _): return number(node, low, high, quoted)
    case (.bytes(true), .int): return nil
    case (.bytes, .string(let text)): return Quantities.bytes(text) == nil ? "a size such as 512m" : nil
    case (.bytes(let bare), _): return bare ? "a size such as 512m" : "a string such as 512m"
    case (.duration, .string(let text)):
      return Quantities.nanoseconds(text) == nil ? "a time with a unit such as 1m30s" : nil
    case (.duration, _): return "a string such as 1m30s"
    case (.oneOf(let words), .string(let text)):
      return words.contains(text) ? nil : "one of " + words.joined(separator: ", ")
    case (.oneOf(let words), _): return "one of " + words.joined(separator: ", ")
    case (.pattern(let pattern), .string(let text)): return pattern.problem(text)
    case (.pattern, _): return "a string"
    case (.deviceCount, .string(let text)):
      return text == "all" || Casts.integer(text) != nil ? nil : "all or a number"
    case (.deviceCount, _): return "all or a number"
    case (.stringOrNumber, _), (.published, _), (.fileMode, _): return "a string or a number"
    case (.stringOrBoolean, _): return "a string or a boolean"
    default: return nil
    }
  }

  func integer(_ node: Node, _ low: Int?, _ high: Int?, _ quoted: Bool) -> String? {
    let value: Int?
    switch node.value {
    case .int(let int): value = int
    case .float(let float): value = Int(exactly: float)
    case .string(let text): value = quoted ? Casts.integer(text) : nil
    default: value = nil
    }
    guard let value else { return quoted ? "an integer" : "an integer without quotes" }
    if let low, value < low { return "greater than or equal to \(low)" }
    if let high, value > high { return "less than or equal to \(high)" }
    return nil
  }

  func number(_ node: Node, _ low: Double?, _ high: Double?, _ quoted: Bool) -> String? {
    let value: Double?
    switch node.value {
    case .int(let int): value = Double(int)
    case .float(let float): value = float.isFinite ? float : nil
    case .string(let text): value = quoted ? Casts.number(text) : nil
    default: value = nil
    }
    guard let value else { return "a number" }
    if let low, value < low { return "greater than or equal to \(YAMLScalar.text(of: low))" }
    if let high, value > high { return "less than or equal to \(YAMLScalar.text(of: high))" }
    return nil
  }
}

// MARK: - Collections

extension ShapeCheck {
  /// The usual case, without another look: a text where a text belongs.
  @inline(__always)
  func isPlainly(_ node: Node, _ shape: Shape) -> Bool {
    switch (shape, node.value) {
    case (.string, .string), (.boolean, .bool), (.command, .string): true
    default: false
    }
  }

  mutating func record(_ node: Node, _ record: Record) {
    guard case .map(let fields) = node.value else { return mistype(node, "a mapping") }
    for (key, child) in fields {
      guard let attribute = record[key] else {
        if !(key.isExtension && record.takesExtensions) { unknown(key, child, record) }
        continue
      }
      if let unique = attribute.unique { Uniqueness.enforce(unique, in: child) }
      if isPlainly(child, attribute.shape) { continue }
      path.push(key)
      check(child, attribute.shape)
      path.pop()
    }
    for key in record.required where fields[key] == nil {
      report(node, "\(path) missing property '\(key)'", remedy: "add \(key):")
    }
  }

  mutating func map(_ node: Node, _ value: Shape, named: Bool) {
    guard case .map(let fields) = node.value else { return mistype(node, "a mapping") }
    for (key, child) in fields {
      path.push(key)
      if named, !Self.isName(key) {
        findings.report(
          .error(
            at: child.keyPlace ?? child.place, "\(path): the name \"\(key)\" is not allowed",
            remedy: "names consist of letters, digits, \".\", \"_\" and \"-\""))
      }
      check(child, value)
      path.pop()
    }
  }

  mutating func list(_ node: Node, _ item: Shape, distinct: Bool, or other: String = "") {
    guard case .list(let items) = node.value else { return mistype(node, other + "a list") }
    for (index, child) in items.enumerated() {
      path.push(index)
      check(child, item)
      path.pop()
    }
    guard distinct, items.count > 1 else { return }
    var seen: [String: Int] = [:]
    for (index, child) in items.enumerated() {
      guard let text = Casts.text(child) else { continue }
      if let first = seen[text] {
        report(child, "\(path) items at \(first) and \(index) are equal: \(text)", remedy: "remove one of them")
      }
      seen[text] = index
    }
  }

  mutating func pairs(_ node: Node) {
    switch node.value {
    case .map(let fields):
      for (key, child) in fields where Casts.text(child) == nil && !child.isNull {
        report(
          child, "\(path).\(key) must be a string, a number, a boolean or null, not \(child.kind)",
          remedy: "write \(key): text")
      }
    case .list(let items):
      for (index, child) in items.enumerated() where child.string == nil {
        report(
          child,
          "\(path)[\(index)] must be a string, not \(child.kind): \(path) must be a mapping or a list of key=value",
          remedy: "write - KEY=value, or KEY: value without the dash")
      }
    default: mistype(node, "a mapping or a list of key=value")
    }
  }

  mutating func options(_ node: Node) {
    guard case .map(let fields) = node.value else { return mistype(node, "a mapping") }
    for (key, child) in fields where Casts.text(child) == nil && !child.isNull {
      report(child, "\(path).\(key) must be a string or a number, not \(child.kind)", remedy: "write \(key): text")
    }
  }

  mutating func hosts(_ node: Node) {
    switch node.value {
    case .map(let fields):
      for (key, child) in fields {
        let isText = child.string != nil || child.isNull || (child.list?.allSatisfy { $0.string != nil } ?? false)
        if !isText {
          report(
            child, "\(path).\(key) must be a string or a list of strings, not \(child.kind)",
            remedy: "write \(key): address")
        }
      }
    case .list: list(node, .string, distinct: true)
    default: mistype(node, "a mapping or a list of host=address")
    }
  }

  mutating func checkShort(_ node: Node, _ short: Short, _ long: Shape) {
    switch (short, node.value) {
    case (.build, .string), (.mount, .string), (.fileMount, .string), (.device, .string), (.extends, .string),
      (.include, .string), (.envFile, .string), (.port, .string), (.port, .int):
      return
    case (.gpus, .string(let text)):
      if text != "all" { mistype(node, "all or a list") }
    case (.dependsOn, .list), (.names, .list), (.ssh, .list): list(node, .string, distinct: true)
    case (.envFile, .list(let items)):
      for (index, item) in items.enumerated() where item.string == nil {
        path.push(index)
        check(item, .record(Fields.envFile))
        path.pop()
      }
    case (.ulimit, .int), (.ulimit, .string), (.ulimit, .float):
      if let wanted = integer(node, nil, nil, true) { mistype(node, wanted) }
    case (.external, .map(let fields)):
      for key in fields.keys where key != "name" && !key.isExtension {
        report(
          fields[key] ?? node, "\(path) has no attribute \"\(key)\"",
          remedy: "write external: true, and name: beside it")
      }
      if let name = fields["name"] {
        path.push("name")
        check(name, .string)
        path.pop()
      }
    case (.port, _): check(node, node.fields == nil ? .string : long)
    default: check(node, long)
    }
  }

  static func isName(_ text: String) -> Bool {
    !text.isEmpty
      && text.utf8.allSatisfy { VariableText.isNameByte($0) || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "-") }
  }
}
