/// Reads a form of `resource-types.txt`: `string`, `[<Tag>]`, `integer 0..900`, `json|string`, `string(A,B)`.
///
/// What it does not understand is `any`: the text is our own, and a test reads every form in it.
struct FormReader {
  private let bytes: Slice<UnsafeBufferPointer<UInt8>>
  private var at: Int
  private let type: ResourceType
  private(set) var failed = false

  init(_ bytes: Slice<UnsafeBufferPointer<UInt8>>, type: ResourceType) {
    self.bytes = bytes
    self.at = bytes.startIndex
    self.type = type
  }

  /// The whole text as one form.
  mutating func read() -> Schema {
    let schema = alternatives(depth: 0)
    if at != bytes.endIndex { failed = true }
    return failed ? .any : schema
  }

  private mutating func alternatives(depth: Int) -> Schema {
    var found = [single(depth: depth)]
    while accept("|") { found.append(single(depth: depth)) }
    return found.count == 1 ? found[0] : .either(found)
  }

  private mutating func single(depth: Int) -> Schema {
    guard depth < 32 else { return fail() }
    if accept("[") { return closed("]", .list(alternatives(depth: depth + 1))) }
    if accept("{") { return closed("}", .map(alternatives(depth: depth + 1))) }
    if accept("<") {
      guard let object = type.definition(take { $0 != UInt8(ascii: ">") }) else { return fail() }
      return closed(">", .object(object))
    }
    switch take({ UInt8(ascii: "a")...UInt8(ascii: "z") ~= $0 }) {
    case "string": return scalar(.string)
    case "integer": return scalar(.integer)
    case "number": return scalar(.number)
    case "boolean": return scalar(.boolean)
    case "json": return .json
    case "any": return .any
    default: return fail()
    }
  }

  private mutating func scalar(_ kind: Schema.Scalar.Kind) -> Schema {
    var scalar = Schema.Scalar(kind: kind)
    scalar.anyCase = accept("~")
    if accept("(") {
      var values: [String] = []
      repeat { values.append(take { $0 != UInt8(ascii: ",") && $0 != UInt8(ascii: ")") }) } while accept(",")
      scalar.values = values
      return closed(")", .scalar(scalar))
    }
    if accept(" ") {
      let number: (UInt8) -> Bool = { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 || "+-e".utf8.contains($0) }
      scalar.minimum = bound(number)
      guard accept("."), accept(".") else { return fail() }
      scalar.maximum = bound(number)
    }
    return .scalar(scalar)
  }

  /// A number, whose own point is a single one; nil when there is none.
  private mutating func bound(_ isDigit: (UInt8) -> Bool) -> Double? {
    var text = take(isDigit)
    if at + 1 < bytes.endIndex, bytes[at] == UInt8(ascii: "."), isDigit(bytes[at + 1]) {
      at += 1
      text += "." + take(isDigit)
    }
    return Double(text)
  }

  private mutating func closed(_ end: Unicode.Scalar, _ schema: Schema) -> Schema { accept(end) ? schema : fail() }

  private mutating func fail() -> Schema {
    failed = true
    return .any
  }

  private mutating func accept(_ letter: Unicode.Scalar) -> Bool {
    guard at < bytes.endIndex, bytes[at] == UInt8(ascii: letter) else { return false }
    at += 1
    return true
  }

  private mutating func take(_ belongs: (UInt8) -> Bool) -> String {
    let start = at
    while at < bytes.endIndex, belongs(bytes[at]) { at += 1 }
    return String(decoding: bytes[start..<at], as: UTF8.self)
  }
}
