import OrderedCollections

/// A value with the place that wrote it: a node of a compose file or of a template.
///
/// Nodes are classes so that they can be changed in place, shared by aliases and handed to Lua by identity. A node that takes
/// the place of another remembers it (`replaced`): the chain is the provenance that `composex explain` prints.
public final class Node {
  /// The entries of a mapping, in the order of the text.
  public typealias Fields = OrderedDictionary<String, Node>

  enum Value {
    case null
    case bool(Bool)
    case int(Int)
    case float(Double)
    case string(String)
    case list([Node])
    case map(Fields)
    /// A template value that CloudFormation computes: a reference, or a text with references inside.
    indirect case reference(Reference)
    case text([TextPart])
  }

  /// What it is. Assignments forget what stood there; `set` and `setItem` of the parent remember it.
  @exclusivity(unchecked) var value: Value
  /// Where the value stands.
  @exclusivity(unchecked) public var place: Place
  /// Where its key stands, when it is the value of a mapping entry in a file.
  @exclusivity(unchecked) var keyPlace: Place?
  /// The text of a plain scalar that was read as null, bool, int or float (`0440`, `1.10`, `2024-01-01`).
  public var source: String?
  /// What stood here before this node took its place, in merge, default, patch or assignment.
  var replaced: Node?
  /// What few nodes have; a large file has hundreds of thousands of nodes.
  private var rest: Rest?

  private final class Rest {
    var tag: String?
    var removed: Fields?
  }

  /// A YAML tag that a later stage acts on, with its mark (`!reset`, `!override`, `!Sub`).
  var tag: String? {
    get { rest?.tag }
    set { if let rest = rest(for: newValue) { rest.tag = newValue } }
  }
  /// Fields that were taken out of a mapping: by key, a null at the place that did, before which stands what it was.
  var removed: Fields? {
    get { rest?.removed }
    set { if let rest = rest(for: newValue) { rest.removed = newValue } }
  }

  /// Made when there is something to keep.
  private func rest<Kept>(for kept: Kept?) -> Rest? {
    if rest == nil, kept != nil { rest = Rest() }
    return rest
  }

  init(_ value: Value, at place: Place, source: String? = nil) {
    self.value = value
    self.place = place
    self.source = source
  }

  /// A property that a script writes a million times has a chain as long, which must not be freed by recursion.
  deinit {
    var next = replaced
    replaced = nil
    while isKnownUniquelyReferenced(&next), let node = next {
      next = node.replaced
      node.replaced = nil
    }
  }
}

// MARK: - Reading

extension Node {
  var isNull: Bool { if case .null = value { true } else { false } }
  var string: String? { if case .string(let s) = value { s } else { nil } }
  var int: Int? { if case .int(let i) = value { i } else { nil } }
  var bool: Bool? { if case .bool(let b) = value { b } else { nil } }
  /// The items, when it is a list.
  public var list: [Node]? { if case .list(let l) = value { l } else { nil } }
  /// The entries, when it is a mapping.
  public var fields: Fields? { if case .map(let m) = value { m } else { nil } }

  /// The value under `key`, when this is a mapping that has it.
  public subscript(key: String) -> Node? { if case .map(let m) = value { m[key] } else { nil } }

  /// The value at `path`, when every step is there.
  public func at(_ path: String...) -> Node? {
    var node: Node? = self
    for key in path { node = node?[key] }
    return node
  }

  /// What kind of value it is, in the words of an error message.
  var kind: String {
    switch value {
    case .null: "null"
    case .bool: "a boolean"
    case .int, .float: "a number"
    case .string: "a string"
    case .list: "a list"
    case .map: "a mapping"
    case .reference: "a reference"
    case .text: "a string with references"
    }
  }
}

// MARK: - Writing

extension Node {
  /// Puts `node` under `key`; what stood there is remembered. On anything but a mapping, the node becomes one.
  public func set(_ key: String, _ node: Node) {
    var fields = takeFields()
    if let old = fields[key] ?? removed?[key], old !== node { node.replaced = old }
    fields[key] = node
    value = .map(fields)
  }

  /// Takes a field out; with a `place`, who did it is remembered.
  @discardableResult
  public func remove(_ key: String, at place: Place? = nil) -> Node? {
    guard case .map = value else { return nil }
    var fields = takeFields()
    let old = fields.removeValue(forKey: key)
    value = .map(fields)
    if let old, let place {
      let mark = Node(.null, at: place)
      mark.replaced = old
      removed = removed ?? [:]
      removed?[key] = mark
    }
    return old
  }

  /// Takes all fields out that fit, at once: to take one of thousands out moves those behind it.
  func removeFields(where fits: (String, Node) -> Bool) {
    guard case .map = value else { return }
    var fields = takeFields()
    fields.removeAll { fits($0.key, $0.value) }
    value = .map(fields)
  }

  /// Adds an item; anything but a list becomes one.
  public func append(_ node: Node) { changeItems { $0.append(node) } }

  func append(contentsOf nodes: [Node]) { changeItems { $0 += nodes } }

  /// Puts `node` in the place of an item, which is remembered.
  func setItem(_ index: Int, _ node: Node) {
    changeItems {
      node.replaced = $0[index]
      $0[index] = node
    }
  }

  func removeLastItem() { changeItems { $0.removeLast() } }

  /// Changes the items in place: they are out of the node meanwhile, so that nothing is copied.
  private func changeItems(_ change: (inout [Node]) -> Void) {
    var items = takeItems()
    change(&items)
    value = .list(items)
  }

  private func takeItems() -> [Node] {
    guard case .list(let items) = value else { return [] }
    value = .null
    return items
  }

  /// The fields, out of the node while they are changed, so that nothing is copied.
  private func takeFields() -> Fields {
    guard case .map(let fields) = value else { return [:] }
    value = .null
    return fields
  }

  /// Makes it what stands at a place, with all in it.
  func move(to place: Place) {
    switch value {
    case .list(let items): for item in items { item.move(to: place) }
    case .map(let fields): for field in fields.values { field.move(to: place) }
    default: break
    }
    self.place = place
    keyPlace = nil
  }

  /// A copy that shares nothing with this one but its history. Depth is bounded by whoever built the tree.
  public func copy() -> Node {
    let twin: Node
    switch value {
    case .list(let items): twin = Node(.list(items.map { $0.copy() }), at: place)
    case .map(let fields): twin = Node(.map(fields.mapValues { $0.copy() }), at: place)
    default: twin = Node(value, at: place)
    }
    twin.keyPlace = keyPlace
    twin.source = source
    twin.tag = tag
    twin.replaced = replaced
    twin.removed = removed
    return twin
  }
}
