/// The field table, part 3: what stands inside a service.
extension Fields {
  static let build = Record(
    "build",
    [
      Attribute("context", .string, path: .context, fallback: .string(".")),
      Attribute("dockerfile", .string),
      Attribute("dockerfile_inline", .string),
      Attribute("entitlements", .list(.string)),
      Attribute("args", .pairs(nullable: true), merge: .sequence, unique: .key),
      Attribute("ssh", .short(.ssh, .map(.orNull(.string))), path: .host),
      Attribute("labels", .pairs(), merge: .sequence, unique: .key),
      Attribute("cache_from", .list(.string)),
      Attribute("cache_to", .list(.string)),
      Attribute("no_cache", .boolean()),
      Attribute("no_cache_filter", .stringOrList),
      Attribute("additional_contexts", .pairs(), merge: .sequence, unique: .key, path: .context),
      Attribute("network", .string),
      Attribute("provenance", .stringOrBoolean),
      Attribute("sbom", .stringOrBoolean),
      Attribute("pull", .boolean()),
      Attribute("target", .string),
      Attribute("shm_size", .bytes()),
      Attribute("extra_hosts", .hosts, merge: .hosts),
      Attribute("isolation", .string),
      Attribute("privileged", .boolean()),
      Attribute("secrets", .list(.short(.fileMount, .record(fileMount)))),
      Attribute("tags", .list(.string, distinct: true), unique: .key),
      Attribute("ulimits", .map(.short(.ulimit, .record(ulimit)))),
      Attribute("platforms", .list(.string, distinct: true)),
    ])

  static let healthcheck = Record(
    "healthcheck",
    [
      Attribute("test", .healthTest, merge: .replace),
      Attribute("interval", .duration),
      Attribute("timeout", .duration),
      Attribute("retries", .integer()),
      Attribute("start_period", .duration),
      Attribute("start_interval", .duration),
      Attribute("disable", .boolean()),
    ])

  static let port = Record(
    "port",
    [
      Attribute("name", .string),
      Attribute("mode", .string, fallback: .string("ingress")),
      Attribute("host_ip", .string),
      Attribute("target", .integer()),
      Attribute("published", .published),
      Attribute("protocol", .string, fallback: .string("tcp")),
      Attribute("app_protocol", .string),
    ])

  static let mount = Record(
    "mount", required: ["type"],
    [
      Attribute("type", .oneOf(["bind", "volume", "tmpfs", "cluster", "npipe", "image"])),
      Attribute("source", .string),
      Attribute("target", .string),
      Attribute("read_only", .boolean()),
      Attribute("consistency", .string),
      Attribute("bind", .record(bindOptions)),
      Attribute("volume", .record(volumeOptions)),
      Attribute("tmpfs", .record(tmpfsOptions)),
      Attribute("image", .record(imageOptions)),
    ])

  static let networkAttachment = Record(
    "network attachment",
    [
      Attribute("aliases", .list(.string, distinct: true), unique: .key),
      Attribute("interface_name", .string),
      Attribute("ipv4_address", .string),
      Attribute("ipv6_address", .string),
      Attribute("link_local_ips", .list(.string, distinct: true), unique: .key),
      Attribute("mac_address", .string),
      Attribute("driver_opts", .options),
      Attribute("priority", .number(quoted: false)),
      Attribute("gw_priority", .number(quoted: false)),
    ])

  static let bindOptions = Record(
    "bind",
    [
      Attribute("propagation", .string),
      Attribute("create_host_path", .boolean(), fallback: .bool(true)),
      Attribute("recursive", .oneOf(["enabled", "disabled", "writable", "readonly"])),
      Attribute("selinux", .oneOf(["z", "Z"])),
    ])

  static let volumeOptions = Record(
    "volume",
    [
      Attribute("labels", .pairs()),
      Attribute("nocopy", .boolean()),
      Attribute("subpath", .string),
    ])

  static let tmpfsOptions = Record(
    "tmpfs",
    [
      Attribute("size", .bytes()),
      Attribute("mode", .integer()),
    ])

  static let imageOptions = Record("image", [Attribute("subpath", .string)])
}
