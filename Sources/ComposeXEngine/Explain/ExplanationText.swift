/// The answer as text and as JSON.
extension Explanation {
  /// A paragraph for each property: the value, then its writers, the last first.
  /// ```
  /// WebService.DesiredCount is 2
  ///   script   tags.lua:3       2
  ///   compose  compose.yaml:9   1
  /// ```
  public var text: String {
    var text = ""
    for entry in entries {
      text += VisibleText.of("\(entry.path) is \(entry.shownValue ?? "not in the template")") + "\n"
      let places = entry.writers.map { VisibleText.of($0.place.fileAndLine) }
      let names = entry.writers.map(\.place.writer)
      let (first, second) = (names.map(\.count).max() ?? 0, places.map(\.count).max() ?? 0)
      for (index, writer) in entry.writers.enumerated() {
        let value = VisibleText.of(writer.note ?? writer.value?.brief ?? "removed")
        text += "  \(Self.cell(names[index], first))  \(Self.cell(places[index], second))  \(value)\n"
      }
    }
    return text
  }

  private static func cell(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }

  /// `[{"path", "value", "writers": [{"kind", "file", "line", "column", "value"}]}]`, as one node for the JSON writer.
  public var node: Node {
    func string(_ text: String) -> Node { Node(.string(text), at: .unknown) }
    func int(_ number: Int32) -> Node { Node(.int(Int(number)), at: .unknown) }
    let list = entries.map { entry -> Node in
      let writers = entry.writers.map { writer -> Node in
        var fields: Node.Fields = [
          "kind": string(writer.place.writer), "file": string(writer.place.file?.name ?? ""),
          "line": int(writer.place.line), "column": int(writer.place.column),
          "value": writer.value ?? Node(.null, at: .unknown),
        ]
        if let note = writer.note { fields["note"] = string(note) }
        return Node(.map(fields), at: .unknown)
      }
      let fields: Node.Fields = [
        "path": string(entry.path), "value": entry.value ?? Node(.null, at: .unknown),
        "writers": Node(.list(writers), at: .unknown),
      ]
      return Node(.map(fields), at: .unknown)
    }
    return Node(.list(list), at: .unknown)
  }
}

extension Provenance {
  /// The value as it is shown; nil for none.
  fileprivate var shownValue: String? { isSaid ? value?.string : value?.brief }
}
