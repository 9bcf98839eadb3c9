/// The field table, part 4: `deploy` and what it holds.
extension Fields {
  static let deploy = Record(
    "deploy",
    [
      Attribute("mode", .string, .map, "global -> SchedulingStrategy DAEMON (EC2); jobs -> no Service (RunTask)"),
      Attribute("endpoint_mode", .string, .map, "vip -> Service Connect; dnsrr -> Cloud Map A records"),
      Attribute("replicas", .integer(), .map, "DesiredCount"),
      Attribute("labels", .pairs(), merge: .sequence, unique: .key, .map, "Service/Stack Tags"),
      Attribute("rollback_config", .record(update), .warn, "circuit breaker has no separate rollback pacing"),
      Attribute(
        "update_config", .record(update), .map,
        "DeploymentConfiguration: parallelism/order -> min/max percent; failure_action rollback -> circuit breaker + rollback; monitor -> bake time"
      ),
      Attribute(
        "resources", .record(resources), .map,
        "limits.cpus/memory -> Cpu, Memory; reservations -> MemoryReservation; devices -> GPU"),
      Attribute(
        "restart_policy", .record(restartPolicy), .map,
        "RestartPolicy (condition none -> not essential / one-off)"),
      Attribute(
        "placement", .record(placement), .cond,
        "PlacementConstraints / PlacementStrategies (EC2); 1 per node -> distinctInstance"),
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
      Attribute(
        "generic_resources", .list(.record(genericResource)), .warn, "no counterpart; GPUs belong into devices"),
      Attribute("devices", .list(.record(deviceRequest)), .cond, "GPU resource requirements, EC2 only"),
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
