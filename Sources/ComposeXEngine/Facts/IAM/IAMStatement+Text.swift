extension IAMStatement {
  /// A statement as our tables have it: `allow s3:GetObject,s3:PutObject on arn:aws:s3:::files/*`, `deny not iam:* on *`,
  /// `allow sqs:* on * by AWS=123456789012 if StringEquals aws:SourceAccount=123456789012`. nil for anything else.
  init?(text: String) {
    var words = text.split(separator: " ").map(String.init)[...]
    guard let effect = words.popFirst(), ["allow", "deny"].contains(effect) else { return nil }
    allows = effect == "allow"
    guard let names = Self.names(&words) else { return nil }
    actions = names
    while let word = words.popFirst() {
      switch word {
      case "on":
        guard let names = Self.names(&words) else { return nil }
        resources = names
      case "by":
        guard let names = Self.names(&words) else { return nil }
        if case .allBut = names { excludesPrincipals = true }
        principals = names.texts.map(Self.pair).map { ($0.0, $0.1) }
      case "if":
        guard let op = words.popFirst(), let line = words.popFirst() else { return nil }
        let (key, values) = Self.pair(line)
        conditions.append(
          IAMCondition(
            op: op, key: key, values: values.split(separator: ",", omittingEmptySubsequences: false).map(String.init)))
      default: return nil
      }
    }
  }

  /// `a,b` or `not a,b`.
  private static func names(_ words: inout ArraySlice<String>) -> Names? {
    guard var word = words.popFirst() else { return nil }
    let isNot = word == "not"
    if isNot {
      guard let next = words.popFirst() else { return nil }
      word = next
    }
    let texts = word.split(separator: ",").map(String.init)
    return isNot ? .allBut(texts) : .only(texts)
  }

  /// `key=value`.
  private static func pair(_ text: String) -> (String, String) {
    guard let equals = text.firstIndex(of: "=") else { return ("AWS", text) }
    return (String(text[..<equals]), String(text[text.index(after: equals)...]))
  }
}
