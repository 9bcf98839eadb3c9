/// Values: bare, in quotes, raw.
extension Dotenv {
  /// The value after a separator.
  mutating func value() throws(Finding) -> String {
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
        at: startPlace, "line \(startLine): unterminated quoted value \(restOfLine(from: start))",
        remedy: "close the quotes")
    }
    advance()
    if quote == UInt8(ascii: "'") { return String(decoding: text, as: UTF8.self) }
    return try expand(Self.unescape(text), at: startPlace)
  }

  mutating func bareValue() throws(Finding) -> String {
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
  static func unescape(_ text: [UInt8]) -> String {
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

  static func appendScalar(_ value: Int, to out: inout [UInt8]) {
    guard let scalar = Unicode.Scalar(UInt32(clamping: value)) else { return }
    out += Array(String(Character(scalar)).utf8)
  }

  func expand(_ text: String, at place: Place) throws(Finding) -> String {
    guard VariableText.isNeeded(text) else { return text }
    do throws(VariableText.Problem) {
      let expanded = try VariableText.substitute(text, lookup: { lookup($0) ?? values[$0]?.value }) {
        [findings, warnings] name in
        guard warnings.next() else { return }
        findings.report(
          .warning(
            at: place, "The \"\(name)\" variable is not set. Defaulting to a blank string",
            remedy: "set it, or write ${\(name):-default}"))
      }
      tellDynamic(expanded, before: text, at: place)
      return expanded
    } catch {
      throw error.finding(at: place, in: "a value of \(file.name)", text: text)
    }
  }

  /// Reports a dynamic reference that came with a variable.
  func tellDynamic(_ value: String, before written: String = "", at place: Place) {
    guard DynamicReference.isNew(in: value, before: written) else { return }
    findings.report(DynamicReference.byVariable(at: place, "a value of \(file.name)"))
  }

  /// `format: raw`: the text after the first `=` as it is, no quotes, no variables, no comments within a line.
  mutating func rawLines() throws(Finding) {
    while position < bytes.count {
      let text = restOfLine(from: position)
      let place = place
      skipLine()
      let trimmed = text.drop { $0 == " " || $0 == "\t" }
      if trimmed.isEmpty || trimmed.first == "#" { continue }
      guard let equals = trimmed.firstIndex(of: "=") else {
        if let value = lookup(String(trimmed)) {
          tellDynamic(value, at: place)
          try set(String(trimmed), value, at: place)
        }
        continue
      }
      try set(String(trimmed[..<equals]), String(trimmed[trimmed.index(after: equals)...]), at: place)
    }
  }
}
