extension SecurityChanges {
  /// A line of the section.
  struct Line {
    /// `+`, `-` or `~`.
    var sign: String
    var text: String
    /// Who wrote it.
    var source: String?
  }

  /// What is opened and granted, then what is closed and revoked, then what is turned.
  var lines: [Line] {
    portsOpened.map { Self.line("+", $0) } + portsClosed.map { Self.line("-", $0) }
      + Self.lines("+", actionsGranted) + Self.lines("-", actionsRevoked)
      + (publicAccess + encryption).map { setting in
        Line(
          sign: "~", text: "\(setting.subject) \(setting.property.path): \(setting.property.difference)",
          source: setting.property.source)
      }
  }

  private static func line(_ sign: String, _ fact: Fact<Port>) -> Line {
    let port = fact.value
    let ports = [port.port, port.lastPort].compactMap { $0.map(String.init) }.joined(separator: "-")
    let what = [port.transport, ports].filter { !$0.isEmpty }.joined(separator: " ")
    return Line(
      sign: sign, text: "\(port.from) -> \(port.to): \(what)\(fact.isMaybe ? ", maybe" : "")",
      source: fact.place.flatMap(written))
  }

  /// A line for each role and resource, with all actions.
  private static func lines(_ sign: String, _ facts: [Fact<Action>]) -> [Line] {
    var lines: [(key: String, line: Line)] = []
    for fact in facts {
      let right = fact.value
      let key = "\(right.role)\u{0}\(right.resource)\u{0}\(fact.isMaybe)"
      if let index = lines.firstIndex(where: { $0.key == key }) {
        lines[index].line.text += ", \(right.action)"
      } else {
        let text = "\(right.role) \(fact.isMaybe ? "maybe may" : "may") on \(right.resource): \(right.action)"
        lines.append((key, Line(sign: sign, text: text, source: fact.place.flatMap(written))))
      }
    }
    return lines.map(\.line)
  }

  private static func written(_ place: Place) -> String? {
    place.file == nil || place.file?.role == .module ? nil : place.fileAndLine
  }

  /// The section as data.
  var node: Node {
    .object([
      ("portsOpened", Self.list(portsOpened.map(Self.node))), ("portsClosed", Self.list(portsClosed.map(Self.node))),
      ("actionsGranted", Self.list(actionsGranted.map(Self.node))),
      ("actionsRevoked", Self.list(actionsRevoked.map(Self.node))),
      ("encryption", Self.list(encryption.map(Self.node))), ("publicAccess", Self.list(publicAccess.map(Self.node))),
    ])
  }

  private static func list(_ nodes: [Node]) -> Node { Node(.list(nodes), at: .unknown) }

  private static func node(_ fact: Fact<Port>) -> Node {
    let port = fact.value
    var fields: [(String, Node)] = [
      ("from", .of(port.from)), ("to", .of(port.to)), ("protocol", .of(port.transport)),
      ("port", port.port.map { .of($0) } ?? .nothing),
    ]
    if let last = port.lastPort { fields.append(("toPort", .of(last))) }
    if fact.isMaybe { fields.append(("maybe", .of(true))) }
    return .object(fields)
  }

  private static func node(_ fact: Fact<Action>) -> Node {
    let right = fact.value
    return .object(
      [("role", .of(right.role)), ("action", .of(right.action)), ("resource", .of(right.resource))]
        + (fact.isMaybe ? [("maybe", .of(true))] : []))
  }

  private static func node(_ setting: Setting) -> Node {
    .object([
      ("subject", .of(setting.subject)), ("logicalId", .of(setting.logicalId)), ("path", .of(setting.property.path)),
      ("before", setting.property.before ?? .nothing), ("after", setting.property.after ?? .nothing),
    ])
  }
}
