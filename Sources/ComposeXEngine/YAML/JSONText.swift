/// How a text is written as a JSON string.
enum JSONText {
  /// Appends `text` in double quotes, as JSON and YAML both read it: what YAML takes for a line break or does not allow as it is
  /// is escaped, and what a terminal would obey.
  static func write(_ text: String, into out: inout [UInt8]) {
    var text = text
    out.append(UInt8(ascii: "\""))
    text.withUTF8 { bytes in
      var runStart = 0
      for index in bytes.indices {
        let byte = bytes[index]
        if byte >= 0x20, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\"), byte < 0x7F { continue }
        if byte >= 0x80, isPrintable(bytes, at: index) { continue }
        out.append(contentsOf: bytes[runStart..<index])
        let length = escape(bytes, at: index, into: &out)
        runStart = index + length
      }
      if runStart < bytes.count { out.append(contentsOf: bytes[runStart...]) }
    }
    out.append(UInt8(ascii: "\""))
  }

  /// Appends the escape of the character at `index`; returns its length in bytes.
  private static func escape(_ bytes: UnsafeBufferPointer<UInt8>, at index: Int, into out: inout [UInt8]) -> Int {
    let byte = bytes[index]
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"): out += [UInt8(ascii: "\\"), byte]
    case UInt8(ascii: "\n"): out += [UInt8(ascii: "\\"), UInt8(ascii: "n")]
    case UInt8(ascii: "\r"): out += [UInt8(ascii: "\\"), UInt8(ascii: "r")]
    case UInt8(ascii: "\t"): out += [UInt8(ascii: "\\"), UInt8(ascii: "t")]
    case ..<0x80: writeUnicodeEscape(UInt32(byte), into: &out)
    default:
      let (scalar, length) = decode(bytes, at: index)
      writeUnicodeEscape(scalar, into: &out)
      return length
    }
    return 1
  }

  private static func writeUnicodeEscape(_ scalar: UInt32, into out: inout [UInt8]) {
    let digits = Array("0123456789abcdef".utf8)
    out += [UInt8(ascii: "\\"), UInt8(ascii: "u")]
    for shift in [12, 8, 4, 0] as [UInt32] { out.append(digits[Int(scalar >> shift & 0xF)]) }
  }

  /// The scalar that begins at `index` of valid UTF-8, as far as two or three bytes tell it, and its length.
  private static func decode(_ bytes: UnsafeBufferPointer<UInt8>, at index: Int) -> (UInt32, Int) {
    func tail(_ offset: Int) -> UInt32 { index + offset < bytes.count ? UInt32(bytes[index + offset] & 0x3F) : 0 }
    let lead = UInt32(bytes[index])
    if lead < 0xE0 { return ((lead & 0x1F) << 6 | tail(1), 2) }
    if lead < 0xF0 { return ((lead & 0x0F) << 12 | tail(1) << 6 | tail(2), 3) }
    return (0xFFFD, 4)
  }

  /// False for the lead byte of a C1 control, a line or paragraph separator, a mark that turns the direction of writing, a byte
  /// order mark or a non-character.
  static func isPrintable(_ bytes: UnsafeBufferPointer<UInt8>, at index: Int) -> Bool {
    switch bytes[index] {
    case 0xC2:
      let (scalar, _) = decode(bytes, at: index)
      return scalar > 0x9F
    case 0xD8, 0xE2:
      let (scalar, _) = decode(bytes, at: index)
      return Unicode.Scalar(scalar).map { !VisibleText.isObeyed($0) } ?? true
    case 0xEF:
      let (scalar, _) = decode(bytes, at: index)
      return scalar != 0xFEFF && scalar != 0xFFFE && scalar != 0xFFFF
    default: return true
    }
  }
}
