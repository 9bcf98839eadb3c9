/// One row of the field table: all that the loader knows about an attribute. What becomes of it stands in
/// `lua/project/attributes.lua`.
final class Attribute: Sendable {
  let name: String
  let shape: Shape
  let merge: Merge
  let unique: UniqueKey?
  let path: PathKind?
  let fallback: Fallback?

  /// Which passes have something to do here or below; the others need not look.
  let passes: Passes

  init(
    _ name: String, _ shape: Shape, merge: Merge = .general, unique: UniqueKey? = nil, path: PathKind? = nil,
    fallback: Fallback? = nil
  ) {
    self.name = name
    self.shape = shape
    self.merge = merge
    self.unique = unique
    self.path = path
    self.fallback = fallback
    passes = shape.passes
  }
}

/// A set of passes over the model.
struct Passes: OptionSet, Sendable {
  let rawValue: UInt8

  static let shortForms = Passes(rawValue: 2)
  static let completion = Passes(rawValue: 4)
  static let binding = Passes(rawValue: 8)
}

extension Shape {
  /// Which passes have something to do with a value of this shape.
  var passes: Passes {
    switch self {
    case .any, .string, .oneOf, .pattern: []
    case .short(_, let long): long.passes.union([.shortForms, .binding])
    case .orNull(let inner): inner.passes
    case .record(let record): record.passes
    case .map(let value, _): value.passes
    case .list(let item, _): item.passes
    default: .binding
    }
  }
}

/// A mapping with known keys: rows in the order of the documentation.
final class Record: Sendable {
  let name: String
  let attributes: [Attribute]
  let required: [String]
  /// Whether `x-` keys may stand in it.
  let takesExtensions: Bool
  /// The rows that have a default, and those that are paths.
  let fallbacks: [Attribute]
  let paths: [Attribute]
  let passes: Passes
  /// Whether defaults or paths stand directly in it.
  let isCompleted: Bool
  private let rows: [String: Attribute]

  init(_ name: String, required: [String] = [], takesExtensions: Bool = true, _ attributes: [Attribute]) {
    self.name = name
    self.attributes = attributes
    self.required = required
    self.takesExtensions = takesExtensions
    fallbacks = attributes.filter { $0.fallback != nil }
    paths = attributes.filter { $0.path != nil }
    var passes = attributes.reduce(into: Passes()) { $0.formUnion($1.passes) }
    isCompleted = !fallbacks.isEmpty || !paths.isEmpty || name == "mount" || name == "volume"
    if isCompleted { passes.insert(.completion) }
    if attributes.contains(where: { $0.name == "external" }) { passes.insert(.shortForms) }
    self.passes = passes
    rows = Dictionary(uniqueKeysWithValues: attributes.map { ($0.name, $0) })
  }

  /// The row of an attribute.
  subscript(name: String) -> Attribute? { rows[name] }
}
