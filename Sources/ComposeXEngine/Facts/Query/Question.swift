/// A question about a template, as it is asked.
enum Question {
  case reach(from: String, to: String, Port?)
  case reachFrom(String)
  case reachTo(String)
  case may(role: String, action: String, resource: String?)
  case whoMay(action: String, resource: String?)

  /// `5432`, `8000-8010`, `53/udp`.
  struct Port: Equatable {
    var transport: String?
    var ports: PortRange
  }

  static let forms = [
    "reach FROM -> TO [PORT]", "reach from FROM", "reach to TO", "may ROLE ACTION [RESOURCE]",
    "who may ACTION [RESOURCE]",
  ]

  /// - Throws: a `Finding` that shows how questions are asked.
  init(_ text: String) throws(Finding) {
    let words = text.replacing("->", with: " -> ").split(separator: " ").map(String.init)
    switch (words.first?.lowercased(), words.dropFirst().first?.lowercased()) {
    case ("reach", "from") where words.count == 3 && words[2] != "->": self = .reachFrom(words[2])
    case ("reach", "to") where words.count == 3 && words[2] != "->": self = .reachTo(words[2])
    case ("reach", _) where (4...5).contains(words.count) && words[2] == "->":
      self = .reach(from: words[1], to: words[3], try words.count == 5 ? Self.port(words[4]) : nil)
    case ("may", _?) where (3...4).contains(words.count):
      self = .may(role: words[1], action: try Self.action(words[2]), resource: words.count == 4 ? words[3] : nil)
    case ("who", "may") where (3...4).contains(words.count):
      self = .whoMay(action: try Self.action(words[2]), resource: words.count == 4 ? words[3] : nil)
    default: throw Self.unknown(text, words)
    }
  }

  /// Whether an action is a word for many: `read`, `write`.
  static let levels = ["read", "write"]

  private static func action(_ text: String) throws(Finding) -> String {
    if levels.contains(text) || text == "*" { return text }
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else {
      let near = NearName.find(text, in: levels)
      throw error(
        "\"\(text)\" is not an action",
        near.map { "did you mean \"\($0)\"?" } ?? "write one as policies do (sqs:SendMessage), or read or write")
    }
    return text
  }

  static func port(_ text: String) throws(Finding) -> Port {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard (1...2).contains(parts.count), let ports = PortRange(parts[0]),
      parts.count == 1 || ["tcp", "udp"].contains(parts[1])
    else { throw error("\"\(text)\" is not a port", "write 5432, 8000-8010 or 53/udp") }
    return Port(transport: parts.count == 2 ? String(parts[1]) : nil, ports: ports)
  }

  private static func unknown(_ text: String, _ words: [String]) -> Finding {
    let starts = ["reach", "may", "who"]
    if let first = words.first, !starts.contains(first.lowercased()), let near = NearName.find(first, in: starts) {
      return error(
        "\"\(text)\" is not a question", "did you mean \"\(([near] + words.dropFirst()).joined(separator: " "))\"?")
    }
    return error("\"\(text)\" is not a question", "ask \(forms.map { "\"\($0)\"" }.joined(separator: ", "))")
  }

  static func error(_ message: String, _ remedy: String?) -> Finding {
    .error(at: Place(file: SourceFile(name: "composex query", role: .commandLine)), message, remedy: remedy)
  }
}
