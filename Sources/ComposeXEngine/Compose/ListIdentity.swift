/// What makes two items of a list below an `x-` key one and the same, so that a later file can change an item of an earlier one.
///
/// Compose's own lists have their rules (`Merge`); a list that is in no row here is appended to, as Compose does with what it does not
/// know. A row is about the name of the list, wherever it stands below an `x-` key: CloudFormation's lists keep their names.
enum ListIdentity {
  /// The fields that tell items apart, the most telling ones first: items are one by the first of them that both have and that no
  /// other item of the two lists shares. Equal strings are always one, and a string is the item whose first field it is.
  static func fields(of list: String) -> [[String]]? { rows[list] }

  private static let rows: [String: [[String]]] = {
    var rows: [String: [[String]]] = [:]
    for (names, fields) in table {
      for name in names { rows[name] = fields }
    }
    return rows
  }()

  /// Every list with a row, and its fields.
  static var all: [(list: String, fields: [[String]])] {
    table.flatMap { names, fields in names.map { ($0, fields) } }
  }

  private static let tags = ["Tags", "x-tags", "FileSystemTags", "AccessPointTags", "HostedZoneTags"]

  /// A list of tags may be written as a mapping, too.
  static func isTags(_ list: String) -> Bool { tags.contains(list) }

  private static let table: [([String], [[String]])] = [
    // Names and values.
    (tags, [["Key"]]),
    (["LoadBalancerAttributes", "TargetGroupAttributes", "ListenerAttributes"], [["Key"]]),
    (["Environment", "EnvironmentFiles", "Dimensions", "SystemControls", "Ulimits"], [["Name"]]),
    // Load balancers.
    (["Listeners"], [["Port"]]),
    (["Targets"], [["Id"], ["name", "access"], ["name"], ["Name"]]),
    (["TargetGroups"], [["TargetGroupArn"]]),
    (["Conditions"], [["Field"]]),
    (["DnsAliases"], [["Route53Zone"]]),
    (["Certificates"], [["CertificateArn"], ["Arn"], ["x-acm"]]),
    // Services and networks.
    (["Services"], [["Name", "Port"], ["Name"], ["name"]]),
    (["Ingress", "Egress", "ExtSources", "AwsSources"], [["Name"], ["Id"], ["IPv4"], ["IPv6"], ["PrefixList"]]),
    (["AwsServices"], [["service"]]),
    (["CapacityProviderStrategy", "DefaultCapacityProviderStrategy"], [["CapacityProvider"]]),
    // What may be done, and when.
    (["Policies"], [["PolicyName"]]),
    (["Statement"], [["Sid"]]),
    (["ScheduledActions"], [["ScheduledActionName"]]),
    (["LifecycleHooks"], [["HookTargetArn"]]),
    (["accept"], [["code", "at"], ["code"]]),
    (["LifecycleHookSpecificationList"], [["LifecycleHookName"]]),
    // Secrets and logs.
    (["JsonKeys"], [["SecretKey", "VarName"], ["VarName"], ["SecretKey"]]),
    (["Secrets"], [["Name"]]),
    (["SecretOptions"], [["Name"]]),
    (["ComposeXManagedAwsDestinations"], [["log_group_name"], ["delivery_stream"], ["bucket"], ["log_key"]]),
    (["CustomRules"], [["ExporterPath", "ExporterPort"], ["ExporterPort"]]),
    (["LogDeliveryConfigurations"], [["LogType"]]),
    // Names in the world.
    (["Records"], [["Name", "Type", "SetIdentifier"], ["Name", "Type"]]),
    (["DomainValidationOptions"], [["DomainName"]]),
    (["Subscription"], [["Protocol", "Endpoint"], ["Endpoint"]]),
    // Stores.
    (["AttributeDefinitions"], [["AttributeName"]]),
    (["KeySchema"], [["KeyType"]]),
    (["GlobalSecondaryIndexes", "LocalSecondaryIndexes"], [["IndexName"]]),
    (["Replicas"], [["Region"]]),
    (["Rules", "CorsRules"], [["Id"], ["Name"]]),
    (["OptionConfigurations"], [["OptionName"]]),
    (["Users"], [["Username"]]),
    (["Schema"], [["Name"]]),
    // Tasks and instances.
    (["ContainerDefinitions", "Volumes"], [["Name"]]),
    (["MountPoints"], [["ContainerPath"]]),
    (["PortMappings"], [["ContainerPort", "Protocol"], ["ContainerPort"]]),
    (["BlockDeviceMappings"], [["DeviceName"]]),
    (["Overrides"], [["InstanceType"]]),
    (["TagSpecifications"], [["ResourceType"]]),
    (["Metrics", "MetricDataQueries"], [["Id"]]),
    // Sets of names.
    (
      [
        "ManagedPolicyArns", "SecurityGroups", "AdditionalSecurityGroups", "CapacityProviders", "LinksTo",
        "DomainNames",
        "SubjectAlternativeNames", "LoadBalancers", "AlarmNames", "EnableCloudwatchLogsExports", "SetAsParameter",
        "Ports",
        "InstanceTypes", "AlarmActions", "OKActions", "InsufficientDataActions", "Subnets", "Resources",
      ], []
    ),
  ]
}

extension ListIdentity {
  /// The places in `base`, by the places in `added`, of the items that are the same.
  static func pairs(_ base: [Node], _ added: [Node], by fields: [[String]]) -> [Int: Int] {
    var pairs: [Int: Int] = [:]
    func match(_ name: (Node) -> String?) {
      let old = unique(base, name)
      let taken = Set(pairs.values)
      for (value, index) in unique(added, name) where pairs[index] == nil {
        if let other = old[value], !taken.contains(other) { pairs[index] = other }
      }
    }
    match { $0.string }
    for names in fields {
      match { item in
        if item.fields == nil { return names.count == 1 ? item.string : nil }
        var parts: [String] = []
        for name in names {
          guard let part = item[name].flatMap(Casts.text) else { return nil }
          parts.append(part)
        }
        return parts.joined(separator: "\u{0}")
      }
    }
    return pairs
  }

  /// The place of each name that only one item has.
  private static func unique(_ items: [Node], _ name: (Node) -> String?) -> [String: Int] {
    var places: [String: Int?] = [:]
    for (index, item) in items.enumerated() {
      guard let name = name(item) else { continue }
      places[name] = places[name] == nil ? .some(index) : .some(nil)
    }
    return places.compactMapValues { $0 }
  }
}
