import Glibc

/// A block of IPv4 or IPv6 addresses: `10.0.0.0/16`.
struct AddressBlock {
  /// The first address.
  private let first: UInt128
  /// Bits that all its addresses share.
  let prefix: Int
  /// Bits of an address: 32 or 128.
  let width: Int

  private init(first: UInt128, prefix: Int, width: Int) {
    (self.first, self.prefix, self.width) = (first, prefix, width)
  }

  /// nil when `text` is no block; bits behind the prefix count as 0.
  init?(_ text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, let prefix = Int(parts[1]), parts[1].utf8.allSatisfy({ (48...57).contains($0) }) else {
      return nil
    }
    let isNew = parts[0].utf8.contains(UInt8(ascii: ":"))
    let width = isNew ? 128 : 32
    var bytes = [UInt8](repeating: 0, count: 16)
    guard prefix <= width, inet_pton(isNew ? AF_INET6 : AF_INET, String(parts[0]), &bytes) == 1 else { return nil }
    let address = bytes[..<(width / 8)].reduce(UInt128(0)) { $0 << 8 | UInt128($1) }
    let free = width - prefix
    self.init(first: free >= 128 ? 0 : (address >> UInt128(free)) << UInt128(free), prefix: prefix, width: width)
  }

  /// The part of a number, from 1, among those whose prefix is `bits` longer; nil when there are fewer.
  func part(_ number: Int, bits: Int) -> AddressBlock? {
    let free = width - prefix - bits
    guard number >= 1, bits >= 0, free >= 0, bits >= 63 || number <= 1 << bits else { return nil }
    let offset = free >= 128 ? 0 : UInt128(number - 1) << UInt128(free)
    return AddressBlock(first: first + offset, prefix: prefix + bits, width: width)
  }

  /// A block, or a single address, which is a block of one.
  init?(anyOf text: String) {
    self.init(
      text.utf8.contains(UInt8(ascii: "/")) ? text : text + (text.utf8.contains(UInt8(ascii: ":")) ? "/128" : "/32"))
  }

  /// Whether all addresses of another block are in this one.
  func contains(_ other: AddressBlock) -> Bool {
    let free = width - prefix
    guard width == other.width, prefix <= other.prefix else { return false }
    return free >= 128 || first >> UInt128(free) == other.first >> UInt128(free)
  }

  /// As it is written.
  var text: String {
    var bytes = (0..<width / 8).map { UInt8(truncatingIfNeeded: first >> UInt128(width - 8 - 8 * $0)) }
    var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
    inet_ntop(width == 128 ? AF_INET6 : AF_INET, &bytes, &text, socklen_t(text.count))
    return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self) + "/\(prefix)"
  }
}
