/// The subnets of the template: their addresses, and whether the internet can get there.
struct Routes {
  private let template: FactTemplate
  /// Where a subnet sends what is for the internet: `igw`, `nat`, or nothing.
  private var ways: [String: Certainty] = [:]
  private var exits: [String: Certainty] = [:]
  private var blocks: [String: AddressBlock] = [:]
  private let network: [AddressBlock]

  init(_ template: FactTemplate) {
    self.template = template
    network = template.all("AWS::EC2::VPC").compactMap { $0.text("CidrBlock").flatMap { AddressBlock($0) } }
    var tables: [String: (isPublic: Certainty, hasExit: Certainty)] = [:]
    for route in template.all("AWS::EC2::Route") {
      let destination = route.text("DestinationCidrBlock") ?? route.text("DestinationIpv6CidrBlock")
      guard destination == "0.0.0.0/0" || destination == "::/0" else { continue }
      let table = GroupRules.group(route.text("RouteTableId") ?? "")
      let gateway = route.text("GatewayId")
      let isInternet = gateway.map { name in
        template.byKey[GroupRules.group(name)]?.type == "AWS::EC2::InternetGateway" || name.hasPrefix("igw-")
      }
      let sure: Certainty = route.isConditional ? .maybe : .yes
      var entry = tables[table] ?? (.no, .no)
      if isInternet == true { entry.isPublic = max(entry.isPublic, sure) }
      entry.hasExit = max(entry.hasExit, sure)
      tables[table] = entry
    }
    for association in template.all("AWS::EC2::SubnetRouteTableAssociation") {
      let table = GroupRules.group(association.text("RouteTableId") ?? "")
      let subnet = GroupRules.group(association.text("SubnetId") ?? "")
      let isOwn = template.byKey[table] != nil
      ways[subnet] = isOwn ? tables[table]?.isPublic ?? .no : .maybe
      exits[subnet] = isOwn ? tables[table]?.hasExit ?? .no : .maybe
    }
    for subnet in template.all("AWS::EC2::Subnet") {
      blocks[subnet.key] = subnet.text("CidrBlock").flatMap { AddressBlock($0) }
      // Without a table of its own it has that of the network.
      if ways[subnet.key] == nil { (ways[subnet.key], exits[subnet.key]) = (.maybe, .maybe) }
    }
  }

  /// Whether a public address in any of these subnets is one that the internet reaches.
  func isPublic(_ subnets: [String]) -> Certainty { Self.best(subnets, ways) }

  /// Whether what is in these subnets gets out to the internet, by a gateway or a NAT.
  func hasExit(_ subnets: [String]) -> Certainty { Self.best(subnets, exits) }

  private static func best(_ subnets: [String], _ known: [String: Certainty]) -> Certainty {
    subnets.map { known[$0] ?? .maybe }.max() ?? .maybe
  }

  /// Whether these subnets give an instance a public address.
  func assigns(_ subnets: [String]) -> Certainty {
    subnets.map { key in
      guard let subnet = template.byKey[key], subnet.type == "AWS::EC2::Subnet" else { return .maybe }
      return Certainty(subnet.flag("MapPublicIpOnLaunch") ?? false)
    }.max() ?? .maybe
  }

  /// Whether an address of these subnets can be in a block.
  func overlap(_ subnets: [String], _ block: AddressBlock) -> Certainty {
    let known = subnets.compactMap { blocks[$0] }
    if known.contains(where: { block.contains($0) }) { return .yes }
    if known.contains(where: { $0.contains(block) }) { return .maybe }
    return known.count == subnets.count && !subnets.isEmpty ? .no : .maybe
  }

  /// Whether a text means all addresses of the network: its block, or the attribute that is its block.
  func isNetwork(_ text: String) -> Bool {
    if text.hasPrefix("<"), text.hasSuffix(".CidrBlock>") {
      return template.byKey[GroupRules.group(text)]?.type == "AWS::EC2::VPC"
    }
    guard let block = AddressBlock(text) else { return false }
    return network.contains { block.contains($0) && $0.contains(block) }
  }

  /// The subnets that these names stand for: those of a group of subnets, or the names themselves.
  func subnets(of names: [String]) -> [String] {
    names.flatMap { name -> [String] in
      guard let group = template.byKey[name], group.type.hasSuffix("SubnetGroup") else { return [name] }
      return group.texts("SubnetIds").map(GroupRules.group)
    }
  }
}
