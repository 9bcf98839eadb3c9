/// The field table, part 3: what stands inside a service.
extension Fields {
  static let build = Record(
    "build",
    [
      Attribute("context", .string, path: .context, fallback: .string("."), .tool),
      Attribute("dockerfile", .string, .tool),
      Attribute("dockerfile_inline", .string, .tool),
      Attribute("entitlements", .list(.string), .tool),
      Attribute("args", .pairs(nullable: true), merge: .sequence, unique: .key, .tool),
      Attribute("ssh", .short(.ssh, .map(.orNull(.string))), path: .host, .tool),
      Attribute("labels", .pairs(), merge: .sequence, unique: .key, .tool),
      Attribute("cache_from", .list(.string), .tool),
      Attribute("cache_to", .list(.string), .tool),
      Attribute("no_cache", .boolean(), .tool),
      Attribute("no_cache_filter", .stringOrList, .tool),
      Attribute("additional_contexts", .pairs(), merge: .sequence, unique: .key, path: .context, .tool),
      Attribute("network", .string, .tool),
      Attribute("provenance", .stringOrBoolean, .tool),
      Attribute("sbom", .stringOrBoolean, .tool),
      Attribute("pull", .boolean(), .tool),
      Attribute("target", .string, .tool),
      Attribute("shm_size", .bytes(), .tool),
      Attribute("extra_hosts", .hosts, merge: .hosts, .tool),
      Attribute("isolation", .string, .tool),
      Attribute("privileged", .boolean(), .tool),
      Attribute("secrets", .list(.short(.fileMount, .record(fileMount))), .tool),
      Attribute("tags", .list(.string, distinct: true), unique: .key, .tool),
      Attribute("ulimits", .map(.short(.ulimit, .record(ulimit))), .tool),
      Attribute("platforms", .list(.string, distinct: true), .tool, "RuntimePlatform hint"),
    ])

  static let healthcheck = Record(
    "healthcheck",
    [
      Attribute("test", .healthTest, merge: .replace, .map, "HealthCheck.Command"),
      Attribute("interval", .duration, .map, "5..300 s"),
      Attribute("timeout", .duration, .map, "2..60 s"),
      Attribute("retries", .integer(), .map, "1..10"),
      Attribute("start_period", .duration, .map, "0..300 s"),
      Attribute("start_interval", .duration, .warn),
      Attribute("disable", .boolean(), .map, "no HealthCheck"),
    ])

  static let port = Record(
    "port",
    [
      Attribute("name", .string, .map, "PortMapping.Name / Service Connect port name"),
      Attribute("mode", .string, fallback: .string("ingress"), .map, "host -> no load balancer"),
      Attribute("host_ip", .string, .warn),
      Attribute("target", .integer(), .map, "ContainerPort"),
      Attribute("published", .published, .map, "listener port; HostPort on host/bridge"),
      Attribute("protocol", .string, fallback: .string("tcp"), .map, "Protocol"),
      Attribute("app_protocol", .string, .map, "AppProtocol http, http2, grpc; ALB or NLB choice"),
    ])

  static let mount = Record(
    "mount", required: ["type"],
    [
      Attribute("type", .oneOf(["bind", "volume", "tmpfs", "cluster", "npipe", "image"]), .map),
      Attribute("source", .string, .map, "Volume.Name"),
      Attribute("target", .string, .map, "MountPoint.ContainerPath"),
      Attribute("read_only", .boolean(), .map, "MountPoint.ReadOnly"),
      Attribute("consistency", .string, .skip),
      Attribute("bind", .record(bindOptions), .cond, "Host.SourcePath only"),
      Attribute("volume", .record(volumeOptions), .cond, "subpath -> EFS RootDirectory / access point"),
      Attribute("tmpfs", .record(tmpfsOptions), .cond, "Tmpfs.Size MiB"),
      Attribute("image", .record(imageOptions), .error),
    ])

  static let networkAttachment = Record(
    "network attachment",
    [
      Attribute(
        "aliases", .list(.string, distinct: true), unique: .key, .warn,
        "Service Connect gives a port one name"),
      Attribute("interface_name", .string, .warn),
      Attribute("ipv4_address", .string, .warn),
      Attribute("ipv6_address", .string, .warn),
      Attribute("link_local_ips", .list(.string, distinct: true), unique: .key, .warn),
      Attribute("mac_address", .string, .warn),
      Attribute("driver_opts", .options, .warn),
      Attribute("priority", .number(quoted: false), .skip),
      Attribute("gw_priority", .number(quoted: false), .skip),
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
