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
    let above = String(text[..<dot])
    return find(above)?.value.map { Self.names($0, schema(at: above)) } ?? []
  }

  /// What the type says of the property at `text`.
  func schema(at text: String) -> Schema? {
    text.split(separator: ".").reduce(resource.registered.map { .object($0.properties) }) { $0?.step(String($1)) }
  }

  /// The longest name that `rest` begins with: names may have dots in them.
  private func step(of rest: Substring, in history: [Node], _ schema: Schema?) -> String? {
    let names = history.flatMap { Self.names($0, schema) + ($0.removed?.keys.elements ?? []) }
    return names.filter { rest == $0[...] || rest.hasPrefix($0 + ".") }.max { $0.utf8.count < $1.utf8.count }
  }

  private static func children(_ node: Node, _ step: String, _ schema: Schema?) -> [Node] {
    Children(node, schema)[step]
  }

  /// What is below all that ever stood at a place, by name, for those who ask for more than one.
  static func children(of history: [Node], _ schema: Schema?) -> (String) -> [Node] {
    let all = history.map { Children($0, schema) }
    return { step in all.flatMap { $0[step] } }
  }

  /// What is below a node, with all that stood there before.
  private struct Children {
    let node: Node
    /// Of a list: where the item of a name is.
    private var places: [String: Int] = [:]

    init(_ node: Node, _ schema: Schema?) {
      self.node = node
      guard let items = node.list, !items.isEmpty else { return }
      // Keys stand before numbers in the list of names, in the order of the items.
      for (index, name) in PropertyPath.names(node, schema).enumerated() where places[name] == nil {
        places[name] = index % items.count
      }
    }

    subscript(step: String) -> [Node] {
      if let items = node.list { return places[step].map { items[$0].history } ?? [] }
      return (node[step] ?? node.removed?[step])?.history ?? []
    }
  }

  /// What the children of a node are called: for a list the keys of all items, when they have any, then their numbers.
  static func names(_ node: Node, _ schema: Schema?) -> [String] {
    guard let items = node.list else { return node.fields?.keys.elements ?? [] }
    let numbers = (1...max(1, items.count)).map(String.init)
    guard let key = schema.flatMap(ListKeys.key(forItemsOf:)) ?? ListKeys.key(for: items) else { return numbers }
    return items.enumerated().map { $1[key].map(Merging.keyText) ?? String($0 + 1) } + numbers
  }
}
