import CEmbedded

/// The resource types of CloudFormation's registry, read from the text inside the binary when they are asked for.
///
/// The text is written by `scripts/resource-types.py`; its head explains its form. A type is found by bisection and
/// parsed once.
final class ResourceTypes {
  /// What the names of registry types begin with; any other type is somebody's own.
  static let prefixes = ["AWS::", "Alexa::", "AMZN::"]

  private let text: UnsafeBufferPointer<UInt8>
  private var parsed: [String: ResourceType?] = [:]

  init() {
    let file = composex_resource_types()
    text = UnsafeBufferPointer(start: file.bytes, count: file.count)
  }

  /// The type of that exact name; nil when the registry has none.
  func type(_ name: String) -> ResourceType? {
    if let known = parsed[name] { return known }
    let type = find(name).map { ResourceType(text: TextLines(text, $0)) }
    parsed[name] = .some(type)
    return type
  }

  /// All names, sorted by bytes. Reads through the whole text: for near names, not for every resource.
  private(set) lazy var allNames: [String] = {
    var names: [String] = []
    var at = heading(from: 0)
    while at < text.count {
      names.append(String(decoding: name(at: at), as: UTF8.self))
      at = heading(from: at + 1)
    }
    return names
  }()

  /// What to say of a type that is not in the registry; nil when it is, or when it is the user's own (`Custom::X`).
  ///
  /// Third-party types (`Acme::Db::Table`) may be registered in the account: a warning.
  func unknown(_ name: String, at place: Place) -> Finding? {
    if type(name) != nil || name.hasPrefix("Custom::") { return nil }
    if Self.prefixes.contains(where: { name.hasPrefix($0) }) {
      return .error(
        at: place, "CloudFormation has no resource type \"\(name)\"",
        remedy: NearName.find(name, in: allNames).map { "did you mean \"\($0)\"?" }
          ?? "see AWS's list of resource types; a type of your own begins with Custom::")
    }
    let parts = name.split(separator: ":", omittingEmptySubsequences: false)
    if parts.count == 5, parts[1].isEmpty, parts[3].isEmpty, !parts[0].isEmpty, !parts[2].isEmpty, !parts[4].isEmpty {
      return .warning(
        at: place, "\"\(name)\" is not in CloudFormation's public registry: its properties are not checked",
        remedy: "it must be registered in the account that deploys it")
    }
    return .error(
      at: place, "\"\(name)\" is not the name of a resource type",
      remedy: "a type is written Vendor::Service::Resource, as AWS::SQS::Queue")
  }

  // MARK: Finding

  /// The offset of the first type at or after `offset`: no other line holds a number sign.
  private func heading(from offset: Int) -> Int {
    text[min(offset, text.count)...].byteOffset(of: UInt8(ascii: "#"), in: text)
  }

  /// The name in the heading at `offset`.
  private func name(at offset: Int) -> Slice<UnsafeBufferPointer<UInt8>> {
    let line = text[offset..<text[offset...].byteOffset(of: UInt8(ascii: "\n"), in: text)]
    return line.dropFirst(2).prefix { $0 != UInt8(ascii: " ") }
  }

  /// The lines of a type, its heading included, by bisection.
  private func find(_ name: String) -> Range<Int>? {
    let wanted = Array(name.utf8)
    var (low, high) = (0, text.count)
    while low < high {
      let middle = low + (high - low) / 2
      let start = heading(from: middle)
      if start >= high {
        high = middle
        continue
      }
      let found = self.name(at: start)
      if found.elementsEqual(wanted) { return start..<heading(from: start + 1) }
      if found.lexicographicallyPrecedes(wanted) { low = start + 1 } else { high = middle }
    }
    return nil
  }
}
