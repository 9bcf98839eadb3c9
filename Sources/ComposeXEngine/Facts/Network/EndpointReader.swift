/// Finds what has addresses in the network.
struct EndpointReader {
  let template: FactTemplate
  let ports: ServicePorts
  let routes: Routes

  func read() -> [Endpoint] {
    services() + scheduled() + template.all("AWS::ElasticLoadBalancingV2::LoadBalancer").map(balancer) + stores()
      + instances()
  }

  // MARK: - Services

  private func services() -> [Endpoint] {
    template.all("AWS::ECS::Service").map { service in
      let task = definition(of: service)
      let mode = task?.text("NetworkMode") ?? "bridge"
      var endpoint = Endpoint(
        subjects: service.subjects, key: service.key, kind: .service, groups: [], subnets: [], isPublic: .no,
        evidence: service.evidence("", nil))
      if mode == "awsvpc" || service.properties["NetworkConfiguration"] != nil {
        let network = ["NetworkConfiguration", "AwsvpcConfiguration"]
        endpoint.groups = service.groups(network + ["SecurityGroups"])
        endpoint.subnets = service.groups(network + ["Subnets"])
        let assigns = service.text("NetworkConfiguration", "AwsvpcConfiguration", "AssignPublicIp") == "ENABLED"
        endpoint.isPublic = assigns ? routes.isPublic(endpoint.subnets) : .no
        endpoint.containers = containers(task, service, onHost: false)
      } else {
        let hosts = instances()
        endpoint.groups = Self.unique(hosts.flatMap(\.groups))
        endpoint.subnets = Self.unique(hosts.flatMap(\.subnets))
        endpoint.isPublic = hosts.map(\.isPublic).max() ?? .maybe
        endpoint.containers = containers(task, service, onHost: true)
        // Others listen on the same host: only these ports are its own.
        endpoint.listening = Self.unique(endpoint.containers.map(\.listening))
      }
      return endpoint
    }
  }

  /// Families that rules and schedules start: tasks without a service.
  private func scheduled() -> [Endpoint] {
    let places = [
      ("AWS::Events::Rule", ["Targets", "EcsParameters"], "AwsVpcConfiguration"),
      ("AWS::Scheduler::Schedule", ["Target", "EcsParameters"], "AwsvpcConfiguration"),
    ]
    return places.flatMap { type, path, network in
      template.all(type).flatMap { rule in
        rule.items(path).compactMap { item -> Endpoint? in
          let key = GroupRules.group(FactValues.text(item.node["TaskDefinitionArn"], item.scope) ?? "")
          guard let task = template.byKey[key] else { return nil }
          let place = item.node["NetworkConfiguration"]?[network]
          let subnets = FactValues.texts(place?["Subnets"], item.scope).map(GroupRules.group)
          let assigns = FactValues.text(place?["AssignPublicIp"], item.scope) == "ENABLED"
          return Endpoint(
            subjects: task.subjects, key: task.key, kind: .service,
            groups: FactValues.texts(place?["SecurityGroups"], item.scope).map(GroupRules.group), subnets: subnets,
            isPublic: assigns ? routes.isPublic(subnets) : .no, containers: containers(task, task, onHost: false),
            evidence: rule.evidence(path.joined(separator: "."), item.node))
        }
      }
    }
  }

  private func definition(of service: FactResource) -> FactResource? {
    guard let text = service.text("TaskDefinition"), text.hasPrefix("<") else { return nil }
    return template.byKey[String(text.dropFirst().prefix { $0 != ">" && $0 != "." })]
  }

