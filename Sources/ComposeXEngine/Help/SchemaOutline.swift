/// A JSON Schema as an outline of what may be written: a line per key, with what it holds.
enum SchemaOutline {
  static func text(_ schema: Node) -> String { lines(schema, depth: 1).map { $0 + "\n" }.joined() }

  private static func lines(_ schema: Node, depth: Int) -> [String] {
    let indent = String(repeating: "  ", count: depth)
    var found: [String] = []
    for (key, value) in keys(schema) {
      let inner = lines(value, depth: depth + 1)
      found.append("\(indent)\(key): \(words(value))".trimmingSpaces)
      found += inner
    }
    if found.isEmpty, depth == 1 { found = [indent + words(schema)] }
    return found
  }

  /// The keys of a mapping, of the items of a list, or of the form among several that has some.
  private static func keys(_ schema: Node) -> [(String, Node)] {
    if let fields = schema["properties"]?.fields { return fields.map { ($0.key, $0.value) } }
    if let items = schema["items"] { return keys(items) }
    if let entry = schema["additionalProperties"], entry.fields != nil { return [("NAME", entry)] }
    return (schema["anyOf"]?.list ?? []).map(keys).first { !$0.isEmpty } ?? []
  }

  /// What a value is, in a few words.
  private static func words(_ schema: Node) -> String {
    if let values = schema["enum"]?.list { return values.compactMap(\.string).joined(separator: " | ") }
    if let forms = schema["anyOf"]?.list {
      // A string with a variable in it may stand anywhere.
      let kept = forms.filter { $0["pattern"] == nil }.map(words)
      return kept.reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }.joined(separator: " | ")
    }
    let types = (schema["type"]?.list ?? [schema["type"]].compactMap { $0 }).compactMap(\.string).filter {
      $0 != "null"
    }
    if types == ["array"] {
      let items = schema["items"].map(words) ?? "any"
      return "list of \(items)"
    }
    let names = types.map { $0 == "object" ? "mapping" : $0 }
    return names.isEmpty ? "any" : names.joined(separator: " | ")
  }
}

extension String {
  fileprivate var trimmingSpaces: String {
    var text = self
    while text.hasSuffix(" ") { text.removeLast() }
    return text
  }
}
