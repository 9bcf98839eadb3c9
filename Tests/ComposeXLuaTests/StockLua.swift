import CLua

/// Lua as it comes, with its own library: what the host's library is compared with.
enum StockLua {
  /// What a chunk returns as a string, or the error's text.
  static func run(_ source: String, name: String = "test.lua") -> String {
    guard let L = luaL_newstate() else { return "no memory" }
    defer { lua_close(L) }
    luaL_openlibs(L)
    var source = source
    let loaded = source.withUTF8 { bytes in
      bytes.withMemoryRebound(to: CChar.self) { luaL_loadbufferx(L, $0.baseAddress, $0.count, "@" + name, "t") }
    }
    if loaded == LUA_OK { _ = lua_pcallk(L, 0, 1, 0, 0, nil) }
    var length = 0
    guard lua_type(L, -1) == LUA_TSTRING, let text = lua_tolstring(L, -1, &length) else { return "not a string" }
    return String(decoding: UnsafeRawBufferPointer(start: text, count: length), as: UTF8.self)
  }
}

/// Numbers that are the same in every run: xorshift64.
struct Dice: RandomNumberGenerator {
  private var state: UInt64

  init(_ seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }

  mutating func next() -> UInt64 {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return state
  }

  mutating func pick(_ words: [String]) -> String { words.randomElement(using: &self) ?? "" }
  mutating func below(_ limit: Int) -> Int { Int.random(in: 0..<limit, using: &self) }
}

/// A Lua literal of bytes, readable and without surprises.
func literal(_ text: String) -> String {
  "\""
    + text.utf8.map { byte in
      byte >= 32 && byte < 127 && byte != 34 && byte != 92
        ? String(UnicodeScalar(byte)) : "\\" + String(repeating: "0", count: 3 - "\(byte)".count) + "\(byte)"
    }.joined() + "\""
}
