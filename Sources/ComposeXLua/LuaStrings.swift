import CLua

/// Swift twins of short Lua strings, by address: a key that scripts use again and again is made once.
///
/// Lua keeps short strings unique, so an address is a text for as long as the string lives; the host anchors those
/// that are remembered here.
struct LuaStrings {
  private struct Entry {
    var address: UnsafePointer<CChar>?
    var text: String
  }

  private var entries = [Entry](repeating: Entry(address: nil, text: ""), count: Int(CLUA_ANCHORS))

  /// The string at `index` of the stack, which is known to be one; nil when it is not UTF-8.
  mutating func string(_ host: UnsafeMutablePointer<clua_host>, at index: Int32) -> String? {
    var length = 0
    let L = host.pointee.L
    guard let address = lua_tolstring(L, index, &length) else { return nil }
    if length > Int(CLUA_SHORT_STRING) { return LuaStrings.decode(address, length) }
    let bits = UInt(bitPattern: address)
    let place = Int(truncatingIfNeeded: ((bits >> 4) ^ (bits >> 13)) & UInt(CLUA_ANCHORS - 1))
    if entries[place].address == address { return entries[place].text }
    guard let text = LuaStrings.decode(address, length) else { return nil }
    if clua_anchor(host, index, Int32(truncatingIfNeeded: place)) {
      entries[place] = Entry(address: address, text: text)
    }
    return text
  }

  private static func decode(_ address: UnsafePointer<CChar>, _ length: Int) -> String? {
    let bytes = UnsafeRawBufferPointer(start: address, count: length)
    return String(validating: bytes, as: UTF8.self)
  }
}
