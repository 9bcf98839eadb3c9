import Testing

@testable import ComposeXEngine

/// Deployments are watched with fewer calls the longer they take.
@Suite struct WatchTests {
  @Test func anHourCostsSomeHundredCalls() {
    var (seconds, polls) = (0, 0)
    while seconds < 3600 {
      seconds += Watch.interval(seconds)
      polls += 1
    }
    // Each asks for events, and for services.
    #expect(polls * 2 < 500)
  }

  @Test func intervalsNeverBecomeShorter() {
    let intervals = stride(from: 0, to: 7200, by: 10).map(Watch.interval)
    #expect(zip(intervals, intervals.dropFirst()).allSatisfy { $0 <= $1 })
  }

  private func event(_ status: String, _ reason: String = "", type: String = "AWS::SQS::Queue") -> StackEvent {
    StackEvent(
      .object([
        ("StackId", .of("arn:s")), ("PhysicalResourceId", .of("q")), ("ResourceType", .of(type)),
        ("ResourceStatus", .of(status)), ("ResourceStatusReason", .of(reason)),
        ("Timestamp", .of("2026-01-01T00:00:00Z")),
      ]))
  }

  @Test func whatIsCancelledIsNoCause() {
    #expect(event("CREATE_FAILED", "Resource creation cancelled").isConsequence)
    #expect(event("CREATE_FAILED", "Embedded stack failed", type: "AWS::CloudFormation::Stack").isConsequence)
    #expect(!event("CREATE_FAILED", "Access denied").isConsequence)
  }

  @Test(arguments: [
    ("arn:aws:ecs:eu-west-1:123456789012:service/shop/web", "shop"), ("arn:aws:ecs:eu-west-1:1:service/web", "default"),
  ])
  func clusters(_ arn: String, _ cluster: String) { #expect(ServiceState.cluster(of: arn) == cluster) }

  @Test func tenServicesInACall() {
    let arns = (0..<23).map { "arn:aws:ecs:r:1:service/a/s\($0)" } + ["arn:aws:ecs:r:1:service/b/s"]
    #expect(ServiceState.calls(arns).count == 4)
  }
}
