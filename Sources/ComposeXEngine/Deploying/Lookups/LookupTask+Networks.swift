/// Finding networks, clusters and security groups.
extension LookupTask {
  // MARK: - Networks

  func startNetwork() {
    let vpc = lookup.node["VpcId"]
    if let vpc, Lookup.isOpen(vpc) {
      find(
        vpc, LookupCalls.network("describe-vpcs", "DescribeVpcs", LookupTag.read(vpc["Tags"])), ("Vpcs", "VpcId"), "VPC"
      ) {
        [self] ids in
        guard ids.count == 1 else {
          let place = vpc.keyPlace ?? vpc.place
          return fail(
            "x-vpc: \(ids.count) VPCs have these tags", at: place, remedy: "name the one: VpcId: \(ids[0])",
            candidates: ids)
        }
        put("VpcId", .of(ids[0]))
        askSubnets(of: ids[0])
      }
    } else {
      let id = (vpc?["Identifier"] ?? vpc?["Id"] ?? vpc?["Arn"] ?? vpc)?.string ?? ""
      guard let name = id.split(separator: "/").last.map(String.init), name.hasPrefix("vpc-") else { return }
      ask(AWSCall("ec2", "describe-vpcs").option("--vpc-ids", name).needs("ec2:DescribeVpcs")) { [self] answer in
        guard read(answer, "VPC \(name)") != nil else { return }
        put("VpcId", .of(name))
        askSubnets(of: name)
      }
    }
  }

  private func askSubnets(of vpc: String) {
    for group in lookup.groups where group != "VpcId" {
      guard let node = lookup.node[group], Lookup.isOpen(node) else { continue }
      let call = LookupCalls.network("describe-subnets", "DescribeSubnets", LookupTag.read(node["Tags"]), vpc: vpc)
      find(node, call, ("Subnets", "SubnetId"), "subnet of \(vpc)", vpc: vpc) { [self] in put(group, .of($0)) }
    }
  }

  /// The ids of what has tags, in the order of zones; none is a finding with those there are.
  private func find(
    _ node: Node, _ call: AWSCall, _ names: (list: String, id: String), _ what: String, vpc: String? = nil,
    _ then: @escaping ([String]) -> Void
  ) {
    let place = node.keyPlace ?? node.place
    func ids(_ answer: Node) -> [Node] {
      func order(_ item: Node) -> String {
        "\(item["AvailabilityZone"]?.string ?? "") \(item[names.id]?.string ?? "")"
      }
      return (answer[names.list]?.list ?? []).sorted { order($0) < order($1) }
    }
    ask(call) { [self] answer in
      guard let answer = read(answer, at: place, what) else { return }
      let found = ids(answer).compactMap { $0[names.id]?.string }
      if !found.isEmpty { return then(found) }
      let all =
        vpc == nil
        ? LookupCalls.network(call.operation, "DescribeVpcs", [])
        : LookupCalls.network(call.operation, "DescribeSubnets", [], vpc: vpc)
      ask(all) { [self] answer in
        let others = (try? answer.get()).map(ids) ?? []
        fail(
          "\(lookup.subject): no \(what) has these tags in \(target.shown)", at: place,
          remedy: "correct the tags", candidates: others.map { Self.shown($0, names.id) })
      }
    }
  }

  private static func shown(_ item: Node, _ id: String) -> String {
    let name = item["Tags"]?.list?.first { $0["Key"]?.string == "Name" }?["Value"]?.string
    return (item[id]?.string ?? "") + (name.map { " (\($0))" } ?? "")
  }

  // MARK: - Security groups and prefix lists

  /// What is found by tags or by a name, and is one.
  struct Named {
    var operation: String
    var action: String
    /// The list of the answer, the id of an item and its name.
    var list: String
    var id: String
    var name: String
    /// The filter by name.
    var filter: String
    var what: String
    var example: String

