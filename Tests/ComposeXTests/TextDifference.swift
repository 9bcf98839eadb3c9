/// What differs between two texts, line by line, with three lines around each change.
enum TextDifference {
  static func describe(expected: String, actual: String) -> String {
    let old = expected.split(separator: "\n", omittingEmptySubsequences: false)
    let new = actual.split(separator: "\n", omittingEmptySubsequences: false)
    let difference = new.difference(from: old)
    var removed = Set<Int>()
    var inserted = Set<Int>()
    for change in difference {
      switch change {
      case .remove(let offset, _, _): removed.insert(offset)
      case .insert(let offset, _, _): inserted.insert(offset)
      }
    }
    var lines: [String] = []
    var (left, right) = (0, 0)
    while left < old.count || right < new.count {
      if removed.contains(left) {
        lines.append("- " + old[left])
        left += 1
      } else if inserted.contains(right) {
        lines.append("+ " + new[right])
        right += 1
      } else {
        lines.append("  " + old[left])
        left += 1
        right += 1
      }
    }
    return around(lines)
  }

  private static func around(_ lines: [String]) -> String {
    let changes = lines.indices.filter { !lines[$0].hasPrefix("  ") }
    var shown: [String] = []
    var last = -1
    for index in lines.indices where changes.contains(where: { abs($0 - index) <= 3 }) {
      if index != last + 1 { shown.append("  ...") }
      shown.append(lines[index])
      last = index
    }
    return shown.joined(separator: "\n")
  }
}
