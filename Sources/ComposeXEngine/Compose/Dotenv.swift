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

  private let bytes: [UInt8]
  private let file: SourceFile
  private let lookup: Template.Lookup
  private let findings: Findings
  private var position = 0
  private var line = 1
  private var lineStart = 0
  private var values: Values
  /// Bytes of all values; lines that repeat each other's values must not fill the memory.
  private var size = 0

  /// Adds the variables of a file to `values`. `${X}` asks `lookup` first and then what was read before.
  static func read(
    _ bytes: [UInt8], file: SourceFile, format: Format = .dotenv, into values: inout Values, findings: Findings,
    lookup: @escaping Template.Lookup
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

  private init(
    bytes: [UInt8], file: SourceFile, lookup: @escaping Template.Lookup, findings: Findings, values: Values
  ) {
    self.bytes = bytes
    self.file = file
    self.lookup = lookup
    self.findings = findings
    self.values = values
  }

  private var place: Place { Place(file: file, line: line, column: position - lineStart + 1) }

  private mutating func advance() {
    if position < bytes.count, bytes[position] == UInt8(ascii: "\n") {
      line += 1
      lineStart = position + 1
    }
    position += 1
  }

  private static func isBlank(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") || byte == UInt8(ascii: "\r") || byte == 0x0B || byte == 0x0C
  }

  private func restOfLine(from start: Int) -> String {
    var end = start
    while end < bytes.count, bytes[end] != UInt8(ascii: "\n") { end += 1 }
    while end > start, Self.isBlank(bytes[end - 1]) { end -= 1 }
    return String(decoding: bytes[start..<end], as: UTF8.self)
  }

  private mutating func skipLine() {
    while position < bytes.count, bytes[position] != UInt8(ascii: "\n") { position += 1 }
    if position < bytes.count { advance() }
  }

  private mutating func set(_ key: String, _ value: String, at place: Place) throws(Finding) {
    size += value.utf8.count
    if size > 16 << 20 {
      throw .error(at: place, "the values of this file are longer than 16 MiB", remedy: "use fewer variables in values")
    }
    values[key] = Entry(value: value, place: place)
  }
}

// MARK: - Statements

extension Dotenv {
  private mutating func statements() throws(Finding) {
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
        if let value = lookup(key) { try set(key, value, at: place) }
        continue
      }
      try set(key, try value(), at: place)
    }
  }

  private mutating func skipExport() {
    let word = Array("export".utf8)
    let end = position + word.count
    guard end < bytes.count, bytes[position..<end].elementsEqual(word), Self.isBlank(bytes[end]) else { return }
    position = end
    while position < bytes.count, Self.isBlank(bytes[position]) { advance() }
  }

  /// The key at the current position, and whether a separator follows it.
  private mutating func key() throws(Finding) -> (String, Bool)? {
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
        UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"):
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

  private func spaceInKey(_ place: Place, _ start: Int) -> Finding {
    .error(at: place, "line \(place.line): key cannot contain a space: \"\(restOfLine(from: start))\"", remedy: "write KEY=value")
  }

  private func trimmedKey(from start: Int) -> String {
    var end = position
    while end > start, Self.isBlank(bytes[end - 1]) { end -= 1 }
    return String(decoding: bytes[start..<end], as: UTF8.self)
  }

  private func character(at index: Int) -> String {
    String(String(decoding: bytes[index..<min(index + 4, bytes.count)], as: UTF8.self).prefix(1))
  }

  /// The length in bytes of the letter or digit (of any script) at `index`, or nil.
  private func letterLength(at index: Int) -> Int? {
    guard let scalar = String(decoding: bytes[index..<min(index + 4, bytes.count)], as: UTF8.self).unicodeScalars.first
    else { return nil }
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber, .letterNumber,
      .otherNumber:
      return UTF8.width(scalar)
    default: return nil
    }
  }
}

// MARK: - Values