    static let groups = Named(
      operation: "describe-security-groups", action: "DescribeSecurityGroups", list: "SecurityGroups", id: "GroupId",
      name: "GroupName", filter: "group-name", what: "security group", example: "sg-0a1b2c3d4e5f")
    static let prefixLists = Named(
      operation: "describe-managed-prefix-lists", action: "DescribeManagedPrefixLists", list: "PrefixLists",
      id: "PrefixListId", name: "PrefixListName", filter: "prefix-list-name", what: "prefix list",
      example: "pl-0a1b2c3d4e5f")
  }

  func startNamed(_ kind: Named) {
    let node = lookup.node
    var tags = LookupTag.read(node["Tags"])
    let call: AWSCall
    if let name = node["Name"]?.string, tags.isEmpty {
      tags = [LookupTag(key: kind.filter, values: [name])]
      call = AWSCall("ec2", kind.operation).needs("ec2:\(kind.action)")
        .json("--filters", "filters.json", LookupTag.node(tags, "Name", "Values"))
    } else {
      call = LookupCalls.network(kind.operation, kind.action, tags)
    }
    guard !tags.isEmpty else { return }
    ask(call) { [self] answer in
      guard let list = read(answer, kind.what)?[kind.list]?.list else { return }
      if list.count == 1 { return put("Id", list[0][kind.id]) }
      let how = node["Tags"] == nil ? "with this name" : "with these tags"
      fail(
        list.isEmpty
          ? "\(lookup.subject): no \(kind.what) \(how) is in \(target.shown)"
          : "\(lookup.subject): \(list.count) \(kind.what)s are there \(how)",
        remedy: "name the one: Id: \(kind.example)",
        candidates: list.map { "\($0[kind.id]?.string ?? "") (\($0[kind.name]?.string ?? ""))" })
    }
  }

  // MARK: - Clusters

  func startCluster() {
    let node = lookup.node
    if let name = (node["Arn"] ?? node["ClusterName"])?.string ?? node.string {
      return askCluster(name)
    }
    let tags = LookupTag.read(node["Tags"])
    guard !tags.isEmpty else { return }
    ask(LookupCalls.tagged(["ecs:cluster"], tags, region: nil)) { [self] answer in
      guard let answer = read(answer, "cluster") else { return }
      let arns = (answer["ResourceTagMappingList"]?.list ?? []).compactMap { $0["ResourceARN"]?.string }
      if arns.count == 1 { return askCluster(arns[0]) }
      guard arns.isEmpty else {
        return fail(
          "x-cluster: \(arns.count) clusters have these tags",
          remedy: "name the one: Lookup: {Arn: \(arns.sorted()[0])}",
          candidates: arns)
      }
      failWithClusters("x-cluster: no cluster has these tags in \(target.shown)")
    }
  }

  private func askCluster(_ name: String) {
    let call = AWSCall("ecs", "describe-clusters").option("--clusters", name).option("--include", "SETTINGS")
      .needs("ecs:DescribeClusters")
    ask(call) { [self] answer in
      guard let list = read(answer, "cluster \(name)")?["clusters"]?.list else { return }
      guard let cluster = list.first(where: { $0["status"]?.string == "ACTIVE" }) else {
        return failWithClusters("x-cluster: no cluster \(name) is active in \(target.shown)")
      }
      put("ClusterName", cluster["clusterName"])
      if let providers = cluster["capacityProviders"]?.list, !providers.isEmpty {
        put("CapacityProviders", .of(providers.compactMap(\.string)))
      }
      let strategy = cluster["defaultCapacityProviderStrategy"]?.list ?? []
      if !strategy.isEmpty {
        put(
          "DefaultCapacityProviderStrategy",
          Node(.list(strategy.map { .object([("CapacityProvider", $0["capacityProvider"] ?? .of(""))]) }), at: .unknown)
        )
      }
      put("ContainerInsights", cluster["settings"]?.list?.first { $0["name"]?.string == "containerInsights" }?["value"])
    }
  }

  private func failWithClusters(_ message: String) {
    ask(AWSCall("ecs", "list-clusters").needs("ecs:ListClusters")) { [self] answer in
      let arns = (try? answer.get())?["clusterArns"]?.list?.compactMap(\.string) ?? []
      fail(message, remedy: "correct the Lookup", candidates: arns)
    }
  }
}
