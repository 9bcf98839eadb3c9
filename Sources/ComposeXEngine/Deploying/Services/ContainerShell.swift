/// `composex exec`: a command in a container that runs, by the Systems Manager.
///
/// What it needs is asked first, since the answers of AWS do not say what is missing.
/// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-exec.html (read 2026-11-29)
public final class ContainerShell: DryRun {
  /// What the command line says.
  public struct Options {
    /// `--container`; nil is that of the service.
    public var container: String?
    /// `--task`: the id of a task, or its beginning.
    public var task: String?
    /// `--index`: the Nth of the tasks, the oldest first.
    public var index: Int?
    /// Whether somebody types: without, the command reads nothing, and its exit code is known.
    public var hasTerminal = true

    /// The oldest task, with a terminal.
    public init() {}
  }

  /// How it ended.
  public struct Ending {
    /// Its exit code; with a terminal that of the aws command, which knows no better.
    public var code: Int32
    /// What it wrote, where nobody typed.
    public var output: [UInt8] = []
    /// Whether it did not say how it ended.
    public var isUnknown = false
  }

  private let services: StackServices
  private let service: String
  private let command: [String]
  private let options: Options
  private let family: StackServices.Family

  /// - Throws: a `Finding` when there is no such service.
  public init(_ deployment: Deployment, _ service: String, _ command: [String], _ options: Options) throws {
    services = StackServices(deployment)
    (self.service, self.command, self.options) = (service, command, options)
    family = try services.family(service)
  }

  private var place: Place { family.definition.origin.place }
  private var container: String { options.container ?? service }

  // MARK: - Running

  /// Checks what it needs, and runs it.
  public func run() throws -> Ending {
    try checkPlugin()
    try checkRole()
    try services.read()
    let task = try chosen(try services.tasks([try services.family(service)], stopped: false)[0])
    try check(task)
    let call = self.call(
      services.families.first { $0.services.contains(service) }?.cluster ?? "", task["taskArn"]?.string ?? "")
    if options.hasTerminal { return Ending(code: try attach(call)) }
    return try captured(call)
  }

  private func attach(_ call: AWSCall) throws(Finding) -> Int32 {
    do throws(AWSFailure) { return try services.aws.attach(call) } catch {
      throw error.finding(services.aws.connection)
    }
  }

  private func captured(_ call: AWSCall) throws(Finding) -> Ending {
    let outcome: (exit: Int32, output: [UInt8])
    do throws(AWSFailure) { outcome = try services.aws.wait(for: call) } catch {
      throw error.finding(services.aws.connection)
    }
    guard let session = SessionOutput(outcome.output) else {
      return Ending(code: outcome.exit == 0 ? 1 : outcome.exit, output: outcome.output, isUnknown: true)
    }
    return Ending(code: session.code, output: session.output)
  }

  private func call(_ cluster: String, _ task: String) -> AWSCall {
    let words = command.map(ShellText.word).joined(separator: " ")
    return AWSCall("ecs", "execute-command").option("--cluster", cluster).option("--task", task)
      .option("--container", container).flag("--interactive")
      .option("--command", options.hasTerminal ? words : SessionOutput.marked(words)).needs("ecs:ExecuteCommand")
      .needs("ssm:StartSession").withoutAnswer
  }

  /// What is sent, with words for what is not known before.
  public func nominalCalls() throws -> [DryCall] {
    let (calls, families) = try services.nominal([service])
    let list = families.compactMap { StackServices.list($0, "RUNNING") }
    return (calls + list + [StackServices.describe("CLUSTER", ["TASK"]), call("CLUSTER", "TASK")]).map(DryCall.init)
  }

  // MARK: - What it needs

  private func checkPlugin() throws(Finding) {
    let folders = (services.aws.environment["PATH"] ?? "").split(separator: ":").map(String.init)
    if folders.contains(where: { Files.exists(Files.join($0, "session-manager-plugin")) }) { return }
    throw .error(
      at: .unknown, "the aws command needs the session-manager-plugin for this, and it is not in PATH",
      remedy:
        "install it: https://docs.aws.amazon.com/systems-manager/latest/userguide/session-manager-working-with-install-plugin.html"
    )
  }

