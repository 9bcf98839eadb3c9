/// How two values differ, for the eyes of whoever reads a failed test.
enum Difference {
  /// A line for each place where they differ; empty when they are the same. Mappings are compared by their keys, in any order.
  static func lines(_ actual: Node?, _ expected: Node?, at path: String = "") -> [String] {
    switch (actual?.value, expected?.value) {
    case (.map(let mine)?, .map(let theirs)?):
      var lines: [String] = []
      for key in theirs.keys.elements + mine.keys.filter({ theirs[$0] == nil }) {
        lines += self.lines(mine[key], theirs[key], at: path.isEmpty ? key : "\(path).\(key)")
      }
      return lines
    case (.list(let mine)?, .list(let theirs)?):
      return (0..<max(mine.count, theirs.count)).flatMap { index in
        lines(
          index < mine.count ? mine[index] : nil, index < theirs.count ? theirs[index] : nil,
          at: "\(path)[\(index + 1)]")
      }
    default:
      let (found, wanted) = (text(actual), text(expected))
      return found == wanted ? [] : ["\(path.isEmpty ? "" : "\(path): ")expected \(wanted), got \(found)"]
    }
  }

  private static func text(_ node: Node?) -> String { node?.brief ?? "nil" }
}
