/// What nobody may read in a report: values of properties and variables that hold a secret by their name.
enum SecretValues {
  static var hidden: Node { .of("***") }

  private static let words = [
    "password", "passwd", "passphrase", "secret", "token", "apikey", "api_key", "privatekey", "private_key",
    "credential", "accesskey", "access_key",
  ]
  /// What only names where a secret is.
  private static let names = ["arn", "name", "id", "valuefrom", "length", "secrets", "path", "file", "ttl"]

  /// Whether the value at a path is a secret: its name says so, and it is no name of one.
  static func isSecret(_ path: String, _ node: Node) -> Bool {
    let name = path.split(separator: ".").suffix(2).map { $0.lowercased() }
    let isValue = name.last == "value"
    guard let last = isValue ? name.first : name.last else { return false }
    guard words.contains(where: { last.contains($0) }), !names.contains(where: { last.hasSuffix($0) }) else {
      return false
    }
    guard let text = node.string else { return node.scalarText != nil }
    return !text.hasPrefix("arn:") && !text.contains("{{resolve:")
  }

  /// The value as it may be shown.
  static func shown(_ path: String, _ node: Node?) -> Node? {
    guard let node else { return nil }
    if isSecret(path, node) { return hidden }
    switch node.value {
    case .map(let fields):
      // `{Name: DB_PASSWORD, Value: ...}`, an item of a list that is shown whole.
      let item = fields["Name"]?.string ?? fields["Key"]?.string
      return Node(
        .map(
          Node.Fields(
            fields.map { key, value in
              (key, shown(key == "Value" ? "\(item ?? "").Value" : "\(path).\(key)", value) ?? value)
            }, uniquingKeysWith: { $1 })), at: node.place)
    case .list(let items):
      return Node(.list(items.map { shown(path, $0) ?? $0 }), at: node.place)
    default: return node
    }
  }
}