  private func containers(
    _ task: FactResource?, _ service: FactResource, onHost: Bool
  ) -> [(subject: String, listening: Endpoint.Listening)] {
    guard let task else { return [] }
    let isHost = task.text("NetworkMode") == "host"
    return task.items(["ContainerDefinitions"]).flatMap { container -> [(String, Endpoint.Listening)] in
      let name = "services::\(FactValues.text(container.node["Name"], container.scope) ?? "")"
      let subject = service.subjects.contains(name) ? name : service.subject
      return FactValues.items(container.node["PortMappings"], container.scope).compactMap { mapping in
        func text(_ name: String) -> String? { FactValues.text(mapping.node[name], mapping.scope) }
        let transport = text("Protocol") ?? "tcp"
        let inner =
          text("ContainerPort").flatMap { Int($0) }.map { PortRange($0) }
          ?? text("ContainerPortRange").flatMap { PortRange($0) }
        guard let inner else { return nil }
        if !onHost || isHost { return (subject, Endpoint.Listening(transport: transport, ports: inner)) }
        let outer = text("HostPort").flatMap { Int($0) } ?? 0
        // Port 0 of the host is one of those that the kernel hands out.
        // https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_PortMapping.html (read 2026-11-29)
        let range = outer == 0 ? PortRange(lower: 32768, upper: 65535) : PortRange(outer)
        return (subject, Endpoint.Listening(transport: transport, ports: range))
      }
    }
  }

  // MARK: - Load balancers

  private func balancer(_ balancer: FactResource) -> Endpoint {
    let subnets = balancer.groups(["Subnets"]) + balancer.groups(["SubnetMappings", "SubnetId"])
    let isInternal = balancer.text("Scheme") == "internal"
    let listeners = template.all("AWS::ElasticLoadBalancingV2::Listener").filter {
      GroupRules.group($0.text("LoadBalancerArn") ?? "") == balancer.key
    }
    let listening = listeners.flatMap { listener -> [Endpoint.Listening] in
      guard let port = listener.text("Port").flatMap({ Int($0) }) else { return [] }
      return Balancers.transports(listener).map { Endpoint.Listening(transport: $0, ports: PortRange(port)) }
    }
    let groups = balancer.groups(["SecurityGroups"])
    return Endpoint(
      subjects: [balancer.subject], key: balancer.key, kind: .balancer, groups: groups, subnets: subnets,
      isPublic: isInternal ? .no : .yes, listening: listening,
      isOpen: groups.isEmpty && balancer.text("Type") == "network",
      evidence: balancer.evidence("Scheme", balancer.properties["Scheme"]))
  }

  // MARK: - Stores

  /// Types that have addresses in the network: where their groups stand, their subnets, and what makes them public.
  ///
  /// The pages of the types in https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/ (read 2026-11-29)
  private static let types: [(type: String, groups: [String], subnets: [String], isPublic: String?)] = [
    ("AWS::RDS::DBInstance", ["VPCSecurityGroups"], ["DBSubnetGroupName"], "PubliclyAccessible"),
    ("AWS::RDS::DBCluster", ["VpcSecurityGroupIds"], ["DBSubnetGroupName"], "PubliclyAccessible"),
    ("AWS::RDS::DBProxy", ["VpcSecurityGroupIds"], ["VpcSubnetIds"], nil),
    ("AWS::DocDB::DBCluster", ["VpcSecurityGroupIds"], ["DBSubnetGroupName"], nil),
    ("AWS::Neptune::DBCluster", ["VpcSecurityGroupIds"], ["DBSubnetGroupName"], nil),
    ("AWS::Redshift::Cluster", ["VpcSecurityGroupIds"], ["ClusterSubnetGroupName"], "PubliclyAccessible"),
    ("AWS::ElastiCache::CacheCluster", ["VpcSecurityGroupIds"], ["CacheSubnetGroupName"], nil),
    ("AWS::ElastiCache::ReplicationGroup", ["SecurityGroupIds"], ["CacheSubnetGroupName"], nil),
    ("AWS::ElastiCache::ServerlessCache", ["SecurityGroupIds"], ["SubnetIds"], nil),
    ("AWS::MemoryDB::Cluster", ["SecurityGroupIds"], ["SubnetGroupName"], nil),
    ("AWS::EFS::MountTarget", ["SecurityGroups"], ["SubnetId"], nil),
    ("AWS::AmazonMQ::Broker", ["SecurityGroups"], ["SubnetIds"], "PubliclyAccessible"),
    ("AWS::MSK::Cluster", ["BrokerNodeGroupInfo", "SecurityGroups"], ["BrokerNodeGroupInfo", "ClientSubnets"], nil),
    ("AWS::MSK::ServerlessCluster", ["VpcConfigs", "SecurityGroups"], ["VpcConfigs", "SubnetIds"], nil),
    ("AWS::OpenSearchService::Domain", ["VPCOptions", "SecurityGroupIds"], ["VPCOptions", "SubnetIds"], nil),
    ("AWS::OpenSearchServerless::VpcEndpoint", ["SecurityGroupIds"], ["SubnetIds"], nil),
    ("AWS::EC2::VPCEndpoint", ["SecurityGroupIds"], ["SubnetIds"], nil),
    ("AWS::Lambda::Function", ["VpcConfig", "SecurityGroupIds"], ["VpcConfig", "SubnetIds"], nil),
  ]

