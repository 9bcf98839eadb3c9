/// The name that was probably meant.
public enum NearName {
  /// Bytes of a name that a slip of the pen is looked for in: the search takes the product of two lengths.
  private static let longest = 200
  /// Candidates that are looked at; CloudFormation has some 1,600 types.
  private static let most = 3000

  /// The candidate nearest to `name`: at most a third of its letters changed (insertions, deletions, substitutions, swaps
  /// of neighbours; letter case is free), or the only one that begins with it as a whole word (`internet` of
  /// `internet-facing`), which counts as one change. The first of equally near ones; nil when none is near, or when the
  /// name is longer than anybody types.
  public static func find<Names: Sequence>(_ name: String, in candidates: Names) -> String?
  where Names.Element == String {
    if name.utf8.count > longest { return nil }
    let wanted = Array(name.lowercased().unicodeScalars)
    let limit = max(1, wanted.count / 3)
    var best: String?
    var bestDistance = limit + 1
    var begun: [String] = []
    for candidate in candidates.prefix(most) where candidate.utf8.count <= 2 * longest {
      if begins(candidate, with: wanted) { begun.append(candidate) }
      let letters = Array(candidate.lowercased().unicodeScalars)
      if abs(letters.count - wanted.count) >= bestDistance { continue }
      let distance = distance(wanted, letters)
      if distance < bestDistance { (best, bestDistance) = (candidate, distance) }
    }
    return bestDistance > 1 && begun.count == 1 ? begun[0] : best
  }

  /// Letters that a name must have so that a longer one is looked for which begins with it.
  private static let shortestBeginning = 3

  /// Whether `wanted`, in small letters, is the first word or words of `candidate`: what follows is no letter or digit,
  /// or a capital.
  private static func begins(_ candidate: String, with wanted: [Unicode.Scalar]) -> Bool {
    let letters = Array(candidate.unicodeScalars)
    guard wanted.count >= shortestBeginning, letters.count > wanted.count else { return false }
    let next = letters[wanted.count].properties
    let isWordEnd = !next.isAlphabetic && next.numericType == nil || next.isUppercase
    let beginning = String(String.UnicodeScalarView(letters.prefix(wanted.count))).lowercased()
    return isWordEnd && beginning.unicodeScalars.elementsEqual(wanted)
  }

  /// `did you mean "x"?`, or the list of what there is, or nil when there is nothing.
  static func remedy<Names: Collection>(_ name: String, in candidates: Names, what: String) -> String?
  where Names.Element == String {
    if let near = find(name, in: candidates) { return "did you mean \"\(near)\"?" }
    if candidates.isEmpty { return nil }
    let shown = candidates.prefix(20).joined(separator: ", ")
    return "\(what): \(shown)\(candidates.count > 20 ? ", ..." : "")"
  }

  /// Whether one name looks like a slip in writing the other: a letter too many, too few, or another, or two that are swapped, or
  /// other letter case. Names that differ in a digit, or in a last part of one letter, are those of siblings.
  static func isSlip(_ name: String, of other: String) -> Bool {
    guard name != other, name.utf8.count <= longest, other.utf8.count <= longest else { return false }
    let (a, b) = (Array(name.lowercased().unicodeScalars), Array(other.lowercased().unicodeScalars))
    guard a.count >= 3, b.count >= 3, abs(a.count - b.count) <= 1 else { return a == b }
    guard distance(a, b) <= 1 else { return false }
    let start = zip(a, b).prefix { $0 == $1 }.count
    let differing = (a.dropFirst(start).prefix(1) + b.dropFirst(start).prefix(1))
    if differing.contains(where: { $0.properties.numericType != nil }) { return false }
    let isPartStart = start == 0 || !a[start - 1].properties.isAlphabetic
    return !(isPartStart && start >= max(a.count, b.count) - 1)
  }

  /// Optimal string alignment distance.
  private static func distance(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar]) -> Int {
    if a.isEmpty || b.isEmpty { return max(a.count, b.count) }
    var beforePrevious = [Int](repeating: 0, count: b.count + 1)
    var previous = Array(0...b.count)
    var current = previous
    for i in 1...a.count {
      current[0] = i
      for j in 1...b.count {
        let cost = a[i - 1] == b[j - 1] ? 0 : 1
        current[j] = min(previous[j] + 1, current[j - 1] + 1, previous[j - 1] + cost)
        if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] {
          current[j] = min(current[j], beforePrevious[j - 2] + 1)
        }
      }
      (beforePrevious, previous, current) = (previous, current, beforePrevious)
    }
    return previous[b.count]
  }
}
