/// A value on one line: what stands among the braces of a flow collection.
enum FlowText {
  static func of(_ node: Node) -> String {
    switch node.value {
    case .list(let items): "[" + items.map(of).joined(separator: ", ") + "]"
    case .map(let fields): "{" + fields.map { entry($0.key, $0.value) }.joined(separator: ", ") + "}"
    case .string(let text): scalar(text)
    default: String(decoding: YAMLWriter.write(node).dropLast(), as: UTF8.self)
    }
  }

  /// A key as it is written before its colon.
  static func key(_ key: String) -> String { scalar(key) }

  static func entry(_ key: String, _ node: Node) -> String { "\(scalar(key)): \(of(node))" }

  /// A plain string, unless it holds what ends one there.
  private static func scalar(_ text: String) -> String {
    let isSafe = text.utf8.allSatisfy { !",[]{}#".utf8.contains($0) && $0 >= 32 } && !text.hasSuffix(":")
    if isSafe {
      let written = String(decoding: YAMLWriter.write(Node(.string(text), at: .unknown)).dropLast(), as: UTF8.self)
      if !written.contains("\n") { return written }
    }
    return JSONWriter.line(Node(.string(text), at: .unknown), .compact)
  }
}
