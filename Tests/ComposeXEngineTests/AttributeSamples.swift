@testable import ComposeXEngine

/// A compose file for an attribute of the field table: with it, and without it.
struct AttributeSample {
  /// The table's path of the mapping that holds the attribute, and its name.
  let path: String
  let name: String
  let value: String

  /// The file with the attribute, and without.
  var with: String { Self.file(path, fields: fields(with: true)) }
  var without: String { Self.file(path, fields: fields(with: false)) }

  init?(_ path: String, _ attribute: Attribute) {
    self.path = path
    name = attribute.name
    guard let value = Self.values["\(path).\(attribute.name)"] ?? Self.value(of: attribute.shape) else { return nil }
    self.value = value
  }

  /// The mapping in YAML's flow form: what it needs, and the attribute.
  private func fields(with isThere: Bool) -> String {
    let own = Self.alone.contains("\(path).\(name)") ? "" : Self.beside["\(path).\(name)"] ?? Self.needed[path] ?? ""
    var pairs = own.isEmpty ? [] : own.split(separator: ";").map { $0.trimmingPrefix(" ") }
    let isNeeded = pairs.contains { $0.hasPrefix("\(name):") }
    if isThere {
      pairs.removeAll { $0.hasPrefix("\(name):") }
      pairs.append("\(name): \(value)")
    } else if Self.alone.contains("\(path).\(name)"), !isNeeded {
      return (Self.needed[path] ?? "").replacing(";", with: ",")
    }
    return pairs.joined(separator: ", ")
  }

  /// The file with a mapping at `path`.
  private static func file(_ path: String, fields: String) -> String {
    var service = "image: nginx, expose: [\"80\"], networks: [back]"
    var network = ""
    var volume = ""
    var secret = "environment: S"
    var config = "content: hi"
    var top = path == "services" && fields.contains("models:") ? "name: demo\nmodels: {m: {model: x}}" : "name: demo"
    switch path {
    case "": top = fields.hasPrefix("name:") ? fields : top + "\n" + fields
    case "services": service = fields
    case "networks": network = fields
    case "volumes":
      service += ", volumes: ['v:/data']"
      volume = fields
    case "secrets":
      service += ", secrets: [s]"
      secret = fields
    case "configs":
      service += ", configs: [{source: c, target: /etc/c}]"
      config = fields
    case "services.networks": service = "image: nginx, expose: [\"80\"], networks: {back: {\(fields)}}"
    default:
      let names = path.split(separator: ".").dropFirst().map(String.init)
      service += ", " + nested(names, at: "services", fields)
    }
    return """
      \(top)
      services:
        web: {\(service)}
        other: {image: redis, environment: {URL: "http://text:80"}}
      networks: {back: {\(network)}, front: {}}
      volumes: {v: {\(volume)}, w: {}}
      secrets: {s: {\(secret)}, s2: {environment: S2}}
      configs: {c: {\(config)}, c2: {content: ho}}

      """
  }

  /// `deploy: {update_config: {...}}` down to the fields, with what each mapping on the way needs.
  private static func nested(_ names: [String], at path: String, _ fields: String) -> String {
    let name = names[0]
    let here = "\(path).\(name)"
    var inner = names.count == 1 ? fields : nested(Array(names.dropFirst()), at: here, fields)
    if names.count > 1, let beside = around["\(here).\(names[1])"] { inner = beside + ", " + inner }
    switch here {
    case "services.ports", "services.volumes", "services.secrets", "services.configs", "services.devices",
      "services.gpus", "services.deploy.resources.reservations.devices", "services.deploy.placement.preferences":
      return "\(name): [{\(inner)}]"
    case "services.depends_on": return "\(name): {other: {\(inner)}}"
    case "services.ulimits": return "\(name): {nofile: {\(inner)}}"
    default: return "\(name): {\(inner)}"
    }
  }
}

// MARK: - Values

