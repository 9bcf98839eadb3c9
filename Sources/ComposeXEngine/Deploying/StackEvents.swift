/// One event of a stack.
struct StackEvent {
  let id: String
  let time: Int
  let logicalId: String
  let physicalId: String
  let type: String
  let status: String
  let reason: String
  let stack: String

  /// Reads an item of the answer of `describe-stack-events`.
  init(_ node: Node) {
    func text(_ key: String) -> String { node[key]?.string ?? "" }
    (id, logicalId, physicalId) = (text("EventId"), text("LogicalResourceId"), text("PhysicalResourceId"))
    (type, status, reason, stack) = (
      text("ResourceType"), text("ResourceStatus"), text("ResourceStatusReason"), text("StackId")
    )
    time = AWSTime.seconds(node["Timestamp"]) ?? 0
  }

  /// Whether it is about the stack whose event it is.
  var isOfStack: Bool { physicalId == stack }
  var isFailure: Bool { status.hasSuffix("_FAILED") }
  var isRunning: Bool { status.hasSuffix("_IN_PROGRESS") }

  /// Whether it is the consequence of another failure: what ran is cancelled, and stacks fail because of what is in them.
  var isConsequence: Bool {
    reason.contains("cancelled") || reason.isEmpty || isOfStack
      || reason.hasPrefix("The following resource(s) failed") || type == "AWS::CloudFormation::Stack"
  }

  /// Whether an operation of the stack begins with it.
  var isBeginning: Bool {
    isOfStack && ["CREATE_IN_PROGRESS", "UPDATE_IN_PROGRESS", "DELETE_IN_PROGRESS"].contains(status)
  }
}

/// Reads the events of a stack that are new.
final class StackEvents {
  let stack: String
  private let calls: StackCalls
  private var seen: Set<String> = []
  private var isFirst: Bool

  /// `attaches`: the events of the operation that runs, or ran last, are new; else those from now on.
  init(_ stack: String, _ calls: StackCalls, attaches: Bool) {
    (self.stack, self.calls, isFirst) = (stack, calls, attaches)
  }

  /// The call that asks for the newest page.
  var call: AWSCall { calls.events(stack) }

  /// What an answer to `call` has that is new, the oldest first; further pages are asked for as long as all is new.
  func new(_ answer: Node, _ aws: AWSCommand) throws(AWSFailure) -> [StackEvent] {
    var page = answer
    var found: [StackEvent] = []
    for _ in 0..<50 {
      let events = (page["StackEvents"]?.list ?? []).map(StackEvent.init)
      var isWhole = false
      for event in events {
        if seen.contains(event.id) {
          isWhole = true
          break
        }
        found.append(event)
        if isFirst, event.isBeginning, event.stack == event.physicalId {
          isWhole = true
          break
        }
      }
      guard !isWhole, !(seen.isEmpty && !isFirst), let next = page["NextToken"]?.string else { break }
      page = try aws.run(calls.events(stack, next: next))
    }
    isFirst = false
    for event in found { seen.insert(event.id) }
    return found.reversed()
  }

  /// Takes what an answer has for known.
  func skip(_ answer: Node) {
    for event in answer["StackEvents"]?.list ?? [] { seen.insert(StackEvent(event).id) }
    if seen.isEmpty { seen.insert("") }
  }
}
