/// The field table, part 4: `deploy` and what it holds.
extension Fields {
  static let deploy = Record(
    "deploy",
    [
      Attribute("mode", .string),
      Attribute("endpoint_mode", .string),
      Attribute("replicas", .integer()),
      Attribute("labels", .pairs(), merge: .sequence, unique: .key),
      Attribute("rollback_config", .record(update)),
      Attribute("update_config", .record(update)),
      Attribute("resources", .record(resources)),
      Attribute("restart_policy", .record(restartPolicy)),
      Attribute("placement", .record(placement)),
    ])

  static let update = Record(
    "update_config",
    [
      Attribute("parallelism", .integer()),
      Attribute("delay", .duration),
      Attribute("failure_action", .string),
      Attribute("monitor", .duration),
      Attribute("max_failure_ratio", .number()),
      Attribute("order", .oneOf(["start-first", "stop-first"])),
    ])

  static let resources = Record(
    "resources",
    [
      Attribute("limits", .record(limits)),
      Attribute("reservations", .record(reservations)),
    ])

  static let limits = Record(
    "limits",
    [
      Attribute("cpus", .number(min: 0)),
      Attribute("memory", .bytes(bare: false)),
      Attribute("pids", .integer()),
    ])

  static let reservations = Record(
    "reservations",
    [
      Attribute("cpus", .number(min: 0)),
      Attribute("memory", .bytes(bare: false)),
      Attribute("generic_resources", .list(.record(genericResource))),
      Attribute("devices", .list(.record(deviceRequest))),
    ])

  static let genericResource = Record(
    "generic_resources",
    [
      Attribute("discrete_resource_spec", .record(discreteResource))
    ])

  static let discreteResource = Record(
    "discrete_resource_spec",
    [
      Attribute("kind", .string),
      Attribute("value", .number()),
    ])

  static let deviceRequest = Record(
    "devices",
    [
      Attribute("capabilities", .list(.string, distinct: true)),
      Attribute("count", .deviceCount, fallback: .allDevices),
      Attribute("device_ids", .list(.string, distinct: true)),
      Attribute("driver", .string),
      Attribute("options", .pairs()),
    ])

  static let restartPolicy = Record(
    "restart_policy",
    [
      Attribute("condition", .string),
      Attribute("delay", .duration),
      Attribute("max_attempts", .integer()),
      Attribute("window", .duration),
    ])

  static let placement = Record(
    "placement",
    [
      Attribute("constraints", .list(.string)),
      Attribute("preferences", .list(.record(preference))),
      Attribute("max_replicas_per_node", .integer()),
    ])

  static let preference = Record("preferences", [Attribute("spread", .string)])
}
