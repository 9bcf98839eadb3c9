/// Makes the change set of a deployment, reads what it does, and takes it away again.
public final class Planning {
  /// What the command line says of a plan.
  public struct Options {
    /// `--parameter`, in order.
    public var parameters: [(name: String, value: String)] = []
    /// `--s3-bucket`.
    public var bucket: String?
    /// `--tag`, in order.
    public var tags: [(name: String, value: String)] = []

    /// Nothing is said.
    public init() {}
  }

  let deployment: Deployment
  let options: Options
  /// The stack before; nil when there is none.
  private(set) var state: StackState?
  /// The template before.
  private(set) var deployed: Node?
  private(set) var values: (before: [String: Node], after: [String: Node]) = ([:], [:])
  /// The change set, once it was asked for.
  private(set) var changeSet: ChangeSet?
  /// Those of nested stacks, by their ARN, and the templates before, by the stack's.
  private(set) var nested: [String: ChangeSet] = [:]
  private(set) var nestedTemplates: [String: Node] = [:]
  private(set) var keptValues: [String] = []
  private var name = ""
  private var isMade = false

  private var aws: AWSCommand { deployment.aws }
  private var calls: StackCalls { deployment.calls }

  /// Nothing is sent yet.
  public init(_ deployment: Deployment, _ options: Options = Options()) {
    (self.deployment, self.options) = (deployment, options)
  }

  var isNew: Bool { state == nil || state?.isEmpty == true }

  /// What the plan comes to: nothing to do.
  public var isEmpty: Bool { report.isEmpty }
  /// What changes, in the words of the user.
  private(set) lazy var report = ChangeGrouping(self).report

  // MARK: - Making

  /// Makes the change set and waits for what CloudFormation says of it.
  ///
  /// - Throws: a `Finding`; what was made is for `discard` to remove.
  public func prepare() throws {
    let needsBucket = SentTemplates.needBucket(deployment.templates) && options.bucket == nil
    var first = [calls.describe(), calls.template()]
    if needsBucket { first.append(TemplateBucket.lookup(calls)) }
    let answers = try deployment.begin(first)
    state = try deployment.state(answers[0])
    if let obstacle = state?.obstacle(deployment.stackName) { throw obstacle }
    if !isNew { deployed = try Self.template(answers[1], aws.connection) }
    let bucket = try self.bucket(needsBucket ? answers[2] : nil)
    let sent = SentTemplates(deployment.outcome, deployment.format, base: bucket?.address)
    let parameters = try StackParameters(
      deployment.outcome.stack.parameters, given: given, state: state, old: deployed)
    values = parameters.values(state)
    keptValues = parameters.kept
    if let bucket, !sent.files.isEmpty { _ = try aws.answer(bucket.send(sent.files, calls.partition)) }
    name = Self.changeSetName(aws.clock.now)
    isMade = true
    let answer = try aws.answer(creation(sent, parameters, name))
    try wait(answer["Id"]?.string ?? name)
    try readNested()
  }

  /// The values of parameters: those of images that were pushed, then those of the command line, which count.
  var given: [(name: String, value: String)] {
    let known = deployment.outcome.stack.parameters
    return deployment.outcome.images.parameters.filter { known[$0.name] != nil }.map { ($0.name, $0.value) }
      + options.parameters
  }

  /// `composex-2026-01-01T00-00-00Z`: letters, digits and hyphens.
  static func changeSetName(_ now: Int) -> String {
    "composex-" + AWSTime.text(now).map { $0 == ":" ? "-" : $0 }
  }

  private func bucket(_ lookup: Result<Node, AWSFailure>?) throws(Finding) -> TemplateBucket? {
    guard SentTemplates.needBucket(deployment.templates) else { return nil }
    let region = try deployment.resolvedRegion()
    if let name = options.bucket { return TemplateBucket(name: name, region: region) }
    guard let lookup, let state = try deployment.state(lookup),
      let name = state.outputs.first(where: { $0.name == TemplateBucket.output })?.value
    else { throw TemplateBucket.missing(deployment.templates.count) }
    return TemplateBucket(name: name, region: region)
  }

  /// The call that makes the change set.
  func creation(_ sent: SentTemplates, _ parameters: StackParameters?, _ name: String) -> AWSCall {
    var call = AWSCall("cloudformation", "create-change-set").needs("cloudformation:CreateChangeSet", on: calls.arn)
      .option("--stack-name", deployment.stackName).option("--change-set-name", name)
      .option("--change-set-type", isNew ? "CREATE" : "UPDATE").option("--client-token", name)
      .option("--description", "composex plan")
    call =
      sent.url.map { call.option("--template-url", $0) }
      ?? call.file("--template-body", "template.\(deployment.format.rawValue)", sent.root)
    if let parameters, !parameters.isEmpty { call = call.json("--parameters", "parameters.json", parameters.node) }
    call = call.option("--capabilities", each: sent.capabilities)
    let tags = stackTags
    if !tags.isEmpty {
      let node = Node(
        .list(tags.map { .object([("Key", .of($0.name)), ("Value", .of($0.value))]) }), at: .unknown)
      call = call.json("--tags", "tags.json", node)
    }
    return call.flag("--include-nested-stacks", deployment.templates.count > 1)
  }

