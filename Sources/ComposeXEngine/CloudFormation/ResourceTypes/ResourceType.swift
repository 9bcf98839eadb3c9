/// One resource type of CloudFormation's registry. Owned by the `ResourceTypes` it came from.
final class ResourceType {
  /// How a type takes its tags.
  enum Tags: Equatable {
    case none
    /// A list of `{Key, Value}`; `more` are further fields that every item must have (`PropagateAtLaunch`).
    case list(property: String, key: String, value: String, more: [String])
    case map(property: String)
  }

  let name: String
  /// What `Fn::GetAtt` can return, sorted: `Arn`, `Endpoint.Address`; `Outputs.*` is any name below, `*` any name.
  private(set) lazy var attributes = fact("attributes")
  /// Dotted paths of what only AWS sets; a `*` in a path is any item of a list.
  private(set) lazy var readOnly = fact("read-only")
  /// Dotted paths whose change replaces the resource.
  private(set) lazy var createOnly = fact("create-only")
  /// Dotted paths whose change may replace the resource.
  private(set) lazy var conditionalCreateOnly = fact("conditional-create-only")
  /// Dotted paths of the primary identifier; mostly what `Ref` returns.
  private(set) lazy var identifier = fact("identifier")
  private(set) lazy var tags = Tags(fact("tags"))

  /// `readOnly` as names, without the items of lists.
  private lazy var readOnlyPaths = readOnly.map { $0.split(separator: ".").filter { $0 != "*" }.map(String.init) }
  /// The last name of each.
  private lazy var readOnlyNames = readOnly.map { path in
    var rest = Substring(path).utf8
    while rest.suffix(2).elementsEqual(".*".utf8) { rest = rest.dropLast(2) }
    let dot = rest.lastIndex(of: UInt8(ascii: "."))
    return rest[(dot.map(rest.index(after:)) ?? rest.startIndex)...].text
  }

  private let text: TextLines
  private let isOpen: Bool

  /// `text` is the type's lines, heading first.
  init(text: TextLines) {
    var lines = text
    let heading = lines.next()?.words ?? []
    name = heading.count > 1 ? heading[1] : ""
    isOpen = heading.last == "*"
    self.text = lines
  }

  /// The words of a fact, whose lines stand before all others.
  private func fact(_ name: String) -> [String] {
    var lines = text
    while let line = lines.next(), line.starts(with: "  @".utf8) {
      let body = line.dropFirst(3)
      if body.starts(with: name.utf8), body.dropFirst(name.utf8.count).first == 0x20 {
        return body.dropFirst(name.utf8.count).words
      }
    }
    return []
  }

  /// The resource's own properties.
  private(set) lazy var properties = ObjectSchema(name: "", isOpen: isOpen, lines: text, type: self)

  private lazy var definitions: [String: ObjectSchema] = {
    var found: [String: ObjectSchema] = [:]
    var lines = text
    while let line = lines.next() {
      guard line.count > 1, line.first == 0x20, line.dropFirst().first != 0x20 else { continue }
      let words = line.words
      found[words[0]] = ObjectSchema(name: words[0], isOpen: words.count > 1, lines: lines, type: self)
    }
    return found
  }()

  func definition(_ name: String) -> ObjectSchema? { definitions[name] }
}

extension ResourceType.Tags {
  /// What the words of the fact say.
  fileprivate init(_ words: [String]) {
    switch (words.first, words.count) {
    case ("list", 4...): self = .list(property: words[1], key: words[2], value: words[3], more: Array(words[4...]))
    case ("map", 2): self = .map(property: words[1])
    default: self = .none
    }
  }
}

// MARK: - Asking

extension ResourceType {
  /// Whether `Fn::GetAtt` can return `attribute`.
  func hasAttribute(_ attribute: String) -> Bool {
    attributes.contains { known in
      known == attribute || known == "*" || (known.hasSuffix(".*") && attribute.hasPrefix(known.dropLast()))
    }
  }

  /// What a path of property names leads to; a step into a list is any text. nil when there is no such property.
  func schema(at path: [String]) -> Schema? {
    var schema = Schema.object(properties)
    for step in path {
      guard let below = schema.step(step) else { return nil }
      schema = below
    }
    return schema
  }

  /// Whether AWS alone sets what is at `path`: property names, without steps into lists.
  func isReadOnly(_ path: [String]) -> Bool {
    readOnlyPaths.contains(path)
  }

  /// Whether a read-only path ends in that name.
  func namesReadOnly(_ name: String) -> Bool { readOnlyNames.contains(name) }
}

extension Schema {
  /// The schema below a property name, a mapping's key or a list's index.
  func step(_ name: String) -> Schema? {
    switch self {
    case .object(let object): object[name]?.schema ?? (object.isOpen ? .any : nil)
    case .list(let item): item
    case .map(let value): value
    case .json, .any: .any
    case .scalar: nil
    case .either(let forms): forms.lazy.compactMap { $0.step(name) }.first
    }
  }

  /// The names that may stand below, for near names.
  var names: [String] {
    switch self {
    case .object(let object): object.properties.map(\.name)
    case .list(let item): item.names
    case .either(let forms): forms.flatMap(\.names)
    default: []
    }
  }
}
