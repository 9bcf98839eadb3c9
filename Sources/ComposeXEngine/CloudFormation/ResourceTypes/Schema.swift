/// What a property of a resource may hold.
indirect enum Schema {
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
  struct Scalar {
    enum Kind { case string, integer, number, boolean }
    var kind: Kind
    /// The values it may have, as text; nil when any will do.
    var values: [String]?
    /// Whether `values` are matched in any case.
    var anyCase = false
    var minimum: Double?
    var maximum: Double?
  }
}

/// The properties of a mapping: those of a resource itself, or of a definition that its properties name.
///
/// A part of its `ResourceType`, which outlives it.
final class ObjectSchema {
  struct Property {
    let name: String
    let isRequired: Bool
    let schema: Schema
    /// Whether something of that name is read-only somewhere in the type; `ResourceType.isReadOnly` knows where.
    let mayBeReadOnly: Bool
  }

  /// The definition's name in the registry; empty for the resource's own properties.
  let name: String
  /// Whether names that are not listed pass.
  let isOpen: Bool
  private let lines: TextLines
  private unowned let type: ResourceType

  init(name: String, isOpen: Bool, lines: TextLines, type: ResourceType) {
    self.name = name
    self.isOpen = isOpen
    self.lines = lines
    self.type = type
  }

  /// Sorted by name.
  private(set) lazy var properties: [Property] = entries.map(property)

  private(set) lazy var required: [Property] = entries.filter(\.isRequired).map(property)

  subscript(name: String) -> Property? {
    if let known = read[name] { return known }
    let found = entries.first { $0.name.elementsEqual(name.utf8) }.map(property)
    read[name] = .some(found)
    return found
  }

  // MARK: Reading

  /// A property's line. Its form is read when it is asked for: a template uses few of the properties that there are.
  private struct Entry {
    let name: Slice<UnsafeBufferPointer<UInt8>>
    let isRequired: Bool
    let form: Slice<UnsafeBufferPointer<UInt8>>
  }

  private var read: [String: Property?] = [:]

  private lazy var entries: [Entry] = {
    var found: [Entry] = []
    // A property has two spaces before it; a fact has an @ after them; a line with one space begins a definition.
    for line in lines {
      guard line.count > 2, line[line.startIndex] == 0x20, line[line.startIndex + 1] == 0x20 else { break }
      let body = line.dropFirst(2)
      guard body.first != UInt8(ascii: "@") else { continue }
      let space = body.byteOffset(of: UInt8(ascii: " "), in: lines.text)
      if space == body.endIndex { continue }
      let isRequired = body[space - 1] == UInt8(ascii: "!")
      found.append(
        Entry(name: body[..<(isRequired ? space - 1 : space)], isRequired: isRequired, form: body[(space + 1)...]))
    }
    return found
  }()

  private func property(_ entry: Entry) -> Property {
    let name = String(decoding: entry.name, as: UTF8.self)
    var form = FormReader(entry.form, type: type)
    return Property(
      name: name, isRequired: entry.isRequired, schema: form.read(), mayBeReadOnly: type.namesReadOnly(name))
  }
}
