// How texts are taken apart: at their bytes, never at grapheme clusters.
//
// The standard library's own compare clusters: a mark before or after `$` or `=` (U+0600, U+0301) makes one cluster with it, and
// a search for the sign finds nothing, while CloudFormation, YAML and shells read bytes and find it. What stands here has the
// library's names and goes before it wherever this module is imported, so that code which reads as usual is right. A member
// that looks at one "character" (`first`, `dropFirst`) takes one Unicode scalar.

extension Substring {
  /// Without the spaces at its ends.
  package var trimmed: Substring {
    var text = self
    while text.utf8.first == UInt8(ascii: " ") { text = text[text.utf8.index(after: text.startIndex)...] }
    while text.utf8.last == UInt8(ascii: " ") { text = text[..<text.utf8.index(before: text.endIndex)] }
    return text
  }

  package func hasPrefix(_ prefix: some StringProtocol) -> Bool { utf8.starts(with: prefix.utf8) }

  package func hasSuffix(_ suffix: some StringProtocol) -> Bool {
    utf8.reversed().starts(with: suffix.utf8.reversed())
  }

  package func contains(_ part: some StringProtocol) -> Bool { place(of: Array(part.utf8), from: startIndex) != nil }

  package func contains(_ sign: Character) -> Bool { contains(String(sign)) }

  package func firstIndex(of sign: Character) -> Index? { place(of: Array(sign.utf8), from: startIndex) }

  package func lastIndex(of sign: Character) -> Index? {
    let bytes = Array(sign.utf8)
    var last: Index?
    var from = startIndex
    while let found = place(of: bytes, from: from) {
      last = found
      from = utf8.index(after: found)
    }
    return last
  }

  package func split(
    separator: some StringProtocol, maxSplits: Int = .max, omittingEmptySubsequences: Bool = true
  ) -> [Substring] {
    let bytes = Array(separator.utf8)
    var parts: [Substring] = []
    var start = startIndex
    func take(_ end: Index) {
      if !omittingEmptySubsequences || start != end { parts.append(self[start..<end]) }
    }
    while parts.count < maxSplits, let found = place(of: bytes, from: start) {
      take(found)
      start = utf8.index(found, offsetBy: bytes.count)
    }
    take(endIndex)
    return parts
  }

  package func index(after index: Index) -> Index { unicodeScalars.index(after: index) }
  package func index(before index: Index) -> Index { unicodeScalars.index(before: index) }

  package var count: Int { unicodeScalars.count }
  package var first: Character? { unicodeScalars.first.map(Character.init) }
  package var last: Character? { unicodeScalars.last.map(Character.init) }

  package func dropFirst(_ count: Int = 1) -> Substring { Substring(unicodeScalars.dropFirst(count)) }
  package func dropLast(_ count: Int = 1) -> Substring { Substring(unicodeScalars.dropLast(count)) }
  package func prefix(_ count: Int) -> Substring { Substring(unicodeScalars.prefix(count)) }
  package func suffix(_ count: Int) -> Substring { Substring(unicodeScalars.suffix(count)) }

  package func prefix(while fits: (Character) -> Bool) -> Substring {
    Substring(unicodeScalars.prefix { fits(Character($0)) })
  }

  package func drop(while fits: (Character) -> Bool) -> Substring {
    Substring(unicodeScalars.drop { fits(Character($0)) })
  }

  /// Where these bytes begin next.
  private func place(of bytes: [UInt8], from start: Index) -> Index? {
    guard let first = bytes.first else { return start }
    var rest = utf8[start...]
    while let found = rest.firstIndex(of: first) {
      if rest[found...].starts(with: bytes) { return found }
      rest = rest[rest.index(after: found)...]
    }
    return nil
  }
}

extension String {
  /// Whether both have the same bytes. For `==` of texts, an accent within a letter and one after it are the same, which for
  /// CloudFormation they are not.
  func isWritten(as other: String) -> Bool { utf8.elementsEqual(other.utf8) }

  package func hasPrefix(_ prefix: String) -> Bool { utf8.starts(with: prefix.utf8) }
  package func hasPrefix(_ prefix: some StringProtocol) -> Bool { utf8.starts(with: prefix.utf8) }
  package func hasSuffix(_ suffix: String) -> Bool { self[...].hasSuffix(suffix) }
  package func hasSuffix(_ suffix: some StringProtocol) -> Bool { self[...].hasSuffix(suffix) }
  package func contains(_ part: some StringProtocol) -> Bool { self[...].contains(part) }
  package func contains(_ sign: Character) -> Bool { self[...].contains(sign) }
  package func firstIndex(of sign: Character) -> Index? { self[...].firstIndex(of: sign) }
  package func lastIndex(of sign: Character) -> Index? { self[...].lastIndex(of: sign) }

  package func split(
    separator: some StringProtocol, maxSplits: Int = .max, omittingEmptySubsequences: Bool = true
  ) -> [Substring] {
    self[...].split(
      separator: separator, maxSplits: maxSplits, omittingEmptySubsequences: omittingEmptySubsequences)
  }

  package func index(after index: Index) -> Index { unicodeScalars.index(after: index) }
  package func index(before index: Index) -> Index { unicodeScalars.index(before: index) }

  package var count: Int { unicodeScalars.count }
  package var first: Character? { self[...].first }
  package var last: Character? { self[...].last }
  package func dropFirst(_ count: Int = 1) -> Substring { self[...].dropFirst(count) }
  package func dropLast(_ count: Int = 1) -> Substring { self[...].dropLast(count) }
  package func prefix(_ count: Int) -> Substring { self[...].prefix(count) }
  package func suffix(_ count: Int) -> Substring { self[...].suffix(count) }
  package func prefix(while fits: (Character) -> Bool) -> Substring { self[...].prefix(while: fits) }
  package func drop(while fits: (Character) -> Bool) -> Substring { self[...].drop(while: fits) }
}
