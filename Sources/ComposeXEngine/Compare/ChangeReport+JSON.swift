extension ChangeReport {
  /// The report as data.
  var node: Node {
    .object([
      ("version", .of(1)), ("stack", .of(stack)), ("changeSet", .of(changeSet)), ("type", .of(type)),
      ("groups", Node(.list(groups.map(\.node)), at: .unknown)), ("summary", summary),
    ])
  }

  private var summary: Node {
    .object([
      ("create", .of(count(.create))), ("update", .of(count(.update))),
      ("interrupt", .of(count(.interrupt))), ("replace", .of(count(.replace, .maybeReplace))),
      ("delete", .of(count(.delete))), ("dataLoss", .of(losses)),
    ])
  }
}

extension ChangeGroup {
  fileprivate var node: Node {
    .object([
      ("subject", .of(subject)), ("file", place?.file.map { .of($0.name) } ?? .nothing),
      ("line", place?.file == nil ? .nothing : .of(Int(place?.line ?? 0))),
      ("changes", Node(.list(changes.map(\.node)), at: .unknown)),
    ])
  }
}

extension Change {
  fileprivate var node: Node {
    .object([
      ("logicalId", .of(logicalId)), ("resourceType", .of(type)), ("action", .of(action.rawValue)),
      ("effect", .of(effect.rawValue)), ("dataLoss", .of(losesData)),
      ("properties", Node(.list(properties.map(\.node)), at: .unknown)),
    ])
  }
}

extension Change.Property {
  fileprivate var node: Node {
    var fields: [(String, Node)] = [("path", .of(path)), ("before", before ?? .nothing), ("after", after ?? .nothing)]
    if let writer { fields.append(("writer", Self.node(writer))) }
    if let cause { fields.append(("cause", .of(cause))) }
    return .object(fields)
  }

  private static func node(_ place: Place) -> Node {
    .object([
      ("kind", .of(kind(place))), ("file", place.file.map { .of($0.name) } ?? .nothing),
      ("line", .of(Int(place.line))), ("column", .of(Int(place.column))),
    ])
  }

  /// `compose`, `default`, `pack`, `script`, `lookup`, `image` or `composex`.
  private static func kind(_ place: Place) -> String {
    switch place.file?.role {
    case .compose, .environment, .commandLine: "compose"
    case .module: "default"
    case .lookup: "lookup"
    case .image: "image"
    case .pack: "pack"
    case .script: "script"
    case nil: "composex"
    }
  }
}
