/// A resource of a final template, as facts are read from it.
final class FactResource {
  /// Its logical id; of two nested templates that share one, the file stands before it.
  let key: String
  let type: String
  /// Its properties, functions symbolic.
  let properties: Node
  /// The definition that it was made for, as selectors name it (`services::web`, `x-rds::db`), or `#Id`.
  let subject: String
  /// Whether it is what the definition is about, and not a part of it.
  let isMain: Bool
  /// All definitions that it was made for: the services of a family.
  let subjects: [String]
  /// The line of the definition.
  let place: Place
  /// Whether it is there under a condition only.
  let isConditional: Bool
  let scope: FactScope

  init(
    key: String, type: String, properties: Node, subject: String, isMain: Bool, subjects: [String], place: Place,
    isConditional: Bool, scope: FactScope
  ) {
    self.key = key
    self.type = type
    self.properties = properties
    self.subject = subject
    self.isMain = isMain
    self.subjects = subjects
    self.place = place
    self.isConditional = isConditional
    self.scope = scope
  }

  /// How a fact names it: its definition when it is the main thing of it, else `#Id`.
  var name: String { isMain ? subject : "#\(key)" }

  /// Where a property of it stands. What composex wrote by itself stands at the first line in it that somebody else wrote, or at the
  /// definition.
  func evidence(_ path: String, _ node: Node?) -> Evidence {
    Evidence(logicalId: key, path: path, place: node.flatMap { Self.written($0, depth: 0) } ?? place)
  }

  private static func written(_ node: Node, depth: Int) -> Place? {
    switch node.place.file?.role {
    case .module?, nil: break
    default: return node.place
    }
    guard depth < 3 else { return nil }
    let below = node.list ?? node.fields.map { Array($0.values) } ?? []
    return below.lazy.compactMap { written($0, depth: depth + 1) }.first
  }
}

/// One template: what the names in it mean.
final class FactScope {
  var parameters: Node.Fields = [:]
  var mappings: Node.Fields = [:]
  var outputs: Node.Fields = [:]
  /// What the stack above gives its parameters.
  var given: [String: (node: Node, scope: FactScope)] = [:]
  /// Keys of the resources by their logical ids.
  var keys: [String: String] = [:]
  /// Templates of the nested stacks, by the logical id of the stack.
  var nested: [String: FactScope] = [:]
}