  /// The role of the tasks, as far as the template says what it may do.
  private func checkRole() throws(Finding) {
    guard case .reference(let reference)? = family.definition.properties["TaskRoleArn"]?.value,
      case .resource(let target) = reference.target, let role = target as? Resource, isAsked,
      role.properties["ManagedPolicyArns"] == nil
    else { return }
    let policies = services.resources.filter {
      $0 === role || ($0.type == "AWS::IAM::Policy" && Self.names($0.properties["Roles"], role))
    }
    guard !policies.contains(where: { Self.allows($0.properties) }) else { return }
    throw .error(
      at: place, "the role \(role.id) of services::\(service) may not open a session: ssmmessages:CreateDataChannel",
      remedy: "write x-ecs: {EnableExecuteCommand: true}, which grants it, and take out what changes the role")
  }

  private var isAsked: Bool { family.service?.properties["EnableExecuteCommand"]?.bool == true }

  private static func names(_ list: Node?, _ role: Resource) -> Bool {
    (list?.list ?? []).contains {
      if case .reference(let reference) = $0.value { reference.id == role.id } else { false }
    }
  }

  /// Whether an action of it opens a channel to the Systems Manager.
  private static func allows(_ node: Node) -> Bool {
    switch node.value {
    case .string(let text): text == "*" || text.hasPrefix("ssmmessages:")
    case .list(let items): items.contains(where: allows)
    case .map(let fields): fields.contains { $0.key != "Resource" && allows($0.value) }
    default: false
    }
  }

  private func chosen(_ tasks: [Node]) throws(Finding) -> Node {
    let ids = tasks.map(ServiceStatus.id)
    let running = "there are \(ids.isEmpty ? "none" : ids.joined(separator: ", "))"
    if let prefix = options.task {
      guard let at = ids.firstIndex(where: { $0.hasPrefix(prefix.split(separator: "/").last ?? "") }) else {
        throw .error(at: place, "no task \(prefix) of services::\(service) runs", remedy: running)
      }
      return tasks[at]
    }
    if let index = options.index, !tasks.isEmpty {
      guard tasks.indices.contains(index - 1) else {
        throw .error(at: place, "services::\(service) has no task \(index)", remedy: running)
      }
      return tasks[index - 1]
    }
    guard let task = tasks.first(where: { $0["lastStatus"]?.string == "RUNNING" }) ?? tasks.first else {
      throw .error(
        at: place, "no task of services::\(service) runs",
        remedy: family.service == nil
          ? "it is a job: composex run \(ShellText.word(service))"
          : "composex ps -a says why; composex scale \(ShellText.word(service))=1 starts one")
    }
    return task
  }

  private func check(_ task: Node) throws(Finding) {
    let id = ServiceStatus.id(task)
    guard task["enableExecuteCommand"]?.bool == true else {
      var finding = Finding.error(
        at: place, "the task \(id) of services::\(service) takes no commands: it was started without them",
        remedy: isAsked ? "composex up, then composex restart \(ShellText.word(service))" : "write it, then composex up"
      )
      if !isAsked { finding.block = "services: {\(service): {x-ecs: {EnableExecuteCommand: true}}}" }
      throw finding
    }
    let containers = task["containers"]?.list ?? []
    guard let own = containers.first(where: { $0["name"]?.string == container }) else {
      throw .error(
        at: place, "the task \(id) has no container \"\(container)\"",
        remedy: NearName.remedy(container, in: containers.compactMap { $0["name"]?.string }, what: "it has"))
    }
    let agent = own["managedAgents"]?.list?.first { $0["name"]?.string == "ExecuteCommandAgent" }
    if let status = agent?["lastStatus"]?.string, status != "RUNNING" {
      let reason = agent?["reason"]?.string.map { ": \($0)" } ?? ""
      throw .error(
        at: place, "the agent for commands in the container \(container) of the task \(id) is \(status)\(reason)",
        remedy: status == "PENDING"
          ? "try again in a moment"
          : "it reaches ssmmessages by the internet or a VPC endpoint, and needs ssmmessages rights of the task role; "
            + "then composex restart \(ShellText.word(service))")
    }
  }
}
