/// The findings of a run. A stage reports all it can, then calls `stopIfErrors()`.
public final class Findings {
  /// As they were reported.
  public private(set) var all: [Finding] = []
  private(set) var errorCount = 0
  /// Warnings become errors (`--strict`).
  public let strict: Bool
  /// The kind of what is reported from now on; the pipeline sets it at the beginning of each stage.
  public var stage = Rule.command

  /// The definition whose resource is looked at: faults in lines of `lua/` are reported there.
  var definition: Place?

  /// Whether only errors are kept: for commands that answer a question, where warnings would be in the way.
  public let keepsErrorsOnly: Bool

  /// No findings yet.
  public init(strict: Bool = false, keepsErrorsOnly: Bool = false) {
    self.strict = strict
    self.keepsErrorsOnly = keepsErrorsOnly
  }

  /// Where the project begins: what no definition asked for is reported there.
  var project: Place?

  /// Adds a finding, under the stage that runs.
  public func report(_ finding: Finding) {
    var finding = (definition ?? project).map { finding.attributed(to: $0) } ?? finding
    finding.rule = stage
    if !holdsWarnings {
      if accepts(finding) { return }
      if strict, finding.severity == .warning { finding.severity = .error }
      if keepsErrorsOnly, finding.severity != .error { return }
    }
    if finding.severity == .error { errorCount += 1 }
    guard hasRoom(for: &finding) else { return }
    all.append(finding)
  }

  /// What the project accepts, and the kinds that there are.
  private(set) var acceptances: [Acceptance] = []
  private var codes: FindingCodes?
  /// Whether warnings wait for what the project accepts, which is not read yet.
  private var holdsWarnings = false

  /// Leaves warnings what they are until `settle`.
  func holdWarnings() { holdsWarnings = true }

  /// Takes away the warnings that are accepted, and makes errors of the others where that is asked for.
  func settle(_ acceptances: [Acceptance] = [], codes: FindingCodes? = nil) {
    (self.acceptances, self.codes, holdsWarnings) = (acceptances, codes, false)
    all = all.compactMap { finding in
      guard finding.severity == .warning else { return keepsErrorsOnly && finding.severity == .note ? nil : finding }
      if accepts(finding) { return nil }
      guard strict else { return keepsErrorsOnly ? nil : finding }
      var finding = finding
      finding.severity = .error
      errorCount += 1
      return finding
    }
    for acceptance in acceptances where acceptance.isVoid { report(acceptance.outcome) }
  }

  private func accepts(_ finding: Finding) -> Bool {
    guard finding.severity == .warning, !acceptances.isEmpty, let code = codes?.code(of: finding),
      let acceptance = acceptances.first(where: { $0.covers(finding, code) })
    else { return false }
    acceptance.count += 1
    return true
  }

  /// Says what became of each acceptance that could take something.
  func reportAcceptances() {
    for acceptance in acceptances where !acceptance.isVoid { report(acceptance.outcome) }
  }

  /// Limits in bytes: of each text of a finding, of all errors together, and of all other findings together.
  private static let longest = 4096
  private static let most = 8 << 20
  private var size = (errors: 0, others: 0)
  private var leftOut = 0

  /// Shortens the texts of a finding; false when those before have reached the limit.
  private func hasRoom(for finding: inout Finding) -> Bool {
    finding.message = Self.shortened(finding.message)
    finding.remedy = finding.remedy.map(Self.shortened)
    finding.notes = finding.notes.map(Self.shortened)
    let texts = finding.message.utf8.count + (finding.remedy?.utf8.count ?? 0)
    let bytes = finding.notes.reduce(texts) { $0 + $1.utf8.count }
    let isError = finding.severity == .error
    guard (isError ? size.errors : size.others) + bytes <= Self.most else {
      leftOut += 1
      return false
    }
    if isError { size.errors += bytes } else { size.others += bytes }
    return true
  }

  private static func shortened(_ text: String) -> String {
    if text.utf8.count <= longest { return text }
    return "\(String(decoding: text.utf8.prefix(longest), as: UTF8.self))... (\(text.utf8.count) bytes)"
  }

  /// Reports what `error` carries: a `Finding`, or `StageFailed` whose findings were reported already.
  public func report(_ error: any Error) {
    switch error {
    case is StageFailed: break
    case let finding as Finding: report(finding)
    default: report(.error(at: .unknown, "\(error)"))
    }
  }

  /// Whether the run will end after this stage.
  public var hasErrors: Bool { errorCount > 0 }

  /// Ends the stage when it found an error.
  func stopIfErrors() throws(StageFailed) {
    if hasErrors { throw StageFailed() }
  }

  /// Errors, then warnings with the worst consequence first, then notes; alike ones in the order of the text: files in the order of
  /// their first finding, then line, then column, then as reported.
  public var sorted: [Finding] {
    var rank: [ObjectIdentifier: Int] = [:]
    for finding in all {
      guard let file = finding.place.file else { continue }
      let id = ObjectIdentifier(file)
      if rank[id] == nil { rank[id] = rank.count }
    }
    func key(_ finding: Finding) -> (Int, Int, Int32, Int32) {
      (
        Self.weight(finding), finding.place.file.flatMap { rank[ObjectIdentifier($0)] } ?? Int.max, finding.place.line,
        finding.place.column
      )
    }
    let rest = Finding(.note, at: .unknown, "\(leftOut) more findings are left out: they are too many to read")
    return all.enumerated()
      .sorted { (key($0.element), $0.offset) < (key($1.element), $1.offset) }
      .map(\.element)
      .reduce(into: []) { reported, finding in
        // A line that does the same wrong thing to many resources is reported once.
        if let last = reported.last, last.place.file != nil, last.description == finding.description { return }
        reported.append(finding)
      } + (leftOut == 0 ? [] : [rest])
  }
}

extension Findings {
  /// Where a finding stands among others: errors first, then warnings by their consequence, notes last.
  private static func weight(_ finding: Finding) -> Int {
    switch finding.severity {
    case .error: 0
    case .warning: 1 + (Consequence.allCases.firstIndex(of: finding.consequence) ?? 0)
    case .note: 100
    }
  }
}

/// Thrown to end a stage; what was found is in `Findings`.
public struct StageFailed: Error {
  /// Whoever throws it has reported why.
  public init() {}
}

private func < (a: ((Int, Int, Int32, Int32), Int), b: ((Int, Int, Int32, Int32), Int)) -> Bool {
  a.0 == b.0 ? a.1 < b.1 : a.0 < b.0
}
