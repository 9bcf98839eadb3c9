import Glibc

/// The names of the chunks that were loaded, found again by the bytes that Lua reports.
struct LuaChunks {
  /// How Lua shows a name in messages (long ones are cut) -> the name.
  private var shown: [String: String] = [:]
  private var last = ""

  mutating func add(_ name: String) {
    shown[LuaChunks.shortened(name)] = name
  }

  /// The name behind what a message shows.
  func named(_ text: Substring) -> String? { shown[String(text)] }

  /// The name of a chunk from Lua's `source` (`@tags.lua`). A string that was seen before is shared, not made anew.
  mutating func name(_ bytes: UnsafeBufferPointer<UInt8>) -> String {
    var bytes = bytes
    if bytes.first == UInt8(ascii: "@") || bytes.first == UInt8(ascii: "=") {
      bytes = .init(rebasing: bytes.dropFirst())
    }
    let isLast = last.utf8.withContiguousStorageIfAvailable { known in
      known.count == bytes.count && (bytes.isEmpty || memcmp(known.baseAddress!, bytes.baseAddress!, bytes.count) == 0)
    }
    if isLast == true { return last }
    last = String(decoding: bytes, as: UTF8.self)
    return last
  }

  /// LUA_IDSIZE is 60: longer names lose their beginning.
  private static func shortened(_ name: String) -> String {
    let bytes = Array(name.utf8)
    if bytes.count <= 59 { return name }
    return "..." + String(decoding: bytes.suffix(56), as: UTF8.self)
  }
}
