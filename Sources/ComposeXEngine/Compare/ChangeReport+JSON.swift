extension ChangeReport {
  /// The report as data.
  var node: Node {
    var fields: [(String, Node)] = [("version", .of(1))]
    switch scope {
    case .deployment(let changeSet, let type, _):
      fields += [("stack", .of(stack)), ("changeSet", .of(changeSet)), ("type", .of(type))]
    case .versions(let from, let to): fields += [("from", .of(from)), ("to", .of(to))]
    }
    fields.append(("groups", Node(.list(groups.map(\.node)), at: .unknown)))
    if let security { fields.append(("security", security.node)) }
    fields.append(("summary", summary))
    if case .versions = scope { fields.append(("notes", .of(notes))) }
    return .object(fields)
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
    var fields: [(String, Node)] = [
      ("logicalId", .of(logicalId)), ("resourceType", .of(type)), ("action", .of(action.rawValue)),
      ("effect", .of(effect.rawValue)), ("dataLoss", .of(losesData)),
    ]
    if let formerId { fields.append(("formerId", .of(formerId))) }
    fields.append(("properties", Node(.list(properties.map(\.node)), at: .unknown)))
    return .object(fields)
  }
}

extension Change.Property {
  fileprivate var node: Node {
    var fields: [(String, Node)] = [("path", .of(path)), ("before", before ?? .nothing), ("after", after ?? .nothing)]
    if let writer { fields.append(("writer", node(writer))) }
    if let cause { fields.append(("cause", .of(cause))) }
    return .object(fields)
  }

  private func node(_ place: Place) -> Node {
    let isOurs = tool?.name == "composex"
    var fields: [(String, Node)] = [
      ("kind", .of(isOurs ? "composex" : Self.kind(place))), ("file", place.file.map { .of($0.name) } ?? .nothing),
      ("line", .of(Int(place.line))), ("column", .of(Int(place.column))),
    ]
    if let tool { fields += (isOurs ? [] : [("pack", .of(tool.name))]) + [("version", .of(tool.version))] }
    if isFormer { fields.append(("former", .of(true))) }
    return .object(fields)
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
