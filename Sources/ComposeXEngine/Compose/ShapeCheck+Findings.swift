/// What a value should be, in words.
extension ShapeCheck {
  func report(_ node: Node, _ message: String, remedy: String?) {
    findings.report(.error(at: node.place, message, remedy: remedy))
  }

  func mistype(_ node: Node, _ wanted: String) {
    let shown = node.isNull ? nil : node.source ?? node.string
    let given = shown.map { "\"\($0.prefix(60))\"" } ?? node.kind
    var remedy: String?
    switch node.value {
    case .null: remedy = "give it a value, or remove it"
    case .int, .float, .bool: if wanted.hasPrefix("a string"), let shown { remedy = "put it into quotes: \"\(shown)\"" }
    case .string(let text):
      if wanted.hasPrefix("one of ") {
        remedy = NearName.find(text, in: wanted.dropFirst(7).split(separator: ", ").map(String.init)).map {
          "did you mean \"\($0)\"?"
        }
      }
    default: break
    }
    let isNumber = node.int != nil || node.source != nil
    let also = wanted.hasPrefix("a string") && isNumber && !node.isNull ? " (it is \(node.kind))" : ""
    report(node, "\(path) must be \(wanted), not \(given)\(also)", remedy: remedy)
  }

  func unknown(_ key: String, _ child: Node, _ record: Record) {
    // Among thousands of findings nobody reads what each was near to.
    let names = findings.all.count < 200 ? record.attributes.map(\.name) : []
    var remedy = NearName.remedy(key, in: names, what: "attributes")
    if record === Fields.root, NearName.find(key, in: record.attributes.map(\.name)) == nil,
      child["image"] ?? child["build"] != nil
    {
      remedy = "services stand under services:"
    }
    findings.report(
      .error(at: child.keyPlace ?? child.place, "\(path) has no attribute \"\(key)\"", remedy: remedy))
  }
}

extension Pattern {
  /// What the text should be, when it is not that.
  func problem(_ text: String) -> String? {
    let bytes = Array(text.utf8)
    func isAlphanumeric(_ byte: UInt8) -> Bool { VariableText.isNameByte(byte) && byte != UInt8(ascii: "_") }
    func isFollowing(_ byte: UInt8) -> Bool {
      VariableText.isNameByte(byte) || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-")
    }
    switch self {
    case .containerName:
      let fits = zip(bytes, bytes.dropFirst()).contains { isAlphanumeric($0) && isFollowing($1) }
      return fits ? nil : "a name of letters, digits, \".\", \"_\" and \"-\""
    case .pullPolicy:
      let words = ["always", "never", "build", "if_not_present", "missing", "refresh", "daily", "weekly"]
      if words.contains(where: { text.contains($0) }) { return nil }
      if text.hasPrefix("every_"), Quantities.nanoseconds(String(text.dropFirst(6))) != nil { return nil }
      return "one of " + words.joined(separator: ", ") + ", every_<time>"
    }
  }
}
