extension Planning {
  /// The calls of a plan, as far as they are known before AWS was asked: for `--dry-run` and `--policy`.
  var plannedCalls: [AWSCall] { plannedCalls(bucket: "BUCKET") }

  /// `bucket` stands for the one that composex bootstrap made, whose name nobody knows yet.
  func plannedCalls(bucket unknown: String) -> [AWSCall] {
    let calls = deployment.calls
    var list = [StackCalls.identity, calls.describe(), calls.template()]
    let needsBucket = SentTemplates.needBucket(deployment.templates)
    let bucket = TemplateBucket(name: options.bucket ?? unknown, region: deployment.region)
    if needsBucket, options.bucket == nil { list.append(TemplateBucket.lookup(calls)) }
    let sent = SentTemplates(deployment.outcome, deployment.format, base: needsBucket ? bucket.address : nil)
    if needsBucket { list.append(bucket.send(sent.files, calls.partition)) }
    let name = Self.changeSetName(deployment.aws.clock.now)
    let parameters = try? StackParameters(
      deployment.outcome.stack.parameters, given: given, state: nil, old: nil)
    list.append(creation(sent, parameters, name))
    return list + [calls.describe(changeSet: name)]
  }

  /// The calls that take a plan away again.
  var discardingCalls: [AWSCall] {
    let calls = deployment.calls
    let name = Self.changeSetName(deployment.aws.clock.now)
    return [calls.delete(changeSet: name), calls.changeSets, calls.delete(token: name)]
  }

  /// The aws commands of a plan, a line each. Nothing is sent.
  public var dryRun: String { Self.shown(plannedCalls + discardingCalls, deployment) }

  /// The IAM policy that a plan needs. Nothing is sent.
  public var policy: [UInt8] {
    JSONWriter.write(AWSPolicy.document(plannedCalls(bucket: TemplateBucket.pattern) + discardingCalls))
  }

  static func shown(_ calls: [AWSCall], _ deployment: Deployment) -> String {
    calls.map { $0.shown(deployment.aws.connection) + "\n" }.joined()
  }
}

extension Planning {
  /// The plan, with a line end at its end.
  public func shown(_ format: ReportFormat) -> [UInt8] { report.shown(format) }
}
