/// How two values differ, place by place.
enum Difference {
  /// A scalar, or a value on one side only: where it is, and what stands there; nil for nothing.
  struct Leaf {
    var path: String
    var actual: String?
    var expected: String?
  }

  /// The places where two values differ; empty when they are the same. Mappings are compared by their keys, in any order; a reference is
  /// the same as the text that stands for it, `${JobsQueue.Arn}`.
  static func leaves(_ actual: Node?, _ expected: Node?, at path: String = "") -> [Leaf] {
    switch (actual?.value, expected?.value) {
    case (.map(let mine)?, .map(let theirs)?):
      let keys = theirs.keys.elements + mine.keys.filter { theirs[$0] == nil }
      return keys.flatMap { leaves(mine[$0], theirs[$0], at: path.isEmpty ? $0 : "\(path).\($0)") }
    case (.list(let mine)?, .list(let theirs)?):
      return (0..<max(mine.count, theirs.count)).flatMap { index in
        leaves(
          index < mine.count ? mine[index] : nil, index < theirs.count ? theirs[index] : nil,
          at: "\(path)[\(index + 1)]")
      }
    default:
      let (found, wanted) = (actual?.brief, expected?.brief)
      if found == wanted || isText(actual, of: expected) || isText(expected, of: actual) { return [] }
      return [Leaf(path: path, actual: found, expected: wanted)]
    }
  }

  /// A line for each place, for the eyes of whoever reads a failed test.
  static func lines(_ actual: Node?, _ expected: Node?) -> [String] {
    leaves(actual, expected).map { leaf in
      "\(leaf.path.isEmpty ? "" : "\(leaf.path): ")expected \(leaf.expected ?? "nil"), got \(leaf.actual ?? "nil")"
    }
  }

  /// Whether one is a text, and the other a reference or a text with references that is written so.
  private static func isText(_ text: Node?, of node: Node?) -> Bool {
    guard let text = text?.string else { return false }
    switch node?.value {
    case .reference(let reference): return text == "${\(reference.text)}"
    case .text(let parts): return text == parts.subText
    default: return false
    }
  }
}
