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
    let what = type == "AWS::ECS::TaskDefinition" && effect == .replace ? "a new revision" : effect.words
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
  var source: String? { cause.map { "with \($0)" } ?? writer.flatMap(Self.source) }

  private static func source(_ place: Place) -> String? {
    switch place.file?.role {
    case nil: nil
    case .module: "default"
    default: place.fileAndLine
    }
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
  /// `shop: update in 123456789012, eu-west-1`
  var heading: String { "\(stack): \(type == "CREATE" ? "new stack" : "update") in \(target)" }

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
    if isEmpty { return "\(stack): nothing changes in \(target)\n" + notes.map { "\($0)\n" }.joined() }
    var text = "\(heading)\n"
    for group in groups {
      let place = group.place.flatMap { $0.file == nil ? nil : "  \($0.fileAndLine)" } ?? ""
      text += "\n\(VisibleText.of(group.subject + place))\n"
      for change in group.changes { text += Self.text(change) }
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

  /// For a comment on a pull request: a table for each group, folded when there are many.
  var markdown: String {
    if isEmpty { return "**\(stack)**: nothing changes in \(target)\n" }
    var text = "### \(heading)\n\n\(closing)\n"
    let folds = changes.count > 20
    for group in groups {
      let place = group.place.flatMap { $0.file == nil ? nil : " `\($0.fileAndLine)`" } ?? ""
      let title = "\(Self.cell(group.subject))\(place)"
      text += folds ? "\n<details><summary>\(title)</summary>\n\n" : "\n#### \(title)\n\n"
      text += "| | resource | what | property | before | after | line |\n|---|---|---|---|---|---|---|\n"
      for change in group.changes { text += Self.rows(change) }
      if folds { text += "\n</details>\n" }
    }
    return text + (notes.isEmpty ? "" : "\n" + notes.map { "\($0)\n" }.joined())
  }

  private static func rows(_ change: Change) -> String {
    let head = "| `\(change.effect.sign)` | `\(change.logicalId)` \(change.type) | \(change.words) |"
    if change.properties.isEmpty { return "\(head) | | | |\n" }
    return change.properties.enumerated().map { index, property in
      let cells = [
        code(property.path), property.before.map { code($0.briefFunctions) } ?? "",
        property.after.map { code($0.briefFunctions) } ?? "",
        property.source.map(code) ?? "",
      ]
      return "\(index == 0 ? head : "| | | |") \(cells.joined(separator: " | ")) |\n"
    }.joined()
  }

  private static func code(_ text: String) -> String {
    let short = text.count > 80 ? "\(text.prefix(77))..." : text
    // A backtick would end the code; a vertical line the cell.
    return "`\(cell(String(short.map { $0 == "`" ? "'" : $0 })))`"
  }

  private static func cell(_ text: String) -> String {
    VisibleText.of(text, indent: 0).split(separator: "|", omittingEmptySubsequences: false).joined(separator: "\\|")
      .split(separator: "\n").joined(separator: " ")
  }
}
