@testable import ComposeXEngine
import Glibc
import Testing

/// The field table: no attribute of the Compose schema lacks a row, and the page that is made of it is current.
@Suite struct ComposeFieldsTests {
  /// The attributes of the Compose specification (schema of 2026-06-23), by the mapping that they stand in.
  static let specification: [(Record, String)] = [
    (Fields.root, "version name include services models networks volumes secrets configs"),
    (
      Fields.service,
      """
      annotations attach blkio_config build cap_add cap_drop cgroup cgroup_parent command configs container_name
      cpu_count cpu_percent cpu_period cpu_quota cpu_rt_period cpu_rt_runtime cpu_shares cpus cpuset
      credential_spec depends_on deploy develop device_cgroup_rules devices dns dns_opt dns_search domainname
      entrypoint env_file environment expose extends external_links extra_hosts gpus group_add healthcheck
      hostname image init ipc isolation label_file labels links logging mac_address mem_limit mem_reservation
      mem_swappiness memswap_limit models network_mode networks oom_kill_disable oom_score_adj pid pids_limit
      platform ports pre_start post_start pre_stop privileged profiles provider pull_policy pull_refresh_after
      read_only restart runtime scale secrets security_opt shm_size stdin_open stop_grace_period stop_signal
      storage_opt sysctls tmpfs tty ulimits use_api_socket user userns_mode uts volumes volumes_from working_dir
      """
    ),
    (
      Fields.build,
      """
      context dockerfile dockerfile_inline entitlements args ssh labels cache_from cache_to no_cache
      no_cache_filter additional_contexts network provenance sbom pull target shm_size extra_hosts isolation
      privileged secrets tags ulimits platforms
      """
    ),
    (
      Fields.deploy,
      "mode endpoint_mode replicas labels rollback_config update_config resources restart_policy placement"
    ),
    (Fields.healthcheck, "test interval timeout retries start_period start_interval disable"),
    (Fields.port, "name mode host_ip target published protocol app_protocol"),
    (Fields.mount, "type source target read_only consistency bind volume tmpfs image"),
    (
      Fields.networkAttachment,
      "aliases interface_name ipv4_address ipv6_address link_local_ips mac_address driver_opts priority gw_priority"
    ),
    (Fields.network, "name driver driver_opts ipam external internal enable_ipv4 enable_ipv6 attachable labels"),
    (Fields.volume, "name driver driver_opts external labels"),
    (Fields.secret, "name environment file external labels driver driver_opts template_driver"),
    (Fields.config, "name content environment file external labels template_driver"),
    (Fields.model, "name model context_size runtime_flags"),
  ]

  @Test func everyAttributeHasARow() {
    for (record, names) in Self.specification {
      let wanted = names.split { $0 == " " || $0 == "\n" }.map(String.init)
      #expect(record.attributes.map(\.name).sorted() == wanted.sorted(), "\(record.name)")
    }
    #expect(Fields.service.attributes.count == 93)
  }

  @Test func everyRowIsFoundByItsName() {
    var seen: [ObjectIdentifier: Record] = [:]
    func visit(_ record: Record) {
      guard seen.updateValue(record, forKey: ObjectIdentifier(record)) == nil else { return }
      for row in record.attributes {
        #expect(record[row.name] === row, "\(record.name).\(row.name)")
        #expect(record[row.name + "s"] == nil || record[row.name + "s"]?.name == row.name + "s")
        nested(row.shape).forEach(visit)
      }
      for name in record.required { #expect(record[name] != nil, "\(record.name).\(name)") }
      #expect(record[""] == nil)
    }
    visit(Fields.root)
    #expect(seen.count > 40)
  }

  private func nested(_ shape: Shape) -> [Record] {
    switch shape {
    case .record(let record): [record]
    case .list(let item, _), .map(let item, _), .short(_, let item), .orNull(let item): nested(item)
    default: []
    }
  }

  /// `RECORD=1 swift test --filter ComposeFieldsTests` writes the page anew.
  @Test func theSupportMatrixIsCurrent() throws {
    let path = Files.clean(#filePath + "/../../../docs/compose-support.md")
    let written = (try? Files.read(path)).map { String(decoding: $0, as: UTF8.self) } ?? ""
    let current = try SupportMatrix.text()
    if written != current, getenv("RECORD") != nil {
      try Files.write(Array(current.utf8), to: path)
    }
    #expect(written == current, "run RECORD=1 swift test --filter ComposeFieldsTests")
  }
}
