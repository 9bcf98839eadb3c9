/// The findings of a run. A stage reports all it can, then calls `stopIfErrors()`.
public final class Findings {
  public private(set) var all: [Finding] = []
  public private(set) var errorCount = 0
  /// Warnings become errors (`--strict`).
  public let strict: Bool
  /// The kind of what is reported from now on; the pipeline sets it at the beginning of each stage.
  public var stage = Rule.command

  /// Whether only errors are kept: for commands that answer a question, where warnings would be in the way.
  public let keepsErrorsOnly: Bool

  public init(strict: Bool = false, keepsErrorsOnly: Bool = false) {
    self.strict = strict
    self.keepsErrorsOnly = keepsErrorsOnly
  }

  public func report(_ finding: Finding) {
    var finding = finding
    finding.rule = stage
    if strict, finding.severity == .warning { finding.severity = .error }
    if keepsErrorsOnly, finding.severity != .error { return }
    if finding.severity == .error { errorCount += 1 }
    all.append(finding)
  }

  /// Reports what `error` carries: a `Finding`, or `StageFailed` whose findings were reported already.
  public func report(_ error: any Error) {
    switch error {
    case is StageFailed: break
    case let finding as Finding: report(finding)
    default: report(.error(at: .unknown, "\(error)"))
    }
  }

  public var hasErrors: Bool { errorCount > 0 }

  /// Ends the stage when it found an error.
  public func stopIfErrors() throws(StageFailed) {
    if hasErrors { throw StageFailed() }
  }

  /// In the order of the text: files in the order of their first finding, then line, then column, then as reported.
  public var sorted: [Finding] {
    var rank: [ObjectIdentifier: Int] = [:]
    for finding in all {
      guard let file = finding.place.file else { continue }
      let id = ObjectIdentifier(file)
      if rank[id] == nil { rank[id] = rank.count }
    }
    func key(_ finding: Finding) -> (Int, Int32, Int32) {
      (finding.place.file.flatMap { rank[ObjectIdentifier($0)] } ?? Int.max, finding.place.line, finding.place.column)
    }
    return all.enumerated()
      .sorted { (key($0.element), $0.offset) < (key($1.element), $1.offset) }
      .map(\.element)
      .reduce(into: []) { told, finding in
        // A line that does the same wrong thing to many resources is told once.
        if let last = told.last, last.place.file != nil, last.description == finding.description { return }
        told.append(finding)
      }
  }
}

/// Thrown to end a stage; what was found is in `Findings`.
public struct StageFailed: Error { public init() {} }

private func < (a: ((Int, Int32, Int32), Int), b: ((Int, Int32, Int32), Int)) -> Bool {
  a.0 == b.0 ? a.1 < b.1 : a.0 < b.0
}
