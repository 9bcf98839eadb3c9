/// `arn:{partition}:sqs:{region}:{account}:{name}`: what the ARNs of a kind look like.
enum ARNTemplate {
  /// The parts of an ARN by their names, `arn` and `suffix` among them; nil when it is of another kind.
  static func parts(_ template: String, _ arn: String) -> [String: String]? {
    let (wanted, given) = (pieces(template), pieces(arn))
    guard wanted.count == 6, given.count == 6 else { return nil }
    var parts = ["arn": arn]
    for (pattern, text) in zip(wanted, given) {
      guard let found = match(pattern[...], text[...]) else { return nil }
      parts.merge(found) { $1 }
    }
    return parts
  }

  /// A template, or any text, with its parts in place; nil when one is not known.
  static func filled(_ template: String, _ parts: [String: String]) -> String? {
    var text = ""
    var rest = template[...]
    while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
      guard let part = parts[String(rest[rest.index(after: open)..<close])] else { return nil }
      text += rest[..<open] + part
      rest = rest[close...].dropFirst()
    }
    return text + rest
  }

  /// Whether the name alone makes an ARN, where account and region are known.
  static func needsName(_ template: String) -> Bool { template.hasSuffix("{name}") && !template.contains("{scope}") }

  /// Six pieces, the last with all colons that follow.
  private static func pieces(_ text: String) -> [String] {
    text.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false).map(String.init)
  }

  /// Each part is as short as what follows it allows, the last is the rest.
  private static func match(_ pattern: Substring, _ text: Substring) -> [String: String]? {
    guard let open = pattern.firstIndex(of: "{"), let close = pattern[open...].firstIndex(of: "}") else {
      return pattern == text ? [:] : nil
    }
    let before = pattern[..<open]
    guard text.hasPrefix(before) else { return nil }
    let rest = text.dropFirst(before.count)
    let after = pattern[close...].dropFirst()
    let next = after.prefix { $0 != "{" }
    let end = next.isEmpty ? rest.endIndex : rest.firstRange(of: next)?.lowerBound
    guard let end else { return nil }
    let name = String(pattern[open...].dropFirst().prefix { $0 != "}" })
    let value = rest[..<end]
    if value.isEmpty, !["region", "account"].contains(name) { return nil }
    guard var found = match(after, rest[end...]) else { return nil }
    found[name] = String(value)
    return found
  }
}