  /// The tags that the stack has, and those of the command line.
  private var stackTags: [(name: String, value: String)] {
    var tags = state?.isEmpty == true ? [] : state?.tags ?? []
    for tag in options.tags {
      tags.removeAll { $0.name == tag.name }
      tags.append(tag)
    }
    return tags
  }

  private func wait(_ arn: String) throws(Finding) {
    for attempt in 0... {
      let set = ChangeSet(try aws.answer(calls.describe(changeSet: arn)))
      changeSet = set
      if !set.isPending { break }
      if Interruption.isRequested { throw Self.interrupted }
      aws.clock.wait(attempt < 5 ? 1 : attempt < 20 ? 2 : 5)
    }
    guard let set = changeSet, set.status == "FAILED", !set.isNothing else { return }
    throw failure(set.reason)
  }

  /// A change set that CloudFormation could not make.
  private func failure(_ reason: String) -> Finding {
    .error(at: .unknown, "CloudFormation cannot make the change set: \(reason)")
  }

  static let interrupted = Finding.error(at: .unknown, "interrupted")

  // MARK: - Nested stacks

  /// What changes in nested stacks: their change sets, and the templates that they have.
  private func readNested() throws(Finding) {
    var open = changeSet?.changes ?? []
    while true {
      let sets = open.compactMap { $0.nested }.filter { nested[$0] == nil }
      guard !sets.isEmpty else { break }
      let answers = aws.runAll(sets.map { calls.describe(changeSet: $0, ofNested: true) })
      open = []
      for (arn, answer) in zip(sets, answers) {
        let set = ChangeSet(try finding(answer))
        nested[arn] = set
        open += set.changes
      }
    }
    let gone = (changeSet?.changes ?? []).filter { $0.action == "Remove" && $0.type == "AWS::CloudFormation::Stack" }
      .compactMap(\.physicalId)
    let changed =
      isNew ? [] : Set(nested.values.filter { !$0.isNothing && !$0.stack.isEmpty }.map(\.stack) + gone).sorted()
    for (stack, answer) in zip(changed, aws.runAll(changed.map { calls.template($0) })) {
      nestedTemplates[stack] = (try? answer.get()).flatMap { Self.template($0) }
    }
  }

  private func finding(_ answer: Result<Node, AWSFailure>) throws(Finding) -> Node {
    do throws(AWSFailure) { return try answer.get() } catch { throw error.finding(aws.connection) }
  }

  private static func template(_ answer: Result<Node, AWSFailure>, _ connection: AWSConnection) throws(Finding) -> Node?
  {
    do throws(AWSFailure) { return template(try answer.get()) } catch { throw error.finding(connection) }
  }

  /// The template of an answer: a text, or a tree where the aws command took JSON apart.
  static func template(_ answer: Node) -> Node? {
    guard let body = answer["TemplateBody"] else { return nil }
    return body.string.map { TemplateSource.read($0) } ?? body
  }

  // MARK: - Removing

  /// The change set was executed: there is nothing to remove.
  func wasExecuted() { isMade = false }

  /// Whether the template, a parameter or a tag is another than what was deployed: without asking for a change set.
  public func differs() throws(Finding) -> Bool {
    let answers = try deployment.begin([calls.describe(), calls.template()])
    guard let state = try deployment.state(answers[0]), state.obstacle(deployment.stackName) == nil, !state.isEmpty,
      let body = (try? answers[1].get())?["TemplateBody"]?.string,
      !SentTemplates.needBucket(deployment.templates), Array(body.utf8) == deployment.templates[0].bytes
    else { return true }
    self.state = state
    let parameters = try StackParameters(
      deployment.outcome.stack.parameters, given: given, state: state, old: TemplateSource.read(body))
    return parameters.differ(state)
      || options.tags.contains { tag in
        !state.tags.contains { $0.name == tag.name && $0.value == tag.value }
      }
  }

  /// Removes the change set, and the stack that is nothing but its name.
  public func discard() {
    guard isMade else { return }
    isMade = false
    Interruption.postponed { remove() }
  }

  private func remove() {
    _ = try? aws.run(calls.delete(changeSet: changeSet?.arn ?? name))
    guard isNew else { return }
    // Others may have made change sets of their own for it.
    guard let answer = try? aws.run(calls.changeSets), answer["Summaries"]?.list?.isEmpty != false,
      let now = (try? aws.run(calls.describe())).flatMap(StackState.init), now.isEmpty
    else { return }
    _ = try? aws.run(calls.delete(token: name))
  }
}

extension Deployment {
  /// The region, asked of the aws command where nothing else says it.
  func resolvedRegion() throws(Finding) -> String? {
    if let region { return region }
    let call = AWSCall("configure", "get").word("region").withLine
    guard let answer = (try? aws.run(call))?.string, !answer.isEmpty else { return nil }
    calls.region = answer
    return answer
  }
}
