/// The name of a stack: that of the command line, or the project's as CloudFormation takes it.
enum StackName {
  /// https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateChangeSet.html: letters, digits and hyphens, a
  /// letter first, at most 128 (read 2026-11-29)
  static func of(_ project: String, stated: String?) throws(Finding) -> String {
    let name = stated ?? String(project.map { $0 == "_" ? "-" : $0 })
    let isPlain = name.utf8.allSatisfy { byte in
      (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte) || byte == UInt8(ascii: "-")
    }
    let isLetter = name.utf8.first.map { (65...90).contains($0) || (97...122).contains($0) } ?? false
    if isPlain, isLetter, name.utf8.count <= 128 { return name }
    throw .error(
      at: .unknown, "a stack cannot be called \"\(name)\": letters, digits and hyphens, a letter first, at most 128",
      remedy: "name it: --stack-name NAME")
  }
}
