/// The writer of templates: one deterministic text, YAML with short tags or JSON.
public enum TemplateFormat: String, Sendable, CaseIterable {
  case yaml, json

  /// The text of a stack's template.
  func write(_ stack: Stack) -> [UInt8] {
    let tree = TemplateTree.make(stack)
    switch self {
    case .yaml: return YAMLWriter.write(tree, functions: .short)
    case .json: return JSONWriter.write(tree)
    }
  }
}
