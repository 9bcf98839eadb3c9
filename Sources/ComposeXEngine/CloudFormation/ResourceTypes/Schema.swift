/// What a property of a resource may hold.
public indirect enum Schema {
  case scalar(Scalar)
  case list(Schema)
  /// A mapping of names that the user chooses to values of one form.
  case map(Schema)
  /// A mapping with the properties of a definition.
  case object(ObjectSchema)
  /// A free mapping: a policy document, say.
  case json
  case any
  case either([Schema])

  /// A string, number or boolean, possibly one of few.
  public struct Scalar {
    public enum Kind { case string, integer, number, boolean }
    public var kind: Kind
    /// The values it may have, as text; nil when any will do.
    public var values: [String]?
    /// Whether `values` are met in any case.
    public var anyCase = false
    public var minimum: Double?
    public var maximum: Double?
  }
}

/// The properties of a mapping: those of a resource itself, or of a definition that its properties name.
///
/// A part of its `ResourceType`, which outlives it.
public final class ObjectSchema {
  public struct Property {
    public let name: String
    public let isRequired: Bool
    public let schema: Schema
    /// Whether something of that name is read-only somewhere in the type; `ResourceType.isReadOnly` knows where.
    let mayBeReadOnly: Bool
  }

  /// The definition's name in the registry; empty for the resource's own properties.
  public let name: String
  /// Whether names that are not listed pass.
  public let isOpen: Bool
  private let lines: TextLines
  private unowned let type: ResourceType

  init(name: String, isOpen: Bool, lines: TextLines, type: ResourceType) {
    self.name = name
    self.isOpen = isOpen
    self.lines = lines
    self.type = type
  }

  /// Sorted by name.
  public private(set) lazy var properties: [Property] = {
    var found: [Property] = []
    // A property has two spaces before it; a fact has an @ after them; a line with one space begins a definition.
    for line in lines {
      guard line.starts(with: [0x20, 0x20]) else { break }
      let body = line.dropFirst(2)
      guard body.first != UInt8(ascii: "@"), let space = body.firstIndex(of: 0x20) else { continue }
      let isRequired = body[..<space].last == UInt8(ascii: "!")
      let name = String(decoding: body[..<space].dropLast(isRequired ? 1 : 0), as: UTF8.self)
      var form = FormReader(body[(space + 1)...], type: type)
      found.append(
        Property(
          name: name, isRequired: isRequired, schema: form.read(), mayBeReadOnly: type.namesReadOnly(name)))
    }
    return found
  }()

  private(set) lazy var required: [Property] = properties.filter(\.isRequired)

  private lazy var byName: [String: Int] = Dictionary(
    properties.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })

  public subscript(name: String) -> Property? { byName[name].map { properties[$0] } }
}
