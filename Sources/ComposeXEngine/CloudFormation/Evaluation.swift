/// Values of a template as far as the template says them: functions of constants are worked out, `AWS::NoValue` is absent, and of an
/// `Fn::If` one branch is taken.
///
/// What a condition is when the stack is deployed is not known; each is assumed to hold, or not, once it is asked for, and a key of a
/// mapping is assumed to be each of those that the mapping has. `next` is the evaluation that assumes something else, until all has
/// been assumed that anybody asked for.
final class Evaluation {
  enum Result {
    case absent
    /// A scalar, or a list or mapping whose items are to be evaluated in turn.
    case known(Node)
    /// A value that is there, with a text that CloudFormation makes: a reference, or a text with references.
    case reference(Node)
    /// What nothing is known of.
    case unknown(Node)
  }

  /// Which of its possible values something is assumed to have.
  private struct Assumption {
    let subject: String
    let choice: Int
    let count: Int
  }

  private let stack: Stack
  private let plan: [Int]
  private var assumed: [Assumption] = []
  /// More of them, and the rule is not asked in all cases.
  static let most = 256
  private static let deepest = 40

  init(_ stack: Stack, assuming plan: [Int] = []) {
    self.stack = stack
    self.plan = plan
  }

  /// What was assumed, to do the same again.
  var assumptions: [Int] { assumed.map(\.choice) }

  /// The assumptions of the next evaluation; nil after the last.
  var next: [Int]? {
    guard let last = assumed.lastIndex(where: { $0.choice + 1 < $0.count }) else { return nil }
    return assumed[..<last].map(\.choice) + [assumed[last].choice + 1]
  }

  /// Whether the resource is made at all.
  func makes(_ resource: Resource) -> Bool {
    resource.attributes["Condition"]?.string.map { holds(conditionNamed: $0, depth: 0) } ?? true
  }

  // MARK: - Conditions

  private func holds(conditionNamed name: String, depth: Int) -> Bool {
    guard depth < Self.deepest, let node = stack.conditions[name] else { return assume("condition \(name)") }
    return holds(node, depth: depth + 1)
  }

  private func holds(_ node: Node, depth: Int) -> Bool {
    guard depth < Self.deepest, let (name, argument) = Intrinsics.function(node) else {
      return assume(node.identity)
    }
    switch (name, argument.list ?? []) {
    case ("Condition", _) where argument.string != nil:
      return holds(conditionNamed: argument.string ?? "", depth: depth + 1)
    case ("Fn::Not", let items) where items.count == 1: return !holds(items[0], depth: depth + 1)
    case ("Fn::And", let items) where !items.isEmpty: return items.allSatisfy { holds($0, depth: depth + 1) }
    case ("Fn::Or", let items) where !items.isEmpty: return items.contains { holds($0, depth: depth + 1) }
    case ("Fn::Equals", let items) where items.count == 2:
      if case .known(let a) = evaluate(items[0], depth: depth + 1),
        case .known(let b) = evaluate(items[1], depth: depth + 1), let left = a.constantText, let right = b.constantText
      {
        return left.isWritten(as: right)
      }
      return items[0].identity.isWritten(as: items[1].identity) || assume(node.identity)
    default: return assume(node.identity)
    }
  }

  private func assume(_ condition: String) -> Bool { assume(condition, of: 2) == 0 }

  /// Which of `count` values the subject has in this evaluation.
  private func assume(_ subject: String, of count: Int) -> Int {
    if let known = assumed.first(where: { $0.count == count && $0.subject.isWritten(as: subject) }) {
      return known.choice
    }
    let choice = assumed.count < plan.count ? plan[assumed.count] : 0
    assumed.append(Assumption(subject: subject, choice: choice, count: count))
    return choice
  }

  // MARK: - Values

  func evaluate(_ node: Node) -> Result { evaluate(node, depth: 0) }

  private func evaluate(_ node: Node, depth: Int) -> Result {
    guard depth < Self.deepest else { return .unknown(node) }
    switch node.value {
    case .null: return .absent
    case .string(let text): return Self.isResolved(text) ? .unknown(node) : .known(node)
    case .bool, .int, .float, .list: return .known(node)
    case .reference(let reference):
      if case .name("AWS::NoValue") = reference.target { return .absent }
      return .reference(node)
    case .text(let parts): return text(parts, node, depth)
    case .map(let fields):
      if fields.keys.contains(where: Self.isTransform) { return .unknown(node) }
      guard let (name, argument) = Intrinsics.function(node), name != "Condition" else { return .known(node) }
      return function(name, argument, node, depth + 1)
    }
  }

