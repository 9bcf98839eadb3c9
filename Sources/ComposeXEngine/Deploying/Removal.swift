/// `composex down`: what deleting a stack deletes, keeps, and is blocked by; then the deletion itself.
public final class Removal {
  /// A resource of the stack, or of one in it.
  struct Item {
    let logicalId: String
    let physicalId: String
    let type: String
    /// Whether its policy keeps it when the stack goes.
    let isKept: Bool
    /// Whether its policy takes a snapshot first.
    let isSaved: Bool
  }

  /// What keeps the stack from being deleted, and what to do about it.
  struct Blocker {
    var subject: String
    var why: String
    var remedy: String
  }

  private let deployment: Deployment
  private let console: Console
  private(set) var state: StackState?
  private(set) var items: [Item] = []
  private(set) var blockers: [Blocker] = []

  private var aws: AWSCommand { deployment.aws }
  private var calls: StackCalls { deployment.calls }

  /// Nothing is sent yet.
  public init(_ deployment: Deployment, _ console: Console) { (self.deployment, self.console) = (deployment, console) }

  /// Whether there is nothing to delete.
  public var isMissing: Bool { state == nil }
  /// Whether CloudFormation would not get through.
  public var isBlocked: Bool { !blockers.isEmpty }

  // MARK: - Asking

  /// Asks what is in the stack, and what blocks it.
  public func prepare() throws {
    state = try deployment.state(try deployment.begin([calls.describe()])[0])
    guard let state else { return }
    if state.isBusy {
      throw Finding.error(
        at: .unknown, "the stack \(deployment.stackName) is in \(state.status): CloudFormation works on it",
        remedy: "watch it: composex up --attach --stack-name \(deployment.stackName)")
    }
    if !state.isEmpty { try read(state.id) }
    if state.isProtected {
      blockers.append(
        Blocker(
          subject: deployment.stackName, why: "is protected from deletion",
          remedy: calls.protect(false).shown(aws.connection)))
    }
    findBlockers(state)
  }

  private func read(_ stack: String) throws(Finding) {
    var open = [stack]
    while !open.isEmpty {
      let answers = aws.runAll(open.flatMap { [calls.resources($0), calls.template($0)] })
      var next: [String] = []
      for index in open.indices {
        let list: Node
        do throws(AWSFailure) { list = try answers[index * 2].get() } catch { throw error.finding(aws.connection) }
        let template = (try? answers[index * 2 + 1].get()).flatMap(Planning.template)
        for summary in list["StackResourceSummaries"]?.list ?? [] {
          guard let item = Self.item(summary, template) else { continue }
          if item.type == "AWS::CloudFormation::Stack", item.physicalId.hasPrefix("arn:"), !item.isKept {
            next.append(item.physicalId)
          } else {
            items.append(item)
          }
        }
      }
      open = next
    }
  }

  private static func item(_ summary: Node, _ template: Node?) -> Item? {
    let id = summary["LogicalResourceId"]?.string ?? ""
    let type = summary["ResourceType"]?.string ?? ""
    guard summary["ResourceStatus"]?.string != "DELETE_COMPLETE" else { return nil }
    let resource = template?.at("Resources", id)
    let policy = resource?["DeletionPolicy"]?.string
    let isCreating = policy == "RetainExceptOnCreate"
    return Item(
      logicalId: id, physicalId: summary["PhysicalResourceId"]?.string ?? "", type: type,
      isKept: policy == "Retain" || isCreating,
      isSaved: resource != nil && policy != "Retain" && Effects.keeps(resource, "DeletionPolicy", type))
  }

  private func findBlockers(_ state: StackState) {
    let checks = items.filter { !$0.isKept && !$0.physicalId.isEmpty }.flatMap { item in
      DeletionCheck.of(item.type).map { (item, $0) }
    }
    let exports = state.exports.map { AWSCall.imports($0) }
    let answers = aws.runAll(checks.map { $1.call($0.physicalId) } + exports)
    for ((item, check), answer) in zip(checks, answers) {
      // What cannot be asked is left to CloudFormation.
      guard let node = try? answer.get(), check.blocks(node) else { continue }
      blockers.append(
        Blocker(
          subject: "\(subject(item)) \(item.logicalId)", why: check.why,
          remedy: check.remedy(item.physicalId).shown(aws.connection)))
    }
    for (name, answer) in zip(state.exports, answers.dropFirst(checks.count)) {
      guard let users = (try? answer.get())?["Imports"]?.list?.compactMap(\.string), !users.isEmpty else { continue }
      blockers.append(
        Blocker(
          subject: deployment.stackName, why: "exports \(name), which \(users.joined(separator: ", ")) imports",
          remedy: "delete or change these stacks first"))
    }
  }

