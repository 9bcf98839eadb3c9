/// A template as a tree, from the text that CloudFormation has or is given.
enum TemplateSource {
  /// Reads YAML or JSON. Short tags become their long form, as they do inside `x-` keys.
  static func read(_ text: String) -> Node? {
    let indented =
      "x-template:\n"
      + text.split(separator: "\n", omittingEmptySubsequences: false)
      .filter { !$0.hasPrefix("---") }.map { "  \($0)\n" }.joined()
    let documents = try? YAMLComposer.documents(
      Array(indented.utf8), file: SourceFile(name: "template", role: .module), findings: Findings())
    return documents?.first?["x-template"]
  }
}