extension AttributeSample {
  /// What a mapping cannot be without, separated by `;`.
  private static let needed = [
    "services": "image: nginx;expose: ['80'];networks: [back]",
    "services.healthcheck": "test: [CMD, ls]",
    "services.ports": "target: 80",
    "services.volumes": "type: volume;source: v;target: /data",
    "services.secrets": "source: s",
    "services.configs": "source: c;target: /etc/c",
    "services.ulimits": "soft: 1024;hard: 2048",
    "services.devices": "source: /dev/a;target: /dev/b;permissions: r",
    "services.gpus": "count: 1",
    "services.deploy.resources.reservations.devices": "capabilities: [gpu];count: 1",
    "services.depends_on": "condition: service_started",
    "secrets": "environment: S",
    "configs": "content: hi",
  ]

  /// What stands beside a mapping in the one that holds it.
  private static let around = [
    "services.volumes.bind": "type: bind, source: ./folder, target: /data",
    "services.volumes.volume": "type: volume, source: v, target: /data",
    "services.volumes.tmpfs": "type: tmpfs, target: /data",
    "services.deploy.update_config": "replicas: 4",
  ]

  /// Attributes that say something beside another one only.
  private static let beside = [
    "services.cpu_period": "image: nginx;cpu_quota: 25000",
    "services.memswap_limit": "image: nginx;mem_limit: 128m",
    "services.volumes.image": "type: image;source: x;target: /data",
    "services.gpus.device_ids": "driver: nvidia",
    "services.deploy.resources.reservations.devices.device_ids": "capabilities: [gpu]",
    "services.deploy.restart_policy.window": "condition: any",
    "services.deploy.update_config.parallelism": "order: stop-first",
    "services.network_mode": "image: nginx;network_mode: none", "services.ports": "image: nginx",
    "services.networks": "image: nginx;expose: ['80']", "services.volumes.tmpfs": "type: tmpfs;target: /data",
    "volumes.driver_opts": "driver: rexray",
  ]

  /// Attributes that exclude what the mapping needs else.
  private static let alone: Set = [
    "secrets.external", "secrets.file", "configs.external", "configs.file", "configs.environment",
  ]

