/// The writer of templates: one deterministic text, YAML with short tags or JSON.
///
/// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-anatomy.html
public struct TemplateWriter {
  public enum Format: String, Sendable, CaseIterable { case yaml, json }

  let stack: Stack

  public init(_ stack: Stack) { self.stack = stack }

  public func write(_ format: Format) -> [UInt8] {
    let tree = TemplateTree(stack).node
    return format == .yaml ? YAMLWriter.write(tree) : JSONWriter.write(tree)
  }
}
