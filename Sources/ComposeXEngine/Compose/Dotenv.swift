import OrderedCollections

/// The grammar of `.env` files (compose-spec, environment variable files).
///
/// `KEY=value`, `KEY: value`, `export KEY=value`, `KEY` alone (inherited); `'literal'`, `"with escapes and ${variables}"`, bare values
/// up to ` #`.
struct Dotenv {
  typealias Values = OrderedDictionary<String, Entry>

  struct Entry {
    var value: String
    var place: Place
  }

  enum Format { case dotenv, raw }

  let bytes: [UInt8]
  let file: SourceFile
  let lookup: VariableText.Lookup
  let findings: Findings
  var position = 0
  var line = 1
  var lineStart = 0
  var values: Values
  /// Bytes of all values; lines that repeat each other's values must not fill the memory.
  var size = 0
  /// Warnings of variables that are not set.
  let warnings = Countdown(1_000)

  /// Adds the variables of a file to `values`. `${X}` asks `lookup` first and then what was read before.
  static func read(
    _ bytes: [UInt8], file: SourceFile, format: Format = .dotenv, into values: inout Values, findings: Findings,
    lookup: @escaping VariableText.Lookup
  ) {
    guard String(validating: bytes, as: UTF8.self) != nil else {
      findings.report(.error(at: Place(file: file), "the file is not UTF-8", remedy: "save the file as UTF-8"))
      return
    }
    var parser = Dotenv(bytes: bytes, file: file, lookup: lookup, findings: findings, values: values)
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { parser.position = 3 }
    do throws(Finding) {
      if format == .raw { try parser.rawLines() } else { try parser.statements() }
    } catch { findings.report(error) }
    values = parser.values
  }

  init(
    bytes: [UInt8], file: SourceFile, lookup: @escaping VariableText.Lookup, findings: Findings, values: Values
  ) {
    self.bytes = bytes
    self.file = file
    self.lookup = lookup
    self.findings = findings
    self.values = values
  }

  var place: Place { Place(file: file, line: line, column: position - lineStart + 1) }

  mutating func advance() {
    if position < bytes.count, bytes[position] == UInt8(ascii: "\n") {
      line += 1
      lineStart = position + 1
    }
    position += 1
  }

  static func isBlank(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") || byte == UInt8(ascii: "\r") || byte == 0x0B
      || byte == 0x0C
  }

  func restOfLine(from start: Int) -> String {
    var end = start
    while end < bytes.count, bytes[end] != UInt8(ascii: "\n") { end += 1 }
    while end > start, Self.isBlank(bytes[end - 1]) { end -= 1 }
    return String(decoding: bytes[start..<end], as: UTF8.self)
  }

  mutating func skipLine() {
    while position < bytes.count, bytes[position] != UInt8(ascii: "\n") { position += 1 }
    if position < bytes.count { advance() }
  }

  mutating func set(_ key: String, _ value: String, at place: Place) throws(Finding) {
    size += value.utf8.count
    if size > 16 << 20 {
      throw .error(at: place, "the values of this file are longer than 16 MiB", remedy: "use fewer variables in values")
    }
    values[key] = Entry(value: value, place: place)
  }
}

// MARK: - Statements

extension Dotenv {
  mutating func statements() throws(Finding) {
    while true {
      while position < bytes.count, Self.isBlank(bytes[position]) || bytes[position] == UInt8(ascii: "\n") { advance() }
      guard position < bytes.count else { return }
      if bytes[position] == UInt8(ascii: "#") {
        skipLine()
        continue
      }
      skipExport()
      let place = place
      guard let (key, hasValue) = try key() else { return }
      if !hasValue {
        if let value = lookup(key) {
          tellDynamic(value, at: place)
          try set(key, value, at: place)
        }
        continue
      }
      try set(key, try value(), at: place)
    }
  }

  mutating func skipExport() {
    let word = Array("export".utf8)
    let end = position + word.count
    guard end < bytes.count, bytes[position..<end].elementsEqual(word), Self.isBlank(bytes[end]) else { return }
    position = end
    while position < bytes.count, Self.isBlank(bytes[position]) { advance() }
  }

  /// The key at the current position, and whether a separator follows it.
  mutating func key() throws(Finding) -> (String, Bool)? {
    let start = position
    let statementPlace = place
    while position < bytes.count {
      let byte = bytes[position]
      switch byte {
      case UInt8(ascii: "="), UInt8(ascii: ":"):
        let key = trimmedKey(from: start)
        if key.contains(where: { $0 == " " || $0 == "\t" }) { throw spaceInKey(statementPlace, start) }
        advance()
        return (key, true)
      case UInt8(ascii: "\n"):
        let key = trimmedKey(from: start)
        advance()
        if key.contains(where: { $0 == " " || $0 == "\t" }) { throw spaceInKey(statementPlace, start) }
        return key.isEmpty ? nil : (key, false)
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: "-"),
        UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "a")...UInt8(ascii: "z"),
        UInt8(ascii: "A")...UInt8(ascii: "Z"):
        position += 1
      case _ where Self.isBlank(byte): position += 1
      default:
        guard byte >= 0x80, let length = letterLength(at: position) else {
          throw .error(
            at: place,
            "line \(line): unexpected character \"\(character(at: position))\" in variable name \"\(restOfLine(from: start))\"",
            remedy: "names hold letters, digits, _ . - [ ]; comments begin with #")
        }
        position += length
      }
    }
    let key = trimmedKey(from: start)
    return key.isEmpty ? nil : (key, false)
  }

  func spaceInKey(_ place: Place, _ start: Int) -> Finding {
    .error(
      at: place, "line \(place.line): key cannot contain a space: \"\(restOfLine(from: start))\"",
      remedy: "write KEY=value")
  }

  func trimmedKey(from start: Int) -> String {
    var end = position
    while end > start, Self.isBlank(bytes[end - 1]) { end -= 1 }
    return String(decoding: bytes[start..<end], as: UTF8.self)
  }

  func character(at index: Int) -> String {
    String(String(decoding: bytes[index..<min(index + 4, bytes.count)], as: UTF8.self).prefix(1))
  }

  /// The length in bytes of the letter or digit (of any script) at `index`, or nil.
  func letterLength(at index: Int) -> Int? {
    guard let scalar = String(decoding: bytes[index..<min(index + 4, bytes.count)], as: UTF8.self).unicodeScalars.first
    else { return nil }
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber,
      .letterNumber,
      .otherNumber:
      return UTF8.width(scalar)
    default: return nil
    }
  }
}
