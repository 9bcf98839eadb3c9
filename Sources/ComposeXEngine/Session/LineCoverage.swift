/// Which lines of scripts and packs were run, of those that do something.
final class LineCoverage {
  /// By the name of the file.
  var lines: [String: [Int]] = [:]
  private(set) var reached: [String: Set<Int>] = [:]

  func reach(_ chunk: String, _ line: Int) {
    guard lines[chunk] != nil else { return }
    reached[chunk, default: []].insert(line)
  }
}
