extension Change.Effect {
  /// The sign that stands before a change.
  var sign: String {
    switch self {
    case .create: "+"
    case .update, .interrupt: "~"
    case .replace, .maybeReplace: "-/+"
    case .delete: "-"
    case .retain: "="
    }
  }

  /// What happens, in words.
  var words: String {
    switch self {
    case .create: "created"
    case .update: "updated in place"
    case .interrupt: "updated, with an interruption"
    case .replace: "replaced"
    case .maybeReplace: "may be replaced"
    case .delete: "deleted"
    case .retain: "leaves the stack and is kept"
    }
  }
}

extension Change {
  /// What happens to the resource, in words.
  var words: String {
    let isRevision = type == "AWS::ECS::TaskDefinition" && effect == .replace && action != .rename
    let what = (formerId.map { "renamed from \($0): " } ?? "") + (isRevision ? "a new revision" : effect.words)
    return losesData ? "\(what), LOSES DATA" : what
  }
}

extension Change.Property {
  /// `1 -> 2`, `+ 2`, `- 1`.
  var difference: String {
    switch (before, after) {
    case (let before?, let after?): "\(Self.shown(before)) -> \(Self.shown(after))"
    case (nil, let after?): "+ \(Self.shown(after))"
    case (let before?, nil): "- \(Self.shown(before))"
    case (nil, nil): "changes"
    }
  }

  /// Who wrote it, or what it follows.
  var source: String? { cause.map { "with \($0)" } ?? writer.flatMap(source) }

  private func source(_ place: Place) -> String? {
    let version = tool.map { "\($0.name) \($0.version)" }
    let text: String? =
      switch place.file?.role {
      case nil: nil
      case .module: version ?? "default"
      default: version.map { "\(place.fileAndLine), \($0)" } ?? place.fileAndLine
      }
    return isFormer ? text.map { "was \($0)" } : text
  }

  private static func shown(_ node: Node) -> String {
    let text = node.briefFunctions
    // Of an image the digest says the difference, and its first digits suffice.
    if let digest = text.firstRange(of: "@sha256:")?.upperBound, text[digest...].count > 12 {
      return "\(text[..<digest])\(text[digest...].prefix(12))\(text.hasSuffix("\"") ? "\"" : "")"
    }
    return text.count > 60 ? "\(text.prefix(57))..." : text
  }
}

extension ChangeReport {
  /// `shop: update in 123456789012, eu-west-1`, `shop: HEAD -> working tree`
  var heading: String {
    switch scope {
    case .deployment(_, let type, let target): "\(stack): \(type == "CREATE" ? "new stack" : "update") in \(target)"
    case .versions(let from, let to): "\(named)\(from) -> \(to)"
    }
  }

  /// `shop: `, or nothing where no project has a name.
  private var named: String { stack.isEmpty ? "" : "\(stack): " }

  /// What is said when nothing changes.
  var nothing: String {
    switch scope {
    case .deployment(_, _, let target): "\(named)nothing changes in \(target)"
    case .versions(let from, let to):
      "\(named)\(notes.isEmpty ? "nothing" : "no resource") changes from \(from) to \(to)"
    }
  }

  /// `1 created, 2 updated, 1 replaced, 0 deleted; 1 loses data`
  var closing: String {
    let counts = [
      (count(.create), "created"), (count(.update), "updated"), (count(.interrupt), "updated with an interruption"),
      (count(.replace, .maybeReplace), "replaced"), (count(.delete), "deleted"), (count(.retain), "kept outside"),
    ]
    let words = counts.filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }.joined(separator: ", ")
    return losses == 0 ? words : "\(words); \(losses == 1 ? "1 loses" : "\(losses) lose") data"
  }

  /// For a terminal.
  var text: String {
    if isEmpty { return VisibleText.of(nothing) + "\n" + notes.map { "\($0)\n" }.joined() }
    var text = VisibleText.of(heading) + "\n"
    for group in groups {
      let place = group.place.flatMap { $0.file == nil ? nil : "  \($0.fileAndLine)" } ?? ""
      text += "\n\(VisibleText.of(group.subject + place))\n"
      for change in group.changes { text += Self.text(change) }
    }
    if let lines = security?.lines, !lines.isEmpty {
      text += "\nsecurity\n"
      for line in lines {
        text +=
          VisibleText.of("  \(line.sign)   \(line.text)\(line.source.map { "  (\($0))" } ?? "")", indent: 8) + "\n"
      }
    }
    return text + "\n\(closing)\n" + notes.map { "\($0)\n" }.joined()
  }

  private static func text(_ change: Change) -> String {
    let sign = change.effect.sign + String(repeating: " ", count: 3 - change.effect.sign.count)
    var text = "  \(sign) \(change.logicalId)  \(change.type)  \(change.words)\n"
    let width = change.properties.map(\.path.count).max() ?? 0
    for property in change.properties {
      let path = property.path + String(repeating: " ", count: width - property.path.count)
      let source = property.source.map { "  (\($0))" } ?? ""
      text += VisibleText.of("        \(path)  \(property.difference)\(source)", indent: 8) + "\n"
    }
    return text
  }
}
