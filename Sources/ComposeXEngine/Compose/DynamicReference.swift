/// `{{resolve:...}}`, which CloudFormation replaces by a secret or a parameter wherever it stands.
/// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references.html
enum DynamicReference {
  /// Whether variables put one into `text`, or made one of its parts: `written` is what stood there before.
  static func isNew(in text: String, before written: String) -> Bool { count(text) > count(written) }

  private static func count(_ text: String) -> Int {
    guard text.utf8.contains(UInt8(ascii: "{")) else { return 0 }
    return text.split(separator: "{{resolve:", omittingEmptySubsequences: false).count - 1
  }

  /// Whoever sets a variable chooses which secret a template reads: that is reported to whoever deploys it.
  static func byVariable(at place: Place, _ subject: String) -> Finding {
    .warning(
      at: place,
      "\(subject): a variable holds {{resolve:...}}, which CloudFormation replaces by a secret or a parameter",
      remedy: "write {{resolve:...}} here itself, or take it out of the variable")
  }
}
