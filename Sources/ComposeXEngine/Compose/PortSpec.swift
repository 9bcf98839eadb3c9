/// The short form of a port: `[[address:]host:]container[/protocol]`, with ranges.
struct PortSpec: Equatable {
  var address: String?
  var target: Int
  var published: String?
  var transport: String

  struct Problem: Error, Equatable {
    var text: String
  }

  /// The ports that `text` stands for, in the order of `port/protocol` as text.
  static func parse(_ text: String) throws(Problem) -> [PortSpec] {
    let (body, transport) = try split(text)
    var parts = body.utf8.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false).map { Substring($0) }
    let container = parts.removeLast()
    let host = parts.popLast() ?? ""
    let address = parts.isEmpty ? nil : try address(parts.joined(separator: ":"))
    if container.isEmpty { throw Problem(text: "No port specified: \(text)<empty>") }
    guard let targets = range(container) else { throw Problem(text: "Invalid containerPort: \(container)") }
    guard !host.isEmpty else {
      return order(targets.map { PortSpec(address: address, target: $0, published: nil, transport: transport) })
    }
    guard let hosts = range(host) else { throw Problem(text: "Invalid hostPort: \(host)") }
    if hosts.count == targets.count {
      return order(
        zip(targets, hosts).map { PortSpec(address: address, target: $0, published: String($1), transport: transport) })
    }
    guard targets.count == 1, let target = targets.first else {
      throw Problem(text: "Invalid ranges specified for container and host Ports: \(container) and \(host)")
    }
    return [PortSpec(address: address, target: target, published: String(host), transport: transport)]
  }

  private static func split(_ text: String) throws(Problem) -> (Substring, String) {
    guard let slash = text.utf8.lastIndex(of: UInt8(ascii: "/")) else { return (text[...], "tcp") }
    let name = text[text.index(after: slash)...]
    let transport = name.isEmpty ? "tcp" : name.lowercased()
    guard ["tcp", "udp", "sctp"].contains(transport) else { throw Problem(text: "Invalid proto: \(name)") }
    return (text[..<slash], transport)
  }

  private static func address(_ text: String) throws(Problem) -> String? {
    if text.isEmpty { return nil }
    let bare = text.first == "[" && text.last == "]" ? String(text.dropFirst().dropLast()) : text
    guard Addresses.isIP(bare) else { throw Problem(text: "Invalid ip address: \(text)") }
    return bare
  }

  /// The ports of `8080`, `8000-8010` or `53/udp`, as `expose` and `published` have them; nil when they are none.
  static func exposed(_ text: String) -> (range: ClosedRange<Int>, transport: String)? {
    guard let (body, transport) = try? split(text), let range = range(body) else { return nil }
    return (range, transport)
  }

  /// `a` or `a-b`, 16 bits, a <= b.
  static func range(_ text: Substring) -> ClosedRange<Int>? {
    guard let dash = text.utf8.firstIndex(of: UInt8(ascii: "-")) else { return port(text).map { $0...$0 } }
    guard let low = port(text[..<dash]), let high = port(text[text.utf8.index(after: dash)...]), low <= high else {
      return nil
    }
    return low...high
  }

  private static func port(_ text: Substring) -> Int? {
    guard !text.isEmpty, text.utf8.allSatisfy(VariableText.isDigit), let value = Int(text), value <= 65_535 else {
      return nil
    }
    return value
  }

  private static func order(_ ports: [PortSpec]) -> [PortSpec] {
    if ports.count < 2 { return ports }
    return ports.map { ("\($0.target)/\($0.transport)", $0) }.sorted { $0.0 < $1.0 }.map(\.1)
  }
}

/// IP addresses as texts.
enum Addresses {
  static func isIP(_ text: String) -> Bool { isIPv4(text) || isIPv6(text) }

  static func isIPv4(_ text: String) -> Bool {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 4
      && parts.allSatisfy {
        (1...3).contains($0.utf8.count) && $0.utf8.allSatisfy(VariableText.isDigit) && (Int($0) ?? 256) < 256
          && ($0.count == 1 || $0.first != "0")
      }
  }

  static func isIPv6(_ text: String) -> Bool {
    var body = text[...]
    if let percent = body.firstIndex(of: "%") { body = body[..<percent] }
    var groups = body.split(separator: ":", omittingEmptySubsequences: false)
    guard groups.count >= 3 else { return false }
    var missing = 8
    if let last = groups.last, last.contains(".") {
      guard isIPv4(String(last)) else { return false }
      groups.removeLast()
      missing -= 2
    }
    var gaps = 0
    for (index, group) in groups.enumerated() {
      if group.isEmpty {
        // One gap in the middle; at either end it is written with two colons.
        let isEdge = index == 0 || index == groups.count - 1
        if isEdge, index == 0 ? groups.count > 1 && groups[1].isEmpty : groups[index - 1].isEmpty { continue }
        gaps += 1
        continue
      }
      guard group.utf8.count <= 4, group.allSatisfy(\.isHexDigit) else { return false }
      missing -= 1
    }
    return gaps == 1 ? missing >= 0 && text.contains("::") : gaps == 0 && (missing == 0 || (text == "::"))
  }
}
