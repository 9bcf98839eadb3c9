import OrderedCollections

/// What nested stacks hand to each other: with it, a reference in one of them leads to the resource that it means.
struct StackLinks {
  /// One template.
  struct Template {
    /// The id of its resource in the root template; empty for the root.
    var stack: String
    var tree: Node
    var resources: OrderedDictionary<String, Resource> = [:]
  }

  private let templates: [String: Node]
  /// A chain of references over borders is no longer than this.
  private static let deepest = 30

  init(_ templates: [Template]) {
    self.templates = Dictionary(templates.map { ($0.stack, $0.tree) }, uniquingKeysWith: { first, _ in first })
  }

  /// Whether a resource only stands for a template that is here.
  func isLayout(_ id: String, in stack: String) -> Bool { stack.isEmpty && !id.isEmpty && templates[id] != nil }

  /// A tree of the template of `stack`, in which parameters and outputs of the layout are what they stand for.
  func linked(_ node: Node, in stack: String) -> Node { templates.count == 1 ? node : linked(node, stack, 0) }

  private func linked(_ node: Node, _ stack: String, _ depth: Int) -> Node {
    if depth < Self.deepest, let (name, argument) = Intrinsics.function(node) {
      if let (target, home) = target(name, argument, stack) { return linked(target, home, depth + 1) }
      if name == "Fn::Sub", let text = filled(argument, stack, depth) { return text }
    }
    switch node.value {
    case .map(let fields): return Node(.map(fields.mapValues { linked($0, stack, depth) }), at: node.place)
    case .list(let items): return Node(.list(items.map { linked($0, stack, depth) }), at: node.place)
    default: return node
    }
  }

  /// What a `Ref` to a parameter of a nested stack, or a `Fn::GetAtt` to an output of one, stands for, and in which stack.
  private func target(_ function: String, _ argument: Node, _ stack: String) -> (Node, String)? {
    switch function {
    case "Ref":
      guard !stack.isEmpty, let name = argument.string else { return nil }
      return templates[""]?.at("Resources", stack, "Properties", "Parameters", name).map { ($0, "") }
    case "Fn::GetAtt":
      let text = argument.string ?? (argument.list ?? []).compactMap(\.string).joined(separator: ".")
      let steps = text.split(separator: ".").map(String.init)
      guard stack.isEmpty, steps.count == 3, steps[1] == "Outputs" else { return nil }
      return templates[steps[0]]?.at("Outputs", steps[2], "Value").map { ($0, steps[0]) }
    default: return nil
    }
  }

  /// A text whose references lead to what they mean; nil when none crosses a border.
  private func filled(_ argument: Node, _ stack: String, _ depth: Int) -> Node? {
    guard let text = argument.string ?? argument.list?.first?.string else { return nil }
    var variables = (argument.list?.dropFirst().first?.fields ?? [:]).mapValues { linked($0, stack, depth + 1) }
    var parts = [TextPart](sub: text, variables: variables)
    var isChanged = false
    for (index, part) in parts.enumerated() {
      guard case .reference(let reference) = part else { continue }
      let reading = Node(.reference(reference), at: argument.place).longForm
      guard let (name, asked) = Intrinsics.function(reading), let (target, home) = target(name, asked, stack) else {
        continue
      }
      isChanged = true
      let whole = linked(target, home, depth + 1)
      let read = Node(whole.value, at: whole.place)
      Intrinsics.read(read)
      switch read.value {
      case .reference(let other): parts[index] = .reference(other)
      case .map, .list, .text:
        variables[reference.text] = whole
        parts[index] = .variable(name: reference.text, value: whole)
      default: parts[index] = .literal(whole.sameText)
      }
    }
    return isChanged ? Node(.text(parts), at: argument.place).longForm : nil
  }
}
