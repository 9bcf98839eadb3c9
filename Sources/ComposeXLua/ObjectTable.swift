/// Values by object: a hash table with open addressing. Whatever crosses the boundary is looked up in one, and the addresses of
/// objects need no hash that withstands an attacker.
public struct ObjectTable<Value> {
  /// The addresses of the objects; 0 where none is.
  private var addresses = [UInt](repeating: 0, count: 64)
  private var values = [Value?](repeating: nil, count: 64)
  /// Objects that have a value.
  public private(set) var count = 0

  /// An empty table.
  public init() {}

  /// The objects themselves are not kept.
  public subscript(object: AnyObject) -> Value? {
    get { values[place(of: UInt(bitPattern: ObjectIdentifier(object)))] }
    set {
      let address = UInt(bitPattern: ObjectIdentifier(object))
      guard let newValue else { return remove(address) }
      // Half of the places stay free, so that the way to one is short.
      if count * 2 >= addresses.count { grow() }
      let place = place(of: address)
      if addresses[place] == 0 { count += 1 }
      addresses[place] = address
      values[place] = newValue
    }
  }

  /// Where an address first belongs: the upper bits of its product with the golden ratio (Knuth, volume 3, section 6.4).
  private func home(of address: UInt) -> Int {
    Int((address &* 0x9E37_79B9_7F4A_7C15) >> UInt(UInt.bitWidth - addresses.count.trailingZeroBitCount))
  }

  /// Where an address is, or would be.
  private func place(of address: UInt) -> Int {
    var place = home(of: address)
    while addresses[place] != 0, addresses[place] != address { place = (place + 1) & (addresses.count - 1) }
    return place
  }

  private mutating func grow() {
    let (oldAddresses, oldValues) = (addresses, values)
    addresses = Array(repeating: 0, count: oldAddresses.count * 2)
    values = Array(repeating: nil, count: oldAddresses.count * 2)
    for (old, address) in oldAddresses.enumerated() where address != 0 {
      let place = place(of: address)
      addresses[place] = address
      values[place] = oldValues[old]
    }
  }

  /// Frees a place, and moves up what was put behind it for lack of room.
  private mutating func remove(_ address: UInt) {
    var free = place(of: address)
    if addresses[free] == 0 { return }
    count -= 1
    var next = (free + 1) & (addresses.count - 1)
    while addresses[next] != 0 {
      // What stands beyond its home by at least the way to the free place may stand there.
      let way = (next - home(of: addresses[next])) & (addresses.count - 1)
      if way >= (next - free) & (addresses.count - 1) {
        addresses[free] = addresses[next]
        values[free] = values[next]
        free = next
      }
      next = (next + 1) & (addresses.count - 1)
    }
    addresses[free] = 0
    values[free] = nil
  }
}
