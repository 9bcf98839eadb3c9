/// The property by which the items of a list are matched in a patch: a container by its `Name`, a tag by its `Key`.
enum ListKeys {
  /// Definitions whose items go by something that the general rule would not choose.
  private static let special: [(definition: String, key: String)] = [
    ("PortMapping", "ContainerPort"),
    ("LoadBalancer", "ContainerPort"),
    ("MountPoint", "ContainerPath"),
    ("Tmpfs", "ContainerPath"),
    ("Device", "HostPath"),
    ("VolumeFrom", "SourceContainer"),
    ("HostEntry", "Hostname"),
    ("SystemControl", "Namespace"),
    ("EnvironmentFile", "Value"),
    ("ServiceRegistry", "RegistryArn"),
    ("CapacityProviderStrategyItem", "CapacityProvider"),
    ("RuleCondition", "Field"),
    ("CacheBehavior", "PathPattern"),
  ]

  /// Names that identify an item wherever they occur, the surest first.
  private static let general = [
    "Name", "Key", "Sid", "Id", "ID", "ContainerName", "PolicyName", "AttributeName", "IndexName", "ParameterKey",
    "ParameterName", "OptionName", "PortName", "CertificateArn", "DeviceName", "Namespace", "Rank", "Priority",
    "key", "name", "id",
  ]

  /// The key for items of a list of that form; nil when its items have none (strings, security group rules).
  static func key(forItemsOf list: Schema) -> String? {
    switch list {
    case .list(.object(let item)): key(of: item)
    case .list(.either(let forms)), .either(let forms):
      forms.lazy.compactMap { key(forItemsOf: isList($0) ? $0 : .list($0)) }.first
    default: nil
    }
  }

  /// The key for items in a free mapping, where only the items can tell: the first name that all of them have.
  static func key(for items: [Node]) -> String? {
    if items.isEmpty { return nil }
    return general.first { name in items.allSatisfy { $0[name]?.scalarText != nil } }
  }

  private static func isList(_ schema: Schema) -> Bool {
    if case .list = schema { true } else { false }
  }

  private static func key(of item: ObjectSchema) -> String? {
    func isKey(_ name: String) -> Bool {
      if case .scalar(let scalar) = item[name]?.schema { scalar.kind != .boolean } else { false }
    }
    if let known = special.first(where: { $0.definition == item.name && isKey($0.key) }) { return known.key }
    let candidates = general.filter(isKey)
    return candidates.first { item[$0]?.isRequired == true } ?? candidates.first
  }
}