  private func stores() -> [Endpoint] {
    Self.types.flatMap { type, groups, subnets, isPublic in
      template.all(type).compactMap { store -> Endpoint? in
        let own = store.groups(groups)
        // A member of a cluster has the groups of the cluster.
        if own.isEmpty, type == "AWS::RDS::DBInstance", store.properties["DBClusterIdentifier"] != nil { return nil }
        let isOutside = type == "AWS::OpenSearchService::Domain" && store.properties["VPCOptions"] == nil
        if own.isEmpty, !isOutside { return nil }
        let flag = isPublic.flatMap { store.flag($0) } ?? false
        var endpoint = Endpoint(
          subjects: [store.subject], key: store.key, kind: .store, groups: own,
          subnets: routes.subnets(of: store.groups(subnets)), isPublic: .no, listening: listening(store),
          evidence: store.evidence(isPublic ?? "", isPublic.flatMap { store.properties[$0] }))
        endpoint.isPublic = isOutside ? .yes : flag ? routes.isPublic(endpoint.subnets) : .no
        endpoint.isOpen = isOutside
        return endpoint
      }
    }
  }

  private func listening(_ store: FactResource) -> [Endpoint.Listening]? {
    switch store.type {
    case "AWS::OpenSearchService::Domain", "AWS::OpenSearchServerless::VpcEndpoint":
      return [443, 80].prefix(store.type.contains("Serverless") ? 1 : 2).map {
        Endpoint.Listening(transport: "tcp", ports: PortRange($0))
      }
    case "AWS::Lambda::Function": return []
    default: return ports.port(of: store).map { [Endpoint.Listening(transport: "tcp", ports: PortRange($0))] }
    }
  }

  // MARK: - Instances

  private func instances() -> [Endpoint] {
    var found: [Endpoint] = []
    for template in template.all("AWS::EC2::LaunchTemplate") {
      let groups =
        template.groups(["LaunchTemplateData", "SecurityGroupIds"])
        + template.groups(["LaunchTemplateData", "NetworkInterfaces", "Groups"])
      let assigns = template.items(["LaunchTemplateData", "NetworkInterfaces", "AssociatePublicIpAddress"]).first
      let subnets = self.template.all("AWS::AutoScaling::AutoScalingGroup").flatMap { $0.groups(["VPCZoneIdentifier"]) }
      let flag = assigns.flatMap { FactValues.text($0.node, $0.scope) }.map { $0.lowercased() == "true" }
      found.append(instance(template, groups, subnets, flag))
    }
    for instance in template.all("AWS::EC2::Instance") {
      let groups = instance.groups(["SecurityGroupIds"]) + instance.groups(["NetworkInterfaces", "GroupSet"])
      found.append(self.instance(instance, groups, instance.groups(["SubnetId"]), nil))
    }
    return found
  }

  private func instance(_ resource: FactResource, _ groups: [String], _ subnets: [String], _ assigns: Bool?) -> Endpoint
  {
    let isPublic =
      assigns == false ? Certainty.no : min(routes.isPublic(subnets), assigns == true ? .yes : routes.assigns(subnets))
    return Endpoint(
      subjects: [resource.subject], key: resource.key, kind: .instance, groups: groups, subnets: subnets,
      isPublic: isPublic, evidence: resource.evidence("", nil))
  }

  private static func unique<Item: Hashable>(_ items: [Item]) -> [Item] {
    var seen: Set<Item> = []
    return items.filter { seen.insert($0).inserted }
  }
}

extension FactResource {
  /// The keys of what the texts at a path refer to.
  fileprivate func groups(_ path: [String]) -> [String] {
    items(path).map { GroupRules.group(FactValues.text($0.node, $0.scope) ?? "") }
  }
}
