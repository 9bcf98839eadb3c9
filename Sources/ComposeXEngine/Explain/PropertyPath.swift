/// Finding of a property by a path of names, through everything that ever stood on the way.
struct PropertyPath {
  let resource: Resource

  /// The property at `text` (`ContainerDefinitions.web.Image`): items of lists are named by their key or their number. nil when no
  /// writer ever wrote there.
  func find(_ text: String) -> Provenance? {
    var history = [root]
    var rest = text[...]
    var schema = resource.registered.map { Schema.object($0.properties) }
    while !rest.isEmpty {
      guard let step = step(of: rest, in: history, schema) else { return nil }
      history = history.flatMap { Self.children($0, step, schema) }
      schema = schema?.step(step)
      rest = rest.dropFirst(step.count)
      if rest.first == "." { rest = rest.dropFirst() }
    }
    return history.isEmpty ? nil : Provenance(path: "\(resource.id).\(text)", history: history)
  }

  /// Properties, with the attributes beside them.
  private var root: Node {
    guard case .map(var fields) = resource.properties.value else { return resource.properties }
    for (name, node) in resource.attributes.fields ?? [:] where fields[name] == nil { fields[name] = node }
    let root = Node(.map(fields), at: resource.properties.place)
    root.removed = resource.properties.removed
    return root
  }

  /// The names that may come next, for near names.
  func names(after text: String) -> [String] {
    guard let dot = text.lastIndex(of: ".") else {
      return Self.names(root, resource.registered.map { .object($0.properties) })
    }
    var schema = resource.registered.map { Schema.object($0.properties) }
    for step in text[..<dot].split(separator: ".") { schema = schema?.step(String(step)) }
    return find(String(text[..<dot]))?.value.map { Self.names($0, schema) } ?? []
  }

  /// The longest name that `rest` begins with: names may have dots in them.
  private func step(of rest: Substring, in history: [Node], _ schema: Schema?) -> String? {
    let names = history.flatMap { Self.names($0, schema) + ($0.removed?.keys.elements ?? []) }
    return names.filter { rest == $0[...] || rest.hasPrefix($0 + ".") }.max { $0.utf8.count < $1.utf8.count }
  }

  private static func children(_ node: Node, _ step: String, _ schema: Schema?) -> [Node] {
    if let items = node.list {
      let names = names(node, schema)
      // Keys stand before numbers in the list of names, in the order of the items.
      let index = names.firstIndex(of: step).map { $0 % max(1, items.count) }
      return index.map { items[$0].history } ?? []
    }
    return (node[step] ?? node.removed?[step])?.history ?? []
  }

  /// What the children of a node are called: for a list the keys of all items, when they have any, then their numbers.
  static func names(_ node: Node, _ schema: Schema?) -> [String] {
    guard let items = node.list else { return node.fields?.keys.elements ?? [] }
    let numbers = (1...max(1, items.count)).map(String.init)
    guard let key = schema.flatMap(ListKeys.key(forItemsOf:)) ?? ListKeys.key(for: items) else { return numbers }
    return items.enumerated().map { $1[key].map(Merging.keyText) ?? String($0 + 1) } + numbers
  }
}
