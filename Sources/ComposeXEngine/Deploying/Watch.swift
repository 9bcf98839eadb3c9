/// Follows an operation of a stack to its end: events of the stack and of those in it, and what the services of ECS do meanwhile.
final class Watch {
  /// How an operation ended.
  enum Ending {
    case done(status: String)
    case failed(status: String)
    /// Ctrl-C, or nobody may ask any more.
    case detached(why: String?)
  }

  /// Where one resource stands.
  struct Row {
    var event: StackEvent
    var start: Int
    var end: Int?
    var service: ServiceState?
  }

  let aws: AWSCommand
  /// The project, of which subjects and lines are; nil for a stack of composex's own.
  let deployment: Deployment?
  let stack: String
  let isDeletion: Bool
  /// When the operation began, by the clock of AWS.
  private(set) var start: Int
  /// When watching began, by the clock of this machine.
  private let began: Int
  private let attaches: Bool
  /// By nested stack and logical id, in the order in which they were first heard of.
  private(set) var rows: [(key: String, row: Row)] = []
  private var index: [String: Int] = [:]
  private let calls: StackCalls
  private var events: StackEvents
  private var nested: [(id: String, events: StackEvents, isOpen: Bool)] = []
  /// Failures that are no consequence of others, in their order.
  private(set) var failures: [StackEvent] = []
  /// What tasks of a service that stopped said, by the service's ARN.
  private(set) var evidence: [String: TaskEvidence] = [:]
  /// How often ECS was asked for them.
  private var questions: [String: Int] = [:]
  private var ending: StackEvent?
  private var turn = 0

  /// `stack` is the ARN.
  init(
    _ aws: AWSCommand, _ calls: StackCalls, of deployment: Deployment?, stack: String, attaches: Bool,
    isDeletion: Bool = false
  ) {
    (self.aws, self.calls, self.deployment) = (aws, calls, deployment)
    (self.stack, self.isDeletion) = (stack, isDeletion)
    start = aws.clock.now
    began = aws.clock.now
    self.attaches = attaches
    events = StackEvents(stack, calls, attaches: attaches)
  }

  /// Takes the events so far for known, before the operation begins.
  func prepare() throws(Finding) { events.skip(try aws.answer(events.call)) }

  /// The name of the stack.
  var name: String { stack.split(separator: "/").dropFirst().first.map(String.init) ?? stack }

  /// Seconds since the beginning.
  var elapsed: Int {
    if let ending { return max(0, ending.time - start) }
    // The clock of this machine may be another than that of AWS.
    return max(0, aws.clock.now - (attaches ? start : began))
  }

  // MARK: - Following

  /// Follows it to its end; `progress` is told what is new.
  func follow(_ progress: some Progress) -> Ending {
    var expired = 0
    while true {
      do throws(AWSFailure) {
        let new = try poll()
        expired = 0
        // What a nested stack says of itself, the stack around it says too.
        for event in new where !event.isOfStack || event.stack == stack { progress.show(event, self) }
        for (id, state) in services { progress.show(state, row(id), self) }
        progress.draw(self)
        if let ending { return end(ending) }
      } catch {
        if Interruption.isRequested || error.kind == .interrupted { return .detached(why: nil) }
        if isDeletion, error.isMissing { return .done(status: "DELETE_COMPLETE") }
        expired += 1
        // Who renews the credentials meanwhile goes on watching.
        guard error.kind == .expired || error.kind == .passing, expired < 10 else {
          return .detached(why: error.finding(aws.connection).details)
        }
        if expired == 1 { progress.say(error.finding(aws.connection).details, self) }
        aws.clock.wait(30)
      }
      if Interruption.isRequested { return .detached(why: nil) }
      pause(progress)
      if Interruption.isRequested { return .detached(why: nil) }
    }
  }

  /// Waits longer the longer it takes: an hour costs some hundred calls.
  private func pause(_ progress: some Progress) {
    let seconds = Self.interval(aws.clock.now - began) * max(1, min(4, (nested.count(where: \.isOpen) + 3) / 4))
    if aws.clock.isSet { return aws.clock.wait(seconds) }
    for _ in 0..<seconds where !Interruption.isRequested {
      aws.clock.wait(1)
      progress.draw(self)
    }
  }

  /// Seconds between two polls.
  static func interval(_ elapsed: Int) -> Int {
    switch elapsed {
    case ..<60: 3
    case ..<300: 6
    case ..<1200: 12
    default: 25
    }
  }

  private func end(_ event: StackEvent) -> Ending {
    let status = event.status
    let isDone = isDeletion ? status == "DELETE_COMPLETE" : ["CREATE_COMPLETE", "UPDATE_COMPLETE"].contains(status)
    return isDone ? .done(status: status) : .failed(status: status)
  }

