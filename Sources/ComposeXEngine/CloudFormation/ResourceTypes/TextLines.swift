import Glibc

/// The lines of a part of a text, without their ends and without copying.
struct TextLines: Sequence, IteratorProtocol {
  let text: UnsafeBufferPointer<UInt8>
  private(set) var rest: Range<Int>

  init(_ text: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) {
    self.text = text
    self.rest = range.clamped(to: 0..<text.count)
  }

  mutating func next() -> Slice<UnsafeBufferPointer<UInt8>>? {
    if rest.isEmpty { return nil }
    let end = Swift.min(text[rest].byteOffset(of: UInt8(ascii: "\n"), in: text), rest.upperBound)
    defer { rest = Swift.min(end + 1, rest.upperBound)..<rest.upperBound }
    return text[rest.lowerBound..<end]
  }
}

extension Slice<UnsafeBufferPointer<UInt8>> {
  /// Where `byte` first is, or the end of the slice; by `memchr`, since types are found by looking through megabytes.
  func byteOffset(of byte: UInt8, in text: UnsafeBufferPointer<UInt8>) -> Int {
    guard let base = text.baseAddress, !isEmpty, let hit = memchr(base + startIndex, Int32(byte), count) else {
      return endIndex
    }
    return UnsafeRawPointer(hit) - UnsafeRawPointer(base)
  }

  /// The words between spaces.
  var words: [String] {
    var words: [String] = []
    var start = startIndex
    for end in startIndex...endIndex where end == endIndex || self[end] == UInt8(ascii: " ") {
      if start < end { words.append(String(decoding: self[start..<end], as: UTF8.self)) }
      start = end + 1
    }
    return words
  }
}