  private static let values = [
    ".name": "other", ".models": "{m: {model: x}}",
    "services.build": "{context: .}", "services.cap_add": "[SYS_PTRACE]", "services.cap_drop": "[CHOWN]",
    "services.configs": "[{source: c, target: /etc/c}]", "services.cpu_period": "50000", "services.cpu_quota": "50000",
    "services.cpus": "2",
    "services.credential_spec": "{file: a.json}", "services.depends_on": "[other]", "services.deploy": "{replicas: 3}",
    "services.develop": "{watch: []}", "services.devices": "['/dev/a:/dev/b']", "services.dns": "1.1.1.1",
    "services.env_file": "[{path: none.env, required: false}]", "services.environment": "{A: b}",
    "services.expose": "['81']", "services.extends": "other", "services.extra_hosts": "{h: 1.2.3.4}",
    "services.gpus": "all", "services.healthcheck": "{test: [CMD, ls]}", "services.ipc": "host",
    "services.image": "redis", "services.label_file": "labels.env", "services.links": "[other]",
    "services.logging": "{driver: awslogs, options: {mode: non-blocking}}", "services.mem_limit": "3g",
    "services.mem_reservation": "3g", "services.memswap_limit": "256m", "services.models": "[m]",
    "services.network_mode": "host", "services.networks": "[front]", "services.pid": "host",
    "services.platform": "linux/arm64",
    "services.ports": "['8080:81']", "services.pre_start": "[{command: ls}]", "services.post_start": "[{command: ls}]",
    "services.pre_stop": "[{command: ls}]", "services.provider": "{type: x}", "services.pull_policy": "always",
    "services.restart": "on-failure", "services.secrets": "[s]", "services.security_opt": "['no-new-privileges:true']",
    "services.shm_size": "128m", "services.storage_opt": "{size: 50G}", "services.sysctls": "{net.core.somaxconn: '1'}",
    "services.tmpfs": "/run/x", "services.ulimits": "{nofile: 1024}", "services.user": "'1000'",
    "services.volumes": "['v:/data']", "services.volumes_from": "[other]", "services.container_name": "box",
    "services.blkio_config": "{weight: 300}", "services.oom_score_adj": "5",
    "services.deploy.mode": "global", "services.deploy.labels": "{a: b}",
    "services.deploy.rollback_config": "{delay: 5s}",
    "services.deploy.update_config": "{order: stop-first}", "services.deploy.resources": "{limits: {memory: 3g}}",
    "services.deploy.restart_policy": "{condition: on-failure}",
    "services.deploy.placement": "{constraints: ['node.labels.disk == ssd']}",
    "services.deploy.update_config.order": "stop-first", "services.deploy.update_config.failure_action": "continue",
    "services.deploy.update_config.parallelism": "1",
    "services.deploy.resources.limits": "{memory: 3g}", "services.deploy.resources.limits.cpus": "2",
    "services.deploy.resources.limits.memory": "3g", "services.deploy.resources.reservations": "{memory: 3g}",
    "services.deploy.resources.reservations.cpus": "2", "services.deploy.resources.reservations.memory": "3g",
    "services.deploy.resources.reservations.devices": "[{capabilities: [gpu], count: 1}]",
    "services.deploy.resources.reservations.generic_resources": "[{discrete_resource_spec: {kind: g, value: 1}}]",
    "services.deploy.resources.reservations.devices.capabilities": "[tpu]",
    "services.deploy.resources.reservations.devices.device_ids": "['0', '1']",
    "services.gpus.device_ids": "['0', '1']", "services.gpus.capabilities": "[tpu]",
    "services.deploy.restart_policy.condition": "on-failure",
    "services.deploy.placement.constraints": "['node.labels.disk == ssd']",
    "services.deploy.placement.preferences": "[{spread: node.labels.zone}]",
    "services.deploy.placement.max_replicas_per_node": "1",
    "services.deploy.placement.preferences.spread": "node.labels.zone",
    "services.depends_on.condition": "service_healthy",
    "services.healthcheck.test": "[CMD, other]", "services.healthcheck.retries": "5",
    "services.ports.name": "front", "services.ports.mode": "host", "services.ports.host_ip": "127.0.0.1",
    "services.ports.target": "81", "services.ports.protocol": "udp", "services.ports.app_protocol": "http",
    "services.volumes.type": "npipe", "services.volumes.source": "w", "services.volumes.target": "/other",
    "services.volumes.bind": "{propagation: shared}", "services.volumes.volume": "{nocopy: true}",
    "services.volumes.tmpfs": "{size: 128m}", "services.volumes.tmpfs.size": "128m",
    "services.volumes.image": "{subpath: x}",
    "services.volumes.bind.create_host_path": "false",
    "services.logging.driver": "splunk", "services.logging.options": "{mode: non-blocking}",
    "services.ulimits.soft": "512", "services.ulimits.hard": "4096",
    "services.devices.permissions": "rw",
    "services.secrets.source": "s2", "services.configs.source": "c2",
    "networks.driver": "macvlan", "networks.ipam": "{driver: default}", "networks.enable_ipv4": "false",
    "volumes.driver": "rexray", "secrets.file": "labels.env", "configs.file": "labels.env",
    "secrets.environment": "T", "configs.content": "other",
  ]

  /// A value of a shape that needs no more than its kind.
  private static func value(of shape: Shape) -> String? {
    switch shape.long {
    case .string, .pattern: "text"
    case .boolean: "true"
    case .integer: "3"
    case .number: "0.5"
    case .bytes: "64m"
    case .duration: "10s"
    case .oneOf(let words): words.last
    case .command: "[echo, hi]"
    case .healthTest: "[CMD, ls]"
    case .fileMode: "'0400'"
    case .published: "'8080'"
    case .deviceCount: "2"
    case .stringOrNumber, .stringOrBoolean: "'3'"
    case .list(let item, _): value(of: item).map { "[\($0)]" }
    case .stringOrList, .texts: "[a]"
    case .pairs, .options, .hosts: "{a: b}"
    case .map, .any, .record, .orNull, .short: nil
    }
  }
}
