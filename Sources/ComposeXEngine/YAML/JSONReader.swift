/// Reads what a program answers as JSON (RFC 8259) into nodes without places.
///
/// Answers are read by this and not by the composer of YAML files: texts in them may hold what YAML does not take, as lines of logs do,
/// and an escape may be half of a surrogate pair.
struct JSONReader {
  /// Where a text is no JSON.
  struct Failure: Error {
    /// The offset in bytes.
    var offset: Int
  }

  private let bytes: UnsafeBufferPointer<UInt8>
  private var at = 0
  private static let deepest = 256

  /// The value that a text holds.
  static func read(_ bytes: [UInt8]) throws(Failure) -> Node {
    let result: Result<Node, Failure> = bytes.withUnsafeBufferPointer { buffer in
      var reader = JSONReader(bytes: buffer)
      do throws(Failure) {
        let node = try reader.value(depth: 0)
        reader.skipBlanks()
        return reader.at == buffer.count ? .success(node) : .failure(Failure(offset: reader.at))
      } catch { return .failure(error) }
    }
    return try result.get()
  }

  private init(bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  private mutating func value(depth: Int) throws(Failure) -> Node {
    skipBlanks()
    guard at < bytes.count, depth < Self.deepest else { throw failure }
    switch bytes[at] {
    case UInt8(ascii: "{"): return Node(.map(try fields(depth: depth)), at: .unknown)
    case UInt8(ascii: "["): return Node(.list(try items(depth: depth)), at: .unknown)
    case UInt8(ascii: "\""): return Node(.string(try text()), at: .unknown)
    case UInt8(ascii: "t"): return Node(.bool(try word("true", true)), at: .unknown)
    case UInt8(ascii: "f"): return Node(.bool(try word("false", false)), at: .unknown)
    case UInt8(ascii: "n"): return Node(try word("null", .null), at: .unknown)
    default: return try number()
    }
  }

  private mutating func fields(depth: Int) throws(Failure) -> Node.Fields {
    var fields = Node.Fields()
    at += 1
    if accept("}") { return fields }
    repeat {
      skipBlanks()
      guard at < bytes.count, bytes[at] == UInt8(ascii: "\"") else { throw failure }
      let key = try text()
      guard accept(":") else { throw failure }
      fields[key] = try value(depth: depth + 1)
    } while accept(",")
    guard accept("}") else { throw failure }
    return fields
  }

  private mutating func items(depth: Int) throws(Failure) -> [Node] {
    var items: [Node] = []
    at += 1
    if accept("]") { return items }
    repeat { items.append(try value(depth: depth + 1)) } while accept(",")
    guard accept("]") else { throw failure }
    return items
  }

  private mutating func number() throws(Failure) -> Node {
    let start = at
    while at < bytes.count, "+-.0123456789Ee".utf8.contains(bytes[at]) { at += 1 }
    let text = String(decoding: bytes[start..<at], as: UTF8.self)
    if let int = Int(text) { return Node(.int(int), at: .unknown, source: text) }
    guard let double = Double(text) else { throw failure }
    return Node(.float(double), at: .unknown, source: text)
  }

  private mutating func word<Value>(_ word: String, _ value: Value) throws(Failure) -> Value {
    guard bytes[at...].starts(with: word.utf8) else { throw failure }
    at += word.utf8.count
    return value
  }

  private mutating func text() throws(Failure) -> String {
    at += 1
    var text: [UInt8] = []
    while at < bytes.count {
      let byte = bytes[at]
      at += 1
      switch byte {
      case UInt8(ascii: "\""): return String(decoding: text, as: UTF8.self)
      case UInt8(ascii: "\\"): try escape(into: &text)
      default: text.append(byte)
      }
    }
    throw failure
  }

  private static let escapes: [UInt8: UInt8] = [
    UInt8(ascii: "n"): 10, UInt8(ascii: "t"): 9, UInt8(ascii: "r"): 13, UInt8(ascii: "b"): 8, UInt8(ascii: "f"): 12,
    UInt8(ascii: "\""): 34, UInt8(ascii: "\\"): 92, UInt8(ascii: "/"): 47,
  ]

  private mutating func escape(into text: inout [UInt8]) throws(Failure) {
    guard at < bytes.count else { throw failure }
    let letter = bytes[at]
    at += 1
    if let byte = Self.escapes[letter] { return text.append(byte) }
    guard letter == UInt8(ascii: "u") else { throw failure }
    var code = try unit()
    if (0xD800..<0xDC00).contains(code), bytes[at...].starts(with: "\\u".utf8) {
      at += 2
      let low = try unit()
      code = (0xDC00..<0xE000).contains(low) ? 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00) : 0xFFFD
    }
    text += String(Unicode.Scalar(code).map(Character.init) ?? "\u{FFFD}").utf8
  }

  private mutating func unit() throws(Failure) -> UInt32 {
    guard at + 4 <= bytes.count, let code = UInt32(String(decoding: bytes[at..<at + 4], as: UTF8.self), radix: 16)
    else { throw failure }
    at += 4
    return code
  }

  private mutating func skipBlanks() {
    while at < bytes.count, [0x20, 0x0A, 0x0D, 0x09].contains(bytes[at]) { at += 1 }
  }

  private mutating func accept(_ letter: Unicode.Scalar) -> Bool {
    skipBlanks()
    guard at < bytes.count, bytes[at] == UInt8(ascii: letter) else { return false }
    at += 1
    return true
  }

  private var failure: Failure { Failure(offset: at) }
}
