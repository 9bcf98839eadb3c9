extension String {
  /// Whether the key is the user's own (`x-...`).
  @inline(__always)
  var isExtension: Bool {
    var bytes = utf8.makeIterator()
    return bytes.next() == UInt8(ascii: "x") && bytes.next() == UInt8(ascii: "-")
  }
}
