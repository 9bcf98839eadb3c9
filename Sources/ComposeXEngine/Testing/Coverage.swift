/// What of scripts and packs acted in any of several runs: declarations that changed something, rules that held and refused, lines.
public struct Coverage {
  /// Something that a test can make happen.
  private struct Point: Hashable {
    /// `wrote`, `held`, `refused`, `acted`.
    var deed: String
    var name: String
  }

  private var order: [Point] = []
  private var done: Set<Point> = []
  private var files: [String] = []
  private var lines: [String: [Int]] = [:]
  private var reached: [String: Set<Int>] = [:]

  init() {}

  /// Takes in the declarations of packs and scripts, and the lines that were run of them.
  mutating func add(_ session: ScriptSession) {
    for declaration in session.declarations.all {
      let name = "\(declaration.place.fileAndLine): \(declaration.title)"
      for (deed, isDone) in declaration.deeds {
        let point = Point(deed: deed, name: name)
        if !order.contains(point) { order.append(point) }
        if isDone { done.insert(point) }
      }
    }
    guard let coverage = session.lineCoverage else { return }
    for (file, found) in coverage.lines.sorted(by: { $0.key < $1.key }) {
      if lines[file] == nil { files.append(file) }
      lines[file] = found
      reached[file, default: []].formUnion(coverage.reached[file] ?? [])
    }
  }

  /// What did not happen, a line each, under what it should have done: in the order of the files.
  public var missing: [(deed: String, names: [String])] {
    var found = ["wrote", "acted", "held", "refused"].map { deed in
      (deed: "never \(deed)", names: order.filter { $0.deed == deed && !done.contains($0) }.map(\.name))
    }
    found.append(("never reached", files.flatMap(unreached)))
    return found.filter { !$0.names.isEmpty }
  }

  /// `rules.lua:3-5`, for lines that follow each other.
  private func unreached(_ file: String) -> [String] {
    var ranges: [(first: Int, last: Int)] = []
    var wasReached = true
    for line in lines[file] ?? [] {
      if reached[file]?.contains(line) == true {
        wasReached = true
      } else if wasReached {
        ranges.append((line, line))
        wasReached = false
      } else {
        ranges[ranges.count - 1].last = line
      }
    }
    return ranges.map { $0.first == $0.last ? "\(file):\($0.first)" : "\(file):\($0.first)-\($0.last)" }
  }

  /// How much there is, and how much of it happened: declarations, both answers of rules, and lines.
  public var count: (done: Int, all: Int) {
    let all = lines.values.reduce(order.count) { $0 + $1.count }
    return (reached.values.reduce(done.count) { $0 + $1.count }, all)
  }

  /// The same in percent.
  public var percentage: Double { count.all == 0 ? 100 : Double(count.done) * 100 / Double(count.all) }
}

extension Declaration {
  /// What a test can make of it, and whether it happened.
  fileprivate var deeds: [(String, Bool)] {
    switch word {
    case "default", "patch", "each", "stack", "project": [("wrote", hasWritten)]
    case "check": [("held", hasHeld), ("refused", hasRefused)]
    default: [("acted", hasFired)]
    }
  }
}
