/// The field table, part 5: the small mappings of a service.
extension Fields {
  static let dependency = Record(
    "depends_on", required: ["condition"],
    [
      Attribute("restart", .boolean()),
      Attribute("required", .boolean()),
      Attribute("condition", .oneOf(["service_started", "service_healthy", "service_completed_successfully"])),
    ])

  static let blkio = Record(
    "blkio_config", takesExtensions: false,
    [
      Attribute("device_read_bps", .list(.record(blkioLimit))),
      Attribute("device_read_iops", .list(.record(blkioLimit))),
      Attribute("device_write_bps", .list(.record(blkioLimit))),
      Attribute("device_write_iops", .list(.record(blkioLimit))),
      Attribute("weight", .integer()),
      Attribute("weight_device", .list(.record(blkioWeight))),
    ])

  static let blkioLimit = Record(
    "blkio limit", takesExtensions: false,
    [
      Attribute("path", .string),
      Attribute("rate", .bytes()),
    ])

  static let blkioWeight = Record(
    "blkio weight", takesExtensions: false,
    [
      Attribute("path", .string),
      Attribute("weight", .integer()),
    ])

  static let credentialSpec = Record(
    "credential_spec",
    [
      Attribute("config", .string),
      Attribute("file", .string),
      Attribute("registry", .string),
    ])

  static let develop = Record("develop", [Attribute("watch", .list(.record(watch)))])

  static let watch = Record(
    "watch", required: ["path", "action"],
    [
      Attribute("path", .string, path: .file),
      Attribute("action", .oneOf(["rebuild", "sync", "restart", "sync+restart", "sync+exec"])),
      Attribute("target", .string),
      Attribute("ignore", .stringOrList),
      Attribute("include", .stringOrList),
      Attribute("exec", .record(hook)),
      Attribute("initial_sync", .boolean()),
    ])

  static let hook = Record(
    "hook", required: ["command"],
    [
      Attribute("command", .command),
      Attribute("user", .string),
      Attribute("privileged", .boolean()),
      Attribute("working_dir", .string),
      Attribute("environment", .pairs(nullable: true)),
    ])

  static let preStart = Record(
    "pre_start",
    [
      Attribute("command", .command),
      Attribute("image", .string),
      Attribute("user", .string),
      Attribute("privileged", .boolean()),
      Attribute("working_dir", .string),
      Attribute("environment", .pairs(nullable: true)),
      Attribute("per_replica", .boolean()),
    ])

  static let device = Record(
    "device", required: ["source"],
    [
      Attribute("source", .string),
      Attribute("target", .string),
      Attribute("permissions", .string),
    ])

  static let envFile = Record(
    "env_file", required: ["path"], takesExtensions: false,
    [
      Attribute("path", .string, path: .file),
      Attribute("format", .string),
      Attribute("required", .boolean()),
    ])

  static let extends = Record(
    "extends", required: ["service"], takesExtensions: false,
    [
      Attribute("service", .string),
      Attribute("file", .string),
    ])

  static let fileMount = Record(
    "file mount",
    [
      Attribute("source", .string),
      Attribute("target", .string),
      Attribute("uid", .string),
      Attribute("gid", .string),
      Attribute("mode", .fileMode),
    ])

  static let secretMount = Record(
    "secret",
    [
      Attribute("source", .string),
      Attribute("target", .string, fallback: .secretTarget),
      Attribute("uid", .string),
      Attribute("gid", .string),
      Attribute("mode", .fileMode),
    ])

  static let logging = Record(
    "logging",
    [
      Attribute("driver", .string),
      Attribute("options", .options),
    ])

  static let modelAttachment = Record(
    "model",
    [
      Attribute("endpoint_var", .string),
      Attribute("model_var", .string),
    ])

  static let provider = Record(
    "provider", required: ["type"],
    [
      Attribute("type", .string),
      Attribute("options", .map(.texts)),
    ])

  static let ulimit = Record(
    "ulimit", required: ["soft", "hard"],
    [
      Attribute("soft", .integer()),
      Attribute("hard", .integer()),
    ])
}