  // MARK: - Asking

  /// How many nested stacks are asked in one turn.
  private static let width = 6
  private var services: [(id: String, state: ServiceState)] = []

  private func poll() throws(AWSFailure) -> [StackEvent] {
    services = []
    let open = nested.indices.filter { nested[$0].isOpen }
    let chosen = open.isEmpty ? [] : (0..<min(Self.width, open.count)).map { open[(turn + $0) % open.count] }
    turn += chosen.count
    let running = runningServices()
    let serviceCalls = ServiceState.calls(running.map(\.arn))
    let answers = aws.runAll([events.call] + chosen.map { nested[$0].events.call } + serviceCalls)
    var new = try events.new(try answers[0].get(), aws)
    for (place, answer) in zip(chosen, answers.dropFirst()) {
      // A nested stack may be gone already.
      guard let node = try? answer.get() else { continue }
      let fresh = try nested[place].events.new(node, aws)
      if let last = fresh.last(where: \.isOfStack), !last.isRunning { nested[place].isOpen = false }
      new += fresh
    }
    new = new.enumerated().sorted { ($0.element.time, $0.offset) < ($1.element.time, $1.offset) }.map(\.element)
    for event in new { note(event) }
    for answer in answers.dropFirst(1 + chosen.count) {
      for state in (try? answer.get()).map(ServiceState.read) ?? [] { note(state, running) }
    }
    try collectEvidence()
    return new
  }

  private func note(_ event: StackEvent) {
    if event.isOfStack {
      if event.stack == stack {
        if event.isBeginning { start = event.time }
        if !event.isRunning { ending = event }
      }
      return
    }
    let key = "\(event.stack) \(event.logicalId)"
    if let at = index[key] {
      rows[at].row.event = event
      if event.isRunning, rows[at].row.end != nil {
        rows[at].row.start = event.time
        rows[at].row.end = nil
      } else if !event.isRunning {
        rows[at].row.end = event.time
      }
    } else {
      index[key] = rows.count
      rows.append((key, Row(event: event, start: event.time, end: event.isRunning ? nil : event.time)))
    }
    if event.isFailure, !event.isConsequence { failures.append(event) }
    if event.type == "AWS::CloudFormation::Stack", event.physicalId.hasPrefix("arn:") { noteNested(event) }
  }

  private func noteNested(_ event: StackEvent) {
    if let at = nested.firstIndex(where: { $0.id == event.physicalId }) {
      // Asked once more after its end: what failed in it is told there only.
      if event.isFailure { nested[at].isOpen = true }
      return
    }
    let events = StackEvents(event.physicalId, calls, attaches: true)
    nested.append((event.physicalId, events, true))
  }

  // MARK: - Services

  /// Services that ECS is bringing up.
  private func runningServices() -> [(arn: String, key: String)] {
    rows.filter { $0.row.event.type == "AWS::ECS::Service" && $0.row.end == nil && !isDeletion }
      .filter { $0.row.event.physicalId.hasPrefix("arn:") }.map { ($0.row.event.physicalId, $0.key) }
  }

  private func note(_ state: ServiceState, _ running: [(arn: String, key: String)]) {
    guard let key = running.first(where: { $0.arn == state.arn })?.key, let at = index[key] else { return }
    if rows[at].row.service != state { services.append((key, state)) }
    rows[at].row.service = state
  }

  func row(_ key: String) -> Row? { index[key].map { rows[$0].row } }

  /// Reads why tasks stop as soon as one did: after a rollback nobody can.
  private func collectEvidence() throws(AWSFailure) {
    for (_, row) in rows where row.event.type == "AWS::ECS::Service" && !isDeletion {
      let arn = row.event.physicalId
      guard arn.hasPrefix("arn:"), evidence[arn] == nil else { continue }
      let hasFailed = (row.service?.failed ?? 0) > 0 || (row.event.isFailure && !row.event.isConsequence)
      guard hasFailed, questions[arn, default: 0] < 3 else { continue }
      questions[arn, default: 0] += 1
      evidence[arn] = TaskEvidence.read(arn, family: row.service?.family, aws)
    }
  }

  /// The subject of an event, as the user would name it.
  func subject(_ event: StackEvent) -> String {
    deployment?.outcome.stack.resources[event.logicalId]?.name ?? "#\(event.logicalId)"
  }

  /// The line that a resource comes from.
  func place(_ event: StackEvent) -> Place? { deployment?.outcome.stack.resources[event.logicalId]?.definition }
}
