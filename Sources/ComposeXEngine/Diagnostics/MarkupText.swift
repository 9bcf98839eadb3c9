/// Text inside of what a browser, a renderer or a shell of quotes reads: signs that mean something there are written out.
///
/// By bytes, which those read too: `U+0600<` is one Character, in which Swift finds no `<`. No byte of a sign beyond ASCII is one of ASCII.
enum MarkupText {
  /// `text` with the signs of `table` as their replacements.
  static func escaped(_ text: String, _ table: KeyValuePairs<Unicode.Scalar, String>) -> String {
    var escaped: [UInt8] = []
    escaped.reserveCapacity(text.utf8.count)
    for byte in text.utf8 {
      if let row = table.first(where: { $0.key.value == UInt32(byte) }) {
        escaped += row.value.utf8
      } else {
        escaped.append(byte)
      }
    }
    return String(decoding: escaped, as: UTF8.self)
  }

  /// Text or the value of an attribute in HTML and XML.
  static func html(_ text: String) -> String {
    escaped(text, ["&": "&amp;", "<": "&lt;", ">": "&gt;", "\"": "&quot;"])
  }
}