  /// `{{resolve:ssm:/name}}` is what CloudFormation reads while it deploys.
  private static func isResolved(_ text: String) -> Bool { text.utf8.contains(sequence: "{{resolve:") }

  /// What puts other keys in its place.
  static func isTransform(_ key: String) -> Bool { key == "Fn::Transform" || key.hasPrefix("Fn::ForEach") }

  private func text(_ parts: [TextPart], _ node: Node, _ depth: Int) -> Result {
    var whole = ""
    var hasReference = false
    for part in parts {
      switch part {
      case .literal(let literal): whole += literal
      case .reference(let reference):
        // In a text it is an empty one.
        if case .name("AWS::NoValue") = reference.target { continue }
        hasReference = true
      case .variable(_, let value):
        switch evaluate(value, depth: depth + 1) {
        case .known(let known):
          guard let text = known.constantText else { return .unknown(node) }
          whole += text
        case .absent: continue
        case .reference: hasReference = true
        case .unknown: return .unknown(node)
        }
      }
    }
    return hasReference ? referring(whole, node) : made(whole, node)
  }

  /// A text with references, of which `literals` is the rest: what its braces may make is read while the stack is deployed.
  private func referring(_ literals: String, _ node: Node) -> Result {
    literals.contains("{{") ? .unknown(node) : .reference(node)
  }

  private func made(_ text: String, _ node: Node) -> Result {
    let known = Node(.string(text), at: node.place)
    return Self.isResolved(text) ? .unknown(known) : .known(known)
  }

  private func function(_ name: String, _ argument: Node, _ node: Node, _ depth: Int) -> Result {
    switch name {
    case "Fn::If":
      guard let items = argument.list, items.count == 3, let condition = items[0].string else { return .unknown(node) }
      return evaluate(holds(conditionNamed: condition, depth: depth) ? items[1] : items[2], depth: depth)
    case "Fn::Sub":
      return argument.string.map { made($0, node) } ?? .unknown(node)
    case "Fn::Join": return join(argument, node, depth)
    case "Fn::Select": return select(argument, node, depth)
    case "Fn::Split": return split(argument, node, depth)
    case "Fn::Base64":
      switch evaluate(argument, depth: depth) {
      case .known(let known):
        return known.constantText.map { made(Base64.encoded(Array($0.utf8)), node) } ?? .unknown(node)
      case .reference: return .reference(node)
      default: return .unknown(node)
      }
    case "Fn::FindInMap": return find(argument, node, depth)
    case "Fn::Length":
      guard case .known(let list) = evaluate(argument, depth: depth), let items = items(list, depth) else {
        return .unknown(node)
      }
      return .known(Node(.int(items.count), at: node.place))
    case "Ref", "Fn::GetAtt", "Fn::ImportValue", "Fn::GetAZs", "Fn::Cidr": return .reference(node)
    default: return .unknown(node)
    }
  }

  /// The items of a known list, without those that are absent.
  private func items(_ list: Node, _ depth: Int) -> [Result]? {
    list.list?.compactMap { item in
      let result = evaluate(item, depth: depth + 1)
      if case .absent = result { return nil }
      return result
    }
  }

  private func join(_ argument: Node, _ node: Node, _ depth: Int) -> Result {
    guard let parts = argument.list, parts.count == 2, case .known(let between) = evaluate(parts[0], depth: depth),
      let separator = between.string
    else { return .unknown(node) }
    let list = evaluate(parts[1], depth: depth)
    guard case .known(let list) = list, let items = items(list, depth) else {
      if case .reference = list, !Self.arePieces(list) { return .reference(node) }
      return .unknown(node)
    }
    var texts: [String] = []
    var isKnown = true
    for item in items {
      switch item {
      case .known(let known):
        guard let text = known.constantText else { return .unknown(node) }
        texts.append(text)
      case .unknown: return .unknown(node)
      default: isKnown = false
      }
    }
    let whole = texts.joined(separator: separator)
    return isKnown ? made(whole, node) : referring(whole, node)
  }

  private func select(_ argument: Node, _ node: Node, _ depth: Int) -> Result {
    guard let parts = argument.list, parts.count == 2, case .known(let place) = evaluate(parts[0], depth: depth),
      let index = place.int ?? place.string.flatMap({ Int($0) })
    else { return .unknown(node) }
    switch evaluate(parts[1], depth: depth) {
    case .known(let list):
      guard let items = items(list, depth), items.indices.contains(index) else { return .unknown(node) }
      return items[index]
    case .reference where !Self.arePieces(evaluate(parts[1], depth: depth)): return .reference(node)
    default: return .unknown(node)
    }
  }

  /// Whether a list is what `Fn::Split` makes of a text that is not known: a piece of it may be any text, the empty one too.
  private static func arePieces(_ list: Result) -> Bool {
    guard case .reference(let node) = list else { return false }
    return Intrinsics.function(node)?.name == "Fn::Split"
  }

