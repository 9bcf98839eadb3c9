/// The field table, part 2: the root of the model and the top-level resources.
extension Fields {
  static let root = Record(
    "root",
    [
      Attribute("version", .string),
      Attribute("name", .string),
      Attribute("include", .list(.short(.include, .record(include))), merge: .consumed),
      Attribute("services", .map(.record(service), named: true)),
      Attribute("models", .map(.record(model))),
      Attribute("networks", .map(.orNull(.record(network)))),
      Attribute("volumes", .map(.orNull(.record(volume)), named: true)),
      Attribute("secrets", .map(.record(secret), named: true)),
      Attribute("configs", .map(.record(config), named: true)),
    ])

  static let network = Record(
    "network",
    [
      Attribute("name", .string),
      Attribute("driver", .string),
      Attribute("driver_opts", .options),
      Attribute("ipam", .record(ipam)),
      Attribute("external", .short(.external, .boolean())),
      Attribute("internal", .boolean()),
      Attribute("enable_ipv4", .boolean()),
      Attribute("enable_ipv6", .boolean()),
      Attribute("attachable", .boolean()),
      Attribute("labels", .pairs(), merge: .sequence, unique: .key),
    ])

  static let volume = Record(
    "volume",
    [
      Attribute("name", .string),
      Attribute("driver", .string),
      Attribute("driver_opts", .options),
      Attribute("external", .short(.external, .boolean())),
      Attribute("labels", .pairs(), merge: .sequence),
    ])

  static let secret = Record(
    "secret",
    [
      Attribute("name", .string),
      Attribute("environment", .string),
      Attribute("file", .string, path: .host),
      Attribute("external", .short(.external, .boolean())),
      Attribute("labels", .pairs()),
      Attribute("driver", .string),
      Attribute("driver_opts", .options),
      Attribute("template_driver", .string),
    ])

  static let config = Record(
    "config",
    [
      Attribute("name", .string),
      Attribute("content", .string),
      Attribute("environment", .string),
      Attribute("file", .string, path: .host),
      Attribute("external", .short(.external, .boolean())),
      Attribute("labels", .pairs()),
      Attribute("template_driver", .string),
    ])

  static let model = Record(
    "model", required: ["model"],
    [
      Attribute("name", .string),
      Attribute("model", .string),
      Attribute("context_size", .integer(quoted: false)),
      Attribute("runtime_flags", .list(.string)),
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
