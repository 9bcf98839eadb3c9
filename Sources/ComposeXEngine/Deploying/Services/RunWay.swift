/// On which capacity and in which network a task runs, as `ecs run-task` takes it.
struct RunWay {
  private var launchType: String?
  private var strategy: Node?
  private var platformVersion: String?
  private var network: Node?
  private var takesCommands = false

  /// What the cluster does by itself.
  init() {}

  /// That of a service, from the answer of `describe-services`.
  init(ofService state: Node) {
    strategy = state["capacityProviderStrategy"].flatMap { $0.list?.isEmpty == false ? $0 : nil }
    launchType = strategy == nil ? state["launchType"]?.string : nil
    // LATEST is what a task gets anyway, and instances have none.
    platformVersion = state["platformVersion"]?.string.flatMap { $0 == "LATEST" ? nil : $0 }
    network = state["networkConfiguration"]
    takesCommands = state["enableExecuteCommand"]?.bool ?? false
  }

  /// That of a job: the properties that its service would have, with what CloudFormation made in the place of references.
  ///
  /// - Throws: a `Finding` for a value that CloudFormation computes.
  init(ofJob properties: Node, _ services: StackServices, at place: Place) throws(Finding) {
    let values = try services.values()
    func list(_ node: Node?) throws(Finding) -> Node {
      var found: [String] = []
      for item in node?.list ?? (node.map { [$0] } ?? []) {
        guard let text = values.text(item) else {
          throw .error(
            at: place, "its network is computed by CloudFormation, and composex cannot tell it",
            remedy: "start it with aws ecs run-task")
        }
        found += text.split(separator: ",").map(String.init)
      }
      return .of(found)
    }
    if let items = properties["CapacityProviderStrategy"]?.list, !items.isEmpty {
      strategy = Node(
        .list(
          items.map { item in
            .object(
              (item.fields ?? [:]).map {
                ("\($0.key.prefix(1).lowercased())\($0.key.dropFirst())", values.plain($0.value))
              })
          }), at: .unknown)
    } else {
      launchType = properties["LaunchType"].flatMap(values.text)
    }
    platformVersion = properties["PlatformVersion"].flatMap(values.text)
    takesCommands = properties["EnableExecuteCommand"]?.bool ?? false
    guard let vpc = properties.at("NetworkConfiguration", "AwsvpcConfiguration") else { return }
    var fields: [(String, Node)] = [("subnets", try list(vpc["Subnets"]))]
    if vpc["SecurityGroups"] != nil { fields.append(("securityGroups", try list(vpc["SecurityGroups"]))) }
    if let address = vpc["AssignPublicIp"].flatMap(values.text) { fields.append(("assignPublicIp", .of(address))) }
    network = .object([("awsvpcConfiguration", .object(fields))])
  }

  /// With words for what is not known before.
  static func nominal(_ family: StackServices.Family) -> RunWay {
    var way = RunWay()
    guard family.definition.properties["NetworkMode"]?.string == "awsvpc" else { return way }
    way.network = .object([("awsvpcConfiguration", .object([("subnets", .of(["SUBNET"]))]))])
    return way
  }

  /// Adds what it says to a call of `run-task`.
  func add(to call: AWSCall) -> AWSCall {
    var call = call.option("--launch-type", ifAny: launchType).option("--platform-version", ifAny: platformVersion)
    if let strategy { call = call.json("--capacity-provider-strategy", "capacity.json", strategy) }
    if let network { call = call.json("--network-configuration", "network.json", network) }
    return call.flag("--enable-execute-command", takesCommands)
  }
}

/// Values of a template as CloudFormation knows them: ids of what it made, and parameters.
struct StackValues {
  let physical: [String: String]
  let parameters: [String: String]

  /// nil for what CloudFormation computes otherwise.
  func text(_ node: Node) -> String? {
    guard case .reference(let reference) = node.value else { return node.scalarText }
    // What groups, subnets and capacity providers are called is their physical id, whichever attribute asks for it.
    return physical[reference.id] ?? parameters[reference.id]
  }

  /// A number as it is, everything else as a string.
  func plain(_ node: Node) -> Node { node.int.map { .of($0) } ?? .of(text(node) ?? "") }
}

extension StackServices {
  /// What the stack made and was given.
  func values() throws(Finding) -> StackValues {
    let state = try deployment.state(aws.runAll([deployment.calls.describe()])[0])
    var parameters: [String: String] = [:]
    for (name, definition) in deployment.outcome.stack.parameters.fields ?? [:] {
      parameters[name] = state?.parameters[name] ?? definition["Default"]?.scalarText
    }
    return StackValues(physical: physical, parameters: parameters)
  }
}
