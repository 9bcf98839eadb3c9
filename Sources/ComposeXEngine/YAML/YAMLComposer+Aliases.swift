import CYAML

extension Node {
  /// Bytes of all texts in the tree.
  fileprivate var textBytes: Int {
    switch value {
    case .string(let text): text.utf8.count
    case .list(let items): items.reduce(0) { $0 + $1.textBytes }
    case .map(let fields): fields.values.reduce(0) { $0 + $1.textBytes }
    default: 0
    }
  }
}

/// Aliases and merge keys.
extension YAMLComposer {
  mutating func alias(at place: Place) throws(Finding) -> Node {
    let name = text(event.pointee.data.alias.anchor) ?? ""
    switch anchors[name] {
    case nil:
      throw .error(
        at: place, "the alias *\(name) has no anchor",
        remedy: NearName.remedy(name, in: anchors.keys.sorted(), what: "anchors of this document"))
    case .open(let start):
      throw .error(
        at: place, "cycle detected: \(shownPath) refers to &\(name) (line \(start.line)), which it is a part of",
        remedy: "move the anchor to a part that does not hold its own alias")
    case .done(let node, let nodes, let height):
      aliased &+= nodes
      deepest = max(deepest, depth + height)
      if deepest > limits.depth { throw tooDeep(at: place) }
      // An alias bomb: thousands of values, nearly all of them from aliases.
      if aliased > limits.aliased || (aliased > 1_000 && aliased / 100 > written) {
        throw .error(
          at: place, "the document contains excessive aliasing: its aliases stand for more than \(aliased) values",
          remedy: "write the repeated parts out, or use fewer levels of aliases")
      }
      aliasedBytes &+= node.textBytes
      if aliasedBytes > limits.aliasedBytes {
        throw .error(
          at: place,
          "the document contains excessive aliasing: its aliases stand for more than \(limits.aliasedBytes) bytes",
          remedy: "write the repeated parts out, or use fewer aliases of long strings")
      }
      return node.copy()
    }
  }

  /// The value of a merge key, and the name of the alias that it is; nil when it is written out.
  struct Merge {
    let source: Node
    let alias: String?
  }

  /// The merge key whose value the current event begins.
  mutating func merge(_ bytes: [UInt8], at place: Place, previous: [Merge]) throws(Finding) -> Merge {
    let isAlias = event.pointee.type == YAML_ALIAS_EVENT
    let alias = isAlias ? text(event.pointee.data.alias.anchor) : nil
    if let first = previous.first?.source {
      duplicate(
        "<<", at: place, first: first.keyPlace ?? first.place,
        remedy: "write " + Self.joined(previous.map(\.alias) + [alias]))
    }
    let source = try node(bytes)
    source.keyPlace = place
    return Merge(source: source, alias: alias)
  }

  /// One merge key in place of several.
  private static func joined(_ aliases: [String?]) -> String {
    let names = aliases.compactMap { $0 }
    guard names.count == aliases.count else { return "one <<, with a list: <<: [*first, *second]" }
    return "<<: [" + names.map { "*" + $0 }.joined(separator: ", ") + "]"
  }

  /// Adds what `fields` does not have yet: explicit keys win over merged ones, earlier mappings over later ones.
  func add(_ source: Node, to fields: inout Node.Fields) throws(Finding) {
    switch source.value {
    case .map(let merged):
      for (key, value) in merged where fields[key] == nil { fields[key] = value }
    case .list(let items) where items.allSatisfy({ $0.fields != nil }):
      for item in items { try add(item, to: &fields) }
    default:
      findings.report(
        .error(
          at: source.place, "map merge requires map or sequence of maps as the value, not \(source.kind)",
          remedy: "write <<: *anchor, where the anchor stands on a mapping"))
    }
  }
}
