/// The templates that a stack has, and the values of its parameters: asked without a change set.
public struct DeployedTemplates {
  private let deployment: Deployment

  /// Nothing is sent yet.
  public init(_ deployment: Deployment) { self.deployment = deployment }

  private var calls: StackCalls { deployment.calls }

  /// What is deployed, and the project with the values that its parameters would get.
  ///
  /// - Throws: a `Finding` when AWS cannot be asked.
  public func sides() throws(Finding) -> (deployed: ComparedTemplates, project: ComparedTemplates) {
    var project = ComparedTemplates(deployment.outcome, named: "working tree")
    let answers = try deployment.begin([calls.describe(), calls.template()])
    let state = try deployment.state(answers[0])
    guard let state, !state.isEmpty, let root = try template(answers[1]) else {
      return (ComparedTemplates(nothingIn: "deployed"), project)
    }
    var deployed = ComparedTemplates(root, nested: try nested(root), named: "deployed")
    if let parameters = try? StackParameters(
      deployment.outcome.stack.parameters, given: [], state: state, old: root)
    {
      project.givenValues = parameters.values(state).after
    }
    deployed.givenValues = state.parameters.mapValues { .of($0) }
    return (deployed, project)
  }

  /// The templates of nested stacks, by the ids of their resources.
  private func nested(_ root: Node) throws(Finding) -> [(stack: String, tree: Node)] {
    let ids = (root["Resources"]?.fields ?? [:]).filter { $0.value["Type"]?.string == "AWS::CloudFormation::Stack" }
      .keys
    if ids.isEmpty { return [] }
    var physical: [String: String] = [:]
    for resource in try deployment.aws.answer(calls.resources())["StackResourceSummaries"]?.list ?? [] {
      if let id = resource["LogicalResourceId"]?.string { physical[id] = resource["PhysicalResourceId"]?.string }
    }
    let asked = ids.compactMap { id in physical[id].map { (id: id, arn: $0) } }
    var found: [(stack: String, tree: Node)] = []
    for (stack, answer) in zip(asked, deployment.aws.runAll(asked.map { calls.template($0.arn) })) {
      if let tree = try template(answer) { found.append((stack.id, tree)) }
    }
    return found
  }

  private func template(_ answer: Result<Node, AWSFailure>) throws(Finding) -> Node? {
    do throws(AWSFailure) { return Planning.template(try answer.get()) } catch {
      throw error.finding(deployment.aws.connection)
    }
  }

  // MARK: - Without asking

  private var planned: [AWSCall] {
    let first = [StackCalls.identity, calls.describe(), calls.template()]
    return deployment.outcome.parts == nil ? first : first + [calls.resources()]
  }

  /// The aws commands, a line each. Nothing is sent.
  public var dryRun: String { Planning.shown(planned, deployment) }

  /// The IAM policy that they need. Nothing is sent.
  public var policy: [UInt8] { JSONWriter.write(AWSPolicy.document(planned)) }
}
