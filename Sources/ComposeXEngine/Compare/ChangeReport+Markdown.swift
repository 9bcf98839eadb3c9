/// The report as a comment on a pull request.
extension ChangeReport {
  /// The most characters that a comment of GitHub may have.
  ///
  /// https://github.com/orgs/community/discussions/27190 (read 2026-11-29)
  private static let longest = 65_536
  /// Room for what is said where something is cut off.
  private static let reserve = 500

  /// A table for each group; each is folded when there are many changes. At most 65,536 characters: groups that have no room are counted.
  var markdown: String {
    let after = notes.isEmpty ? "" : "\n" + notes.map { "\(Self.cell($0))\n" }.joined(separator: "\n")
    if isEmpty { return "**\(Self.cell(nothing))**\n\(after)" }
    var text = "### \(Self.cell(heading))\n\n\(closing)\n"
    let folds = changes.count > 20
    text += section
    var room = Self.longest - Self.reserve - text.utf16.count - min(after.utf16.count, 4096)
    var left = 0
    for group in groups {
      let table = Self.table(group, folds: folds)
      if left == 0, table.utf16.count <= room {
        text += table
        room -= table.utf16.count
      } else {
        left += 1
      }
    }
    if left > 0 {
      text += "\nThis is too much for one comment: \(left) of \(groups.count) groups are left out. "
      text += "`composex diff` shows them all.\n"
    }
    return text + (after.utf16.count <= 4096 ? after : "")
  }

  /// Security, before everything else; it has a third of the room.
  private var section: String {
    guard let lines = security?.lines, !lines.isEmpty else { return "" }
    var text = "\n#### security\n\n"
    for (index, line) in lines.enumerated() {
      let source = line.source.map { " (\(Self.code($0)))" } ?? ""
      let row = "- `\(line.sign)` \(Self.cell(line.text))\(source)\n"
      if text.utf16.count + row.utf16.count > Self.longest / 3 { return text + "- and \(lines.count - index) more\n" }
      text += row
    }
    return text
  }

  private static func table(_ group: ChangeGroup, folds: Bool) -> String {
    let place = group.place.flatMap { $0.file == nil ? nil : " \(code($0.fileAndLine))" } ?? ""
    let title = "\(cell(group.subject))\(place)"
    let loses = group.changes.contains(where: \.losesData) ? ": LOSES DATA" : ""
    var text = folds ? "\n<details><summary>\(html(group))\(loses)</summary>\n\n" : "\n#### \(title)\n\n"
    text += "| | resource | what | property | before | after | line |\n|---|---|---|---|---|---|---|\n"
    for change in group.changes { text += rows(change) }
    return text + (folds ? "\n</details>\n" : "")
  }

  /// A summary is HTML, in which Markdown is not read.
  private static func html(_ group: ChangeGroup) -> String {
    let place = group.place.flatMap { $0.file == nil ? nil : $0.fileAndLine }
    let count = group.changes.count == 1 ? "1 change" : "\(group.changes.count) changes"
    return [group.subject, place, count].compactMap { $0 }.map { text in
      MarkupText.escaped(VisibleText.of(text, indent: 0), ["&": "&amp;", "<": "&lt;", "\n": " "])
    }.joined(separator: " &middot; ")
  }

  private static func rows(_ change: Change) -> String {
    let head = "| `\(change.effect.sign)` | \(code(change.logicalId)) \(cell(change.type)) | \(change.words) |"
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
    return "`\(MarkupText.escaped(barred(short), ["`": "'"]))`"
  }

  /// Text that stays in its cell, and is no HTML.
  private static func cell(_ text: String) -> String { MarkupText.escaped(barred(text), ["<": "&lt;"]) }

  private static func barred(_ text: String) -> String {
    MarkupText.escaped(VisibleText.of(text, indent: 0), ["|": "\\|", "\n": " "])
  }
}