extension Dotenv {
  /// The value after a separator.
  private mutating func value() throws(Finding) -> String {
    while position < bytes.count, Self.isBlank(bytes[position]) { advance() }
    guard position < bytes.count else { return "" }
    let quote = bytes[position]
    guard quote == UInt8(ascii: "'") || quote == UInt8(ascii: "\"") else { return try bareValue() }
    let start = position
    let startLine = line
    let startPlace = place
    advance()
    var text: [UInt8] = []
    while position < bytes.count, bytes[position] != quote {
      if bytes[position] == UInt8(ascii: "\\"), position + 1 < bytes.count {
        let next = bytes[position + 1]
        if next == quote {
          text.append(quote)
        } else {
          text += [UInt8(ascii: "\\"), next]
        }
        advance()
      } else {
        text.append(bytes[position])
      }
      advance()
    }
    guard position < bytes.count else {
      throw .error(
        at: startPlace, "line \(startLine): unterminated quoted value \(restOfLine(from: start))", remedy: "close the quotes")
    }
    advance()
    if quote == UInt8(ascii: "'") { return String(decoding: text, as: UTF8.self) }
    return try expand(Self.unescape(text), at: startPlace)
  }

  private mutating func bareValue() throws(Finding) -> String {
    let start = position
    let startPlace = place
    while position < bytes.count, bytes[position] != UInt8(ascii: "\n") { position += 1 }
    var end = position
    if position < bytes.count { advance() }
    var index = start
    while index + 1 < end {
      if bytes[index] == UInt8(ascii: " "), bytes[index + 1] == UInt8(ascii: "#") { end = index }
      index += 1
    }
    if start < end, bytes[start] == UInt8(ascii: "#"), start > 0, Self.isBlank(bytes[start - 1]) { end = start }
    while end > start, Self.isBlank(bytes[end - 1]) { end -= 1 }
    return try expand(String(decoding: bytes[start..<end], as: UTF8.self), at: startPlace)
  }

  /// `\n`, `\t`, octal `\0ddd` and their like; `\$` becomes `$$`, which is a plain dollar after interpolation.
  private static func unescape(_ text: [UInt8]) -> String {
    var out: [UInt8] = []
    var index = 0
    while index < text.count {
      guard text[index] == UInt8(ascii: "\\"), index + 1 < text.count else {
        out.append(text[index])
        index += 1
        continue
      }
      let next = text[index + 1]
      index += 2
      switch next {
      case UInt8(ascii: "a"): out.append(0x07)
      case UInt8(ascii: "b"): out.append(0x08)
      case UInt8(ascii: "f"): out.append(0x0C)
      case UInt8(ascii: "n"): out.append(0x0A)
      case UInt8(ascii: "r"): out.append(0x0D)
      case UInt8(ascii: "t"): out.append(0x09)
      case UInt8(ascii: "v"): out.append(0x0B)
      case UInt8(ascii: "\\"): out.append(UInt8(ascii: "\\"))
      case UInt8(ascii: "$"): out += [UInt8(ascii: "$"), UInt8(ascii: "$")]
      case UInt8(ascii: "0"):
        var value = 0
        var digits = 0
        while digits < 3, index < text.count, text[index] &- UInt8(ascii: "0") < 8 {
          value = value * 8 + Int(text[index] - UInt8(ascii: "0"))
          index += 1
          digits += 1
        }
        if digits == 0 { out += [UInt8(ascii: "\\"), next] } else { appendScalar(value, to: &out) }
      default: out += [UInt8(ascii: "\\"), next]
      }
    }
    return String(decoding: out, as: UTF8.self)
  }

  private static func appendScalar(_ value: Int, to out: inout [UInt8]) {
    guard let scalar = Unicode.Scalar(UInt32(clamping: value)) else { return }
    out += Array(String(Character(scalar)).utf8)
  }

  private func expand(_ text: String, at place: Place) throws(Finding) -> String {
    guard Template.isNeeded(text) else { return text }
    do throws(Template.Problem) {
      return try Template.substitute(text, lookup: { lookup($0) ?? values[$0]?.value }) { [findings] name in
        findings.report(
          .warning(at: place, "The \"\(name)\" variable is not set. Defaulting to a blank string", remedy: "set it, or write ${\(name):-default}"))
      }
    } catch {
      throw error.finding(at: place, in: "a value of \(file.name)", text: text)
    }
  }

  /// `format: raw`: the text after the first `=` as it is, no quotes, no variables, no comments within a line.
  private mutating func rawLines() throws(Finding) {
    while position < bytes.count {
      let text = restOfLine(from: position)
      let place = place
      skipLine()
      let trimmed = text.drop { $0 == " " || $0 == "\t" }
      if trimmed.isEmpty || trimmed.first == "#" { continue }
      guard let equals = trimmed.firstIndex(of: "=") else {
        if let value = lookup(String(trimmed)) { try set(String(trimmed), value, at: place) }
        continue
      }
      try set(String(trimmed[..<equals]), String(trimmed[trimmed.index(after: equals)...]), at: place)
    }
  }
}
