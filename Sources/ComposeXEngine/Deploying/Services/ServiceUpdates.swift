/// `composex restart` and `composex scale`: changes of running services that the template does not have.
public final class ServiceUpdates: DryRun {
  /// What is done to a service.
  public enum Update {
    /// New tasks take the place of the old ones.
    case restart
    /// So many tasks, by the service.
    case scale([String: Int])
  }

  private let services: StackServices
  private let names: [String]
  private let update: Update

  /// `names` are services; none is all.
  public init(_ deployment: Deployment, _ names: [String], _ update: Update) throws {
    services = StackServices(deployment)
    (self.names, self.update) = (names, update)
    for family in try services.chosen(names) { try check(family) }
  }

  /// Refuses what has no tasks of its own to count.
  private func check(_ family: StackServices.Family) throws(Finding) {
    guard case .scale(let counts) = update else { return }
    let name = family.services.first { counts[$0] != nil } ?? ""
    let place = family.definition.origin.place
    guard let service = family.service else {
      throw .error(
        at: place, "services::\(name) is a job, which runs when it is started",
        remedy: "composex run \(ShellText.word(name)) starts it, and so does a schedule of x-events")
    }
    if service.properties["SchedulingStrategy"]?.string == "DAEMON" {
      throw .error(
        at: place, "services::\(name) runs once on each instance, and has no number of tasks", remedy: "leave it out")
    }
    let stated = Set(family.services.compactMap { counts[$0] })
    if stated.count > 1 {
      throw .error(
        at: place, "\(family.services.joined(separator: ", ")) run in one task, and have one number",
        remedy: "name one of them")
    }
  }

  /// Sends the changes.
  ///
  /// - Returns: what was done, a line each.
  public func run() throws -> [String] {
    try services.read()
    let families = try services.chosen(names).filter { $0.service != nil }
    for family in families where family.serviceArn == nil {
      throw Finding.error(
        at: family.definition.origin.place, "services::\(family.services.first ?? "") is not in the stack yet",
        remedy: "composex up")
    }
    var lines: [String] = []
    for (family, answer) in zip(families, services.aws.runAll(families.map(call))) {
      let service = try services.finding(answer)["service"]
      let name = family.services.joined(separator: ", ")
      switch update {
      case .restart: lines.append("\(name): new tasks take the place of \(service?["runningCount"]?.int ?? 0)")
      case .scale:
        lines.append(
          "\(name): \(service?["desiredCount"]?.int ?? 0) wanted, \(service?["runningCount"]?.int ?? 0) running")
      }
    }
    return lines
  }

  private func call(_ family: StackServices.Family) -> AWSCall {
    let call = AWSCall("ecs", "update-service").option("--cluster", family.cluster)
      .option("--service", family.serviceArn ?? "").needs("ecs:UpdateService")
    switch update {
    case .restart: return call.word("--force-new-deployment")
    case .scale(let counts):
      return call.option("--desired-count", "\(family.services.lazy.compactMap { counts[$0] }.first ?? 0)")
    }
  }

  /// What is sent, with words for what is not known before.
  public func nominalCalls() throws -> [DryCall] {
    let (calls, families) = try services.nominal(names)
    return (calls + families.filter { $0.service != nil }.map(call)).map(DryCall.init)
  }
}