  /// The value of a mapping. A key that is not known is each that the mapping has: with any other the stack is not deployed.
  private func find(_ argument: Node, _ node: Node, _ depth: Int) -> Result {
    guard let keys = argument.list, keys.count == 3, case .known(let name) = evaluate(keys[0], depth: depth),
      let mapping = name.string.flatMap({ stack.mappings[$0] }),
      let top = entry(of: mapping, at: keys[1], depth), let value = entry(of: top, at: keys[2], depth)
    else { return .unknown(node) }
    return evaluate(value, depth: depth)
  }

  private func entry(of mapping: Node, at key: Node, _ depth: Int) -> Node? {
    guard let fields = mapping.fields else { return nil }
    switch evaluate(key, depth: depth) {
    case .known(let known): return known.constantText.flatMap { fields[$0] }
    case .reference(let reference):
      let names = fields.keys.filter { mayBe(reference, $0) }
      guard !names.isEmpty else { return nil }
      // The same key is the same in each mapping that has the same keys.
      return fields[names[assume("\(reference.identity) of \(names)", of: names.count)]]
    default: return nil
    }
  }

  /// Whether a reference can come to that text: a parameter that allows some values has no other. One of Parameter Store allows names,
  /// and is what stands there.
  private func mayBe(_ node: Node, _ text: String) -> Bool {
    guard case .reference(let reference) = node.value, reference.attribute == nil,
      case .name(let name) = reference.target,
      let parameter = stack.parameters[name], let allowed = parameter["AllowedValues"]?.list,
      parameter["Type"]?.string?.hasPrefix("AWS::SSM::") == false
    else { return true }
    return allowed.contains { $0.constantText?.isWritten(as: text) == true }
  }

  private func split(_ argument: Node, _ node: Node, _ depth: Int) -> Result {
    guard let parts = argument.list, parts.count == 2, case .known(let mark) = evaluate(parts[0], depth: depth),
      let separator = mark.string, !separator.isEmpty
    else { return .unknown(node) }
    guard case .known(let whole) = evaluate(parts[1], depth: depth), let text = whole.constantText else {
      return .reference(node)
    }
    let pieces = text.split(separator: separator, omittingEmptySubsequences: false)
    return .known(Node(.list(pieces.map { Node(.string(String($0)), at: node.place) }), at: node.place))
  }
}

extension Node {
  /// A text that two nodes have in common only when they are written the same.
  fileprivate var identity: String { JSONWriter.line(self, .compact) }

  /// A scalar as CloudFormation writes it into texts.
  var constantText: String? {
    switch value {
    case .string(let text): text
    case .int(let number): "\(number)"
    case .float(let number): YAMLScalar.text(of: number)
    case .bool(let flag): flag ? "true" : "false"
    default: nil
    }
  }

  /// Whether something in the tree is made by a macro when the stack is deployed.
  var holdsTransform: Bool {
    switch value {
    case .list(let items): items.contains { $0.holdsTransform }
    case .map(let fields):
      fields.contains { Evaluation.isTransform($0.key) || $0.value.holdsTransform }
    case .text(let parts):
      parts.contains { if case .variable(_, let value) = $0 { value.holdsTransform } else { false } }
    default: false
    }
  }
}

extension String.UTF8View {
  /// Whether the bytes of `text` stand in these.
  fileprivate func contains(sequence text: StaticString) -> Bool {
    text.withUTF8Buffer { wanted in
      guard let first = wanted.first else { return true }
      var rest = self[...]
      while let start = rest.firstIndex(of: first) {
        if rest[start...].starts(with: wanted) { return true }
        rest = rest[rest.index(after: start)...]
      }
      return false
    }
  }
}

extension Schema {
  /// A value as the property takes it: CloudFormation reads `"true"` as a boolean where it wants one, `"5"` as a number, and `-1` as a
  /// string.
  func read(_ node: Node) -> Node {
    guard case .scalar(let scalar) = self else { return node }
    guard let text = node.string else {
      guard scalar.kind == .string, let text = node.constantText else { return node }
      return Node(.string(text), at: node.place)
    }
    switch scalar.kind {
    case .boolean:
      let lower = text.lowercased()
      return lower == "true" || lower == "false" ? Node(.bool(lower == "true"), at: node.place) : node
    case .integer: return Int(text).map { Node(.int($0), at: node.place) } ?? node
    case .number:
      if let whole = Int(text) { return Node(.int(whole), at: node.place) }
      return Double(text).map { $0.isFinite ? Node(.float($0), at: node.place) : node } ?? node
    case .string: return node
    }
  }
}