  private func subject(_ item: Item) -> String {
    deployment.outcome.stack.resources[item.logicalId]?.name ?? "#\(item.logicalId)"
  }

  // MARK: - Telling

  /// What is deleted, kept and in the way.
  public var text: String {
    guard let state else { return "\(deployment.stackName): there is no such stack in \(deployment.target)\n" }
    var text = "\(deployment.stackName): \(state.status) in \(deployment.target)\n"
    text += section("deleted", items.filter { !$0.isKept })
    text += section("kept", items.filter(\.isKept))
    if !blockers.isEmpty { text += "\nin the way:\n" }
    for blocker in blockers {
      text += "  \(VisibleText.of("\(blocker.subject) \(blocker.why)"))\n    \(blocker.remedy)\n"
    }
    return text
  }

  private func section(_ title: String, _ items: [Item]) -> String {
    guard !items.isEmpty else { return "" }
    var groups: [(subject: String, items: [Item])] = []
    for item in items {
      let subject = subject(item)
      if let at = groups.firstIndex(where: { $0.subject == subject }) {
        groups[at].items.append(item)
      } else {
        groups.append((subject, [item]))
      }
    }
    var text = "\n\(title): \(items.count) \(items.count == 1 ? "resource" : "resources")\n"
    for group in groups {
      let stores = group.items.filter { Effects.stores.contains($0.type) }
      let count = group.items.count == 1 ? group.items[0].logicalId : "\(group.items.count) resources"
      text += VisibleText.of("  \(group.subject)  \(count)") + "\n"
      for store in stores {
        let fate =
          store.isKept ? "stays: \(store.physicalId)" : store.isSaved ? "a snapshot stays" : "its data is lost"
        text += VisibleText.of("      \(store.logicalId)  \(store.type)  \(fate)", indent: 6) + "\n"
      }
    }
    return text
  }

  // MARK: - Deleting

  /// Deletes the stack and follows it; the exit code.
  public func delete(_ form: ProgressForm, _ environment: [String: String] = ProjectEnvironment.ofProcess) throws
    -> Int32
  {
    guard let state, !isBlocked else { return 1 }
    let watch = Watch(aws, calls, of: deployment, stack: state.id, attaches: false, isDeletion: true)
    try watch.prepare()
    _ = try aws.answer(calls.delete(token: "composex-\(aws.clock.now)", state.id))
    let progress = console.progress(form, environment)
    switch watch.follow(progress) {
    case .done:
      progress.finish("done", nil, ["\(deployment.stackName) is deleted after \(watch.elapsed)s"], watch)
      return 0
    case .failed(let status):
      let cause = FailureCause(watch)
      let left = "\(deployment.stackName) is in \(status): composex down again says what blocks it"
      progress.finish("failed", cause, (cause?.text ?? []) + [left], watch)
      return 1
    case .detached(let why):
      let back = "  come back: composex up --attach --stack-name \(deployment.stackName)"
      progress.finish("detached", nil, (why.map { [$0] } ?? []) + ["detached: CloudFormation goes on", back], watch)
      return 130
    }
  }

  // MARK: - Calls

  private var nominal: [AWSCall] {
    let checks = deployment.outcome.stack.resources.values.flatMap { resource in
      DeletionCheck.of(resource.type).map { $0.call(resource.id) }
    }
    return [StackCalls.identity, calls.describe(), calls.resources(), calls.template()] + checks + [
      calls.delete(token: "composex-\(aws.clock.now)"), calls.events(),
    ]
  }

  /// The aws commands of a deletion, a line each. Nothing is sent.
  public var dryRun: String { Planning.shown(nominal, deployment) }
  /// The IAM policy that a deletion needs. Nothing is sent.
  public var policy: [UInt8] { JSONWriter.write(AWSPolicy.document(nominal)) }
}

extension AWSCall {
  /// Who imports a value.
  fileprivate static func imports(_ name: String) -> AWSCall {
    AWSCall("cloudformation", "list-imports").option("--export-name", name).needs("cloudformation:ListImports")
  }
}
