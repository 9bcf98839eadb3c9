/// The field table, part 2: the root of the model and the top-level resources.
extension Fields {
  static let root = Record(
    "root",
    [
      Attribute("version", .string, .skip),
      Attribute("name", .string, .map, "stack/cluster/family prefix"),
      Attribute("include", .list(.short(.include, .record(include))), merge: .consumed, .load),
      Attribute("services", .map(.record(service), named: true), .map),
      Attribute("models", .map(.record(model)), .error),
      Attribute("networks", .map(.orNull(.record(network))), .map),
      Attribute("volumes", .map(.orNull(.record(volume)), named: true), .map),
      Attribute("secrets", .map(.record(secret), named: true), .map),
      Attribute("configs", .map(.record(config), named: true), .gen),
    ])

  static let network = Record(
    "network",
    [
      Attribute("name", .string, .map, "lookup of VPC/SG/namespace when external"),
      Attribute("driver", .string, .warn),
      Attribute("driver_opts", .options, .ext),
      Attribute("ipam", .record(ipam), .ext, "VPC CIDR only when the VPC is generated"),
      Attribute("external", .short(.external, .boolean()), .map, "do not create"),
      Attribute("internal", .boolean(), .map, "no internet egress: private subnets without NAT"),
      Attribute("enable_ipv4", .boolean(), .warn),
      Attribute("enable_ipv6", .boolean(), .cond, "dual stack"),
      Attribute("attachable", .boolean(), .skip),
      Attribute("labels", .pairs(), merge: .sequence, unique: .key, .map, "Tags"),
    ])

  static let volume = Record(
    "volume",
    [
      Attribute("name", .string, .map, "EFS/EBS/FSx id when external"),
      Attribute("driver", .string, .map, "efs, ebs, rexray, local"),
      Attribute("driver_opts", .options, .map, "filesystem properties"),
      Attribute("external", .short(.external, .boolean()), .map, "do not create"),
      Attribute("labels", .pairs(), merge: .sequence, .map, "Tags"),
    ])

  static let secret = Record(
    "secret",
    [
      Attribute("name", .string, .map, "secret name or ARN when external"),
      Attribute("environment", .string, .map, "value read at load time: SecretString (no echo)"),
      Attribute("file", .string, path: .host, .map, "file content -> secret value"),
      Attribute("external", .short(.external, .boolean()), .map, "ValueFrom"),
      Attribute("labels", .pairs(), .map, "Tags"),
      Attribute("driver", .string, .ext),
      Attribute("driver_opts", .options, .ext),
      Attribute("template_driver", .string, .warn),
    ])

  static let config = Record(
    "config",
    [
      Attribute("name", .string, .map),
      Attribute("content", .string, .gen),
      Attribute("environment", .string, .gen),
      Attribute("file", .string, path: .host, .gen),
      Attribute("external", .short(.external, .boolean()), .map, "SSM parameter name"),
      Attribute("labels", .pairs(), .map, "Tags"),
      Attribute("template_driver", .string, .warn),
    ])

  static let model = Record(
    "model", required: ["model"],
    [
      Attribute("name", .string, .error),
      Attribute("model", .string, .error),
      Attribute("context_size", .integer(quoted: false), .error),
      Attribute("runtime_flags", .list(.string), .error),
    ])

  static let ipam = Record(
    "ipam",
    [
      Attribute("driver", .string),
      Attribute("config", .list(.record(ipamPool)), merge: .ipam),
      Attribute("options", .options, unique: .key),
    ])

  static let ipamPool = Record(
    "ipam config",
    [
      Attribute("subnet", .string),
      Attribute("ip_range", .string),
      Attribute("gateway", .string),
      Attribute("aux_addresses", .options),
    ])

  static let include = Record(
    "include", takesExtensions: false,
    [
      Attribute("path", .stringOrList),
      Attribute("env_file", .stringOrList),
      Attribute("project_directory", .string),
    ])
}
