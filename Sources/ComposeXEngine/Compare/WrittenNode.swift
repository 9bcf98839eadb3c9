extension Node {
  /// The node as a reader of the template's text sees it: functions in their long form.
  var written: Node {
    switch value {
    case .map(let fields): Node(.map(fields.mapValues { $0.written }), at: place)
    case .list(let items): Node(.list(items.map { $0.written }), at: place)
    case .reference, .text: longForm.written
    default: self
    }
  }

  /// Whether two nodes are the same to CloudFormation, to which a number and its text are one, and the order of keys is nothing.
  func equals(_ other: Node) -> Bool {
    if self === other { return true }
    switch (value, other.value) {
    case (.map(let a), .map(let b)):
      return a.count == b.count && a.allSatisfy { key, node in b[key].map { node.equals($0) } ?? false }
    case (.list(let a), .list(let b)): return a.count == b.count && zip(a, b).allSatisfy { $0.equals($1) }
    case (.map, _), (_, .map), (.list, _), (_, .list): return false
    case (.string(let a), .string(let b)): return a == b
    default: return sameText == other.sameText
    }
  }
}

extension Node {
  /// The first place in it, or of it, that is no line of `lua/`.
  var writtenPlace: Place? {
    if let file = place.file, file.role != .module { return place }
    switch value {
    case .map(let fields): return fields.values.lazy.compactMap(\.writtenPlace).first
    case .list(let items): return items.lazy.compactMap(\.writtenPlace).first
    default: return nil
    }
  }
}

extension Resource {
  /// The properties as the template's text has them.
  var written: Node { properties.written }

  /// The line of the definition; nil for what nobody wrote but composex.
  var definition: Place? { origin.place.file == nil || origin.place.file?.role == .module ? nil : origin.place }
}
