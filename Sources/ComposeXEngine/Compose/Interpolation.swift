/// Puts variables into the text values of one document, and casts the texts that must be numbers or booleans.
///
/// Every text value is interpolated, in `x-` sections too; keys are not. Templates under `Fn::Sub` are CloudFormation's. In the
/// resources of a statement (`Resource`, `Resources` in an `x-` section) `${Arn}` is the ARN of the definition, and stays.
struct Interpolation {
  let lookup: VariableText.Lookup
  let findings: Findings
  /// A text with variables counts as a whole: aliases of it have become texts of their own.
  let budget: Budget
  /// Warnings of variables that are not set; a text may hold hundreds of thousands.
  private var warnings = Countdown(1_000)
  private var path = ModelPath()
  private var isInResources = false

  init(lookup: @escaping VariableText.Lookup, findings: Findings, budget: Budget) {
    self.lookup = lookup
    self.findings = findings
    self.budget = budget
  }

  /// Changes `root` in place.
  mutating func run(_ root: Node) { visit(root, Shape.record(Fields.root)) }

  private mutating func visit(_ node: Node, _ shape: Shape?) {
    switch node.value {
    case .string(let text):
      if VariableText.isNeeded(text) { substitute(text, in: node) }
      if let shape, case .string(let text) = node.value { cast(text, in: node, shape) }
    case .list(let items):
      let item = shape?.item
      for (index, child) in items.enumerated() {
        path.push(index)
        visit(child, item)
        path.pop()
      }
    case .map(let fields): visit(fields, shape?.long)
    default: return
    }
  }

  private mutating func visit(_ fields: Node.Fields, _ shape: Shape?) {
    for (key, child) in fields {
      switch child.value {
      case .list, .map: break
      case .string(let text):
        // Most texts are neither templates nor numbers.
        if !VariableText.isNeeded(text) {
          guard case .record(let record) = shape, let attribute = record[key], attribute.passes.contains(.binding)
          else { continue }
        }
      default: continue
      }
      path.push(key)
      defer { path.pop() }
      if key == "Fn::Sub" {
        visitSub(child)
        continue
      }
      let isOutside = !isInResources
      if shape == nil, key == "Resource" || key == "Resources" { isInResources = true }
      defer { if isOutside { isInResources = false } }
      switch shape {
      case .record(let record): visit(child, record[key]?.shape)
      case .map(let value, _): visit(child, value)
      default: visit(child, nil)
      }
    }
  }

  /// `Fn::Sub: text` or `[text, {name: value}]`: the text is left to CloudFormation, the values are ours.
  private mutating func visitSub(_ node: Node) {
    guard case .list(let items) = node.value else { return }
    for item in items.dropFirst() { visit(item, nil) }
  }

  private mutating func substitute(_ text: String, in node: Node) {
    do throws(VariableText.Problem) {
      let result = try VariableText.substitute(text, lookup: isInResources ? withArn : lookup) {
        [findings, warnings] name in
        guard warnings.next() else { return }
        findings.report(
          .warning(
            at: node.place, "The \"\(name)\" variable is not set. Defaulting to a blank string",
            remedy: "set it, or write ${\(name):-default}"))
      }
      node.value = .string(result)
      if DynamicReference.isNew(in: result, before: text) {
        findings.report(DynamicReference.byVariable(at: node.place, "\(path)"))
      }
      let isFirst = !budget.areTextsSpent
      if budget.take(bytes: result.utf8.count) { return }
      node.value = .string("")
      if isFirst {
        findings.report(
          .error(
            at: node.place, "\(path): the strings of this project are longer than 64 MiB once their variables are in",
            remedy: "use fewer or shorter variables"))
      }
    } catch {
      findings.report(error.finding(at: node.place, in: "\(path)", text: text))
      node.value = .string("")
    }
  }

  private var withArn: VariableText.Lookup {
    let lookup = lookup
    return { name in name == "Arn" || name == "ARN" ? "${\(name)}" : lookup(name) }
  }

  /// Casts `text` where the shape wants a number or a boolean.
  private func cast(_ text: String, in node: Node, _ shape: Shape) {
    switch shape.long {
    case .boolean(quoted: true):
      guard let value = Casts.boolean(text) else {
        return fail(node, "invalid boolean: \(text)", remedy: "write true or false")
      }
      if Casts.isOldBoolean(text) {
        findings.report(
          .warning(at: node.place, "\(path): \"\(text)\" is read as \(value)", remedy: "write \(value)"))
      }
      become(.bool(value), node, text)
    case .integer(_, _, quoted: true):
      if case .short(.ulimit, _) = shape { return }
      guard let value = Casts.integer(text) else {
        return fail(node, "\"\(text)\" is not an integer", remedy: "write decimal digits")
      }
      become(.int(value), node, text)
    case .number(_, _, quoted: true):
      guard let value = Casts.number(text) else {
        return fail(node, "\"\(text)\" is not a number", remedy: "write a decimal number such as 0.5")
      }
      become(.float(value), node, text)
    default:
      if case .short(.ulimit, _) = shape, let value = Casts.integer(text) { become(.int(value), node, text) }
    }
  }

  private func become(_ value: Node.Value, _ node: Node, _ text: String) {
    node.value = value
    node.source = text
  }

  private func fail(_ node: Node, _ problem: String, remedy: String) {
    findings.report(
      .error(
        at: node.place, "error while interpolating \(path): failed to cast to expected type: \(problem)", remedy: remedy
      ))
    node.value = .null
  }
}

/// A number that runs down.
final class Countdown {
  private var left: Int

  init(_ count: Int) { left = count }

  /// False once the count is used up.
  func next() -> Bool {
    left -= 1
    return left >= 0
  }
}

extension VariableText.Problem {
  /// The finding for a template that stands at `place`; `path` names the value.
  func finding(at place: Place, in path: String, text: String) -> Finding {
    switch self {
    case .malformed(let part):
      .error(
        at: place, "invalid interpolation format for \(path): \"\(part)\"",
        remedy: "write ${NAME} or ${NAME:-default}; you may need to escape any $ with another $")
    case .required(let name, let message):
      .error(
        at: place,
        "error while interpolating \(path): required variable \(name) is missing a value"
          + (message.isEmpty ? "" : ": " + message),
        remedy: "set \(name) in the environment, in .env or in a file named with --env-file")
    case .tooLong:
      .error(
        at: place, "\(path) is longer than \(VariableText.longest) bytes once its variables are in",
        remedy: "use fewer variables")
    }
  }
}
