/// The course of answering one Lookup: calls, what their answers lead to, and what was found at its end.
final class LookupTask {
  /// Where things lie.
  struct Target {
    var account: String
    var region: String
    var partition: String { AWSConnection.partition(of: region) }

    /// What ARNs are made of.
    var parts: [String: String] { ["account": account, "region": region, "partition": partition] }
    var shown: String { "account \(account), \(region)" }
  }

  typealias Answer = Result<Node, AWSFailure>

  let lookup: Lookup
  let target: Target
  let connection: AWSConnection
  /// What was found, by the names of return values.
  private(set) var values: [String: Node] = [:]
  /// Why nothing was.
  private(set) var finding: Finding?
  private var stages: [(calls: [AWSCall], take: ([Answer]) -> Void)] = []

  init(_ lookup: Lookup, _ target: Target, _ connection: AWSConnection) {
    (self.lookup, self.target, self.connection) = (lookup, target, connection)
    start()
  }

  private func start() {
    switch lookup.key {
    case "x-vpc": startNetwork()
    case "x-cluster": startCluster()
    case Lookup.securityGroup: startNamed(.groups)
    case Lookup.prefixList: startNamed(.prefixLists)
    default: startThing()
    }
  }

  // MARK: - Going on

  var isDone: Bool { finding != nil || stages.isEmpty }

  /// The calls that come next.
  var next: [AWSCall] { stages.first?.calls ?? [] }

  /// Takes their answers.
  func take(_ answers: [Answer]) {
    let stage = stages.removeFirst()
    stage.take(answers)
  }

  /// Adds calls, in another region when the Lookup names one.
  func ask(_ calls: [AWSCall], _ take: @escaping ([Answer]) -> Void) {
    let region = lookup.node["Region"]?.string ?? lookup.inner["Region"]?.string
    stages.append((calls.map { call in call.region == nil ? region.map { call.in(region: $0) } ?? call : call }, take))
  }

  func ask(_ call: AWSCall, _ take: @escaping (Answer) -> Void) { ask([call]) { take($0[0]) } }

  func put(_ name: String, _ value: Node?) {
    guard let value, !value.isNull, value.string != "" else { return }
    values[name] = value
  }

  func drop(_ name: String) { values[name] = nil }

  // MARK: - Failing

  /// Reports what went wrong at the line of the Lookup, the first thing only.
  func fail(_ message: String, at place: Place? = nil, remedy: String? = nil, candidates: [String] = []) {
    guard finding == nil else { return }
    let shown = candidates.sorted().prefix(10)
    var notes = shown.map { "there is \($0)" }
    if candidates.count > shown.count { notes.append("and \(candidates.count - shown.count) more") }
    finding = .error(at: place ?? lookup.place, message, remedy: remedy, notes: notes)
  }

  /// The answer, or nil and a finding.
  func read(_ answer: Answer, at place: Place? = nil, _ what: String) -> Node? {
    do throws(AWSFailure) { return try answer.get() } catch {
      if Self.isGone(error) {
        fail("\(lookup.subject): there is no \(what) in \(target.shown)", at: place, remedy: "correct the Lookup")
      } else if finding == nil {
        var found = error.finding(connection)
        found.place = place ?? lookup.place
        found.message = "\(lookup.subject): \(found.message)"
        finding = found
      }
      return nil
    }
  }

  /// Whether AWS says that there is no such thing: each service has words of its own.
  static func isGone(_ failure: AWSFailure) -> Bool {
    failure.isMissing || ["NotFound", "NonExistent", "NoSuch"].contains { failure.code.contains($0) }
  }

  /// What was found, in the order of names.
  var result: Node {
    .object(
      values.filter { !$0.key.hasPrefix(".") }.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
        .map { ($0.key, $0.value) })
  }
}

extension Node {
  /// The value at `DBClusters.0.Endpoint`; of `a|b` the first that there is.
  func found(at path: String) -> Node? {
    for choice in path.split(separator: "|") {
      var node: Node? = self
      for step in choice.split(separator: ".") {
        if let index = Int(step), let list = node?.list {
          node = index < list.count ? list[index] : nil
        } else {
          node = node?[String(step)]
        }
      }
      if let node, !node.isNull { return node }
    }
    return nil
  }
}
