/// Ports of a rule or a listener.
struct PortRange: Hashable {
  var lower: Int
  var upper: Int

  static let all = PortRange(lower: 0, upper: 65535)

  init(lower: Int, upper: Int) { (self.lower, self.upper) = (lower, upper) }

  init(_ port: Int) { self.init(lower: port, upper: port) }

  /// `443`, or `8000-8010`.
  init?(_ text: some StringProtocol) {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
    guard (1...2).contains(parts.count), let lower = parts[0], let upper = parts[parts.count - 1],
      (0...65535).contains(lower), (lower...65535).contains(upper)
    else { return nil }
    self.init(lower: lower, upper: upper)
  }

  /// `443`, `8000-8010`, or `all ports`.
  var text: String { self == .all ? "all ports" : lower == upper ? "\(lower)" : "\(lower)-\(upper)" }

  func intersection(_ other: PortRange) -> PortRange? {
    let (low, high) = (max(lower, other.lower), min(upper, other.upper))
    return low <= high ? PortRange(lower: low, upper: high) : nil
  }
}
