/// The IAM policy that calls need, for `--policy`.
enum AWSPolicy {
  /// One document: a statement for each list of resources, actions sorted.
  static func document(_ calls: [AWSCall]) -> Node {
    var actions: [String: Set<String>] = [:]
    for permission in calls.flatMap(\.permissions) {
      actions[permission.resource, default: []].insert(permission.action)
    }
    // Resources that the same actions are needed on stand together.
    var resources: [[String]: [String]] = [:]
    for (resource, names) in actions { resources[names.sorted(), default: []].append(resource) }
    let statements = resources.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map { actions, resources in
      Node.object([
        ("Effect", .of("Allow")), ("Action", .of(actions)), ("Resource", .of(resources.sorted())),
      ])
    }
    return .object([("Version", .of("2012-10-17")), ("Statement", Node(.list(statements), at: .unknown))])
  }
}

extension Node {
  /// A mapping that composex writes itself.
  static func object(_ entries: [(String, Node)]) -> Node {
    Node(.map(Fields(entries) { $1 }), at: .unknown)
  }

  /// A string that composex writes itself.
  static func of(_ text: String) -> Node { Node(.string(text), at: .unknown) }

  /// A list of strings.
  static func of(_ texts: [String]) -> Node { Node(.list(texts.map { .of($0) }), at: .unknown) }

  /// A number.
  static func of(_ number: Int) -> Node { Node(.int(number), at: .unknown) }

  /// A boolean.
  static func of(_ flag: Bool) -> Node { Node(.bool(flag), at: .unknown) }

  /// Null.
  static var nothing: Node { Node(.null, at: .unknown) }
}
