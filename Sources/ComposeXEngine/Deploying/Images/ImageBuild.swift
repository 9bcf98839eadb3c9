/// `build:` of a service, as the builders take it.
struct ImageBuild {
  let service: String
  let context: String
  /// The one that the task of the service runs on.
  let platform: String
  private let node: Node
  private let secrets: Node?
  /// A Dockerfile that the compose file holds.
  let inline: String?
  /// Where an inline one is written.
  var inlinePath: String?

  /// nil for a service without `build`.
  ///
  /// - Throws: a `Finding` when what is built would not run.
  init?(_ name: String, _ service: Node, _ project: ComposeProject, platform: String) throws(Finding) {
    guard let build = service["build"], build.fields != nil else { return nil }
    let platforms = build["platforms"]?.list?.compactMap(\.string) ?? []
    // linux/arm64/v8 is linux/arm64.
    guard let platform = platforms.isEmpty ? platform : platforms.first(where: { Self.fits($0, platform) }) else {
      throw .error(
        at: build["platforms"]?.place ?? build.place,
        "services::\(name) is built for \(platforms.joined(separator: ", ")), and its tasks run on \(platform)",
        remedy: "add \(platform), or say what they run on: x-ecs: {CpuArchitecture: ARM64}")
    }
    self.service = name
    self.platform = platform
    node = build
    secrets = project.root["secrets"]
    context = build["context"]?.string ?? project.workingDirectory
    inline = build["dockerfile_inline"]?.string
  }

  private static func fits(_ stated: String, _ platform: String) -> Bool {
    stated == platform || stated.hasPrefix("\(platform)/")
  }

  private var isRemote: Bool {
    context.contains("://") || context.hasPrefix("git@") || context.hasPrefix("github.com/")
  }

  /// Values of arguments, for the environment of the builder: a list of processes shows what stands on the command line.
  var variables: [(name: String, value: String)] {
    (node["args"]?.fields ?? [:]).compactMap { name, value in value.scalarText.map { (name, $0) } }
  }

  /// The options, as docker, podman and buildah know them.
  func words(_ builder: ImageBuilder) -> [String] {
    var words = ["--platform", platform]
    if let file = inlinePath ?? dockerfile { words += ["--file", file] }
    if let target = node["target"]?.string { words += ["--target", target] }
    for name in (node["args"]?.fields ?? [:]).keys { words += ["--build-arg", name] }
    words +=
      pairs("labels", "--label", "=") + list("cache_from", "--cache-from")
      + pairs("additional_contexts", "--build-context", "=")
    if builder == .docker {
      words += list("cache_to", "--cache-to") + list("entitlements", "--allow")
      for key in ["provenance", "sbom"] {
        if let value = node[key]?.scalarText { words.append("--\(key)=\(value)") }
      }
    }
    if node["no_cache"]?.bool == true { words.append("--no-cache") }
    if node["pull"]?.bool == true { words.append("--pull") }
    if let network = node["network"]?.string { words += ["--network", network] }
    if let size = node["shm_size"]?.scalarText { words += ["--shm-size", size] }
    for (host, addresses) in node["extra_hosts"]?.fields ?? [:] {
      for address in addresses.list ?? [addresses] { words += ["--add-host", "\(host):\(address.scalarText ?? "")"] }
    }
    for (name, path) in node["ssh"]?.fields ?? [:] {
      words += ["--ssh", path.string.map { "\(name)=\($0)" } ?? name]
    }
    return words + secretWords
  }

  private var dockerfile: String? {
    guard let file = node["dockerfile"]?.string else { return nil }
    return isRemote ? file : Files.join(context, file)
  }

  private func list(_ key: String, _ option: String) -> [String] {
    (node[key]?.list ?? []).compactMap(\.string).flatMap { [option, $0] }
  }

  private func pairs(_ key: String, _ option: String, _ equals: String) -> [String] {
    (node[key]?.fields ?? [:]).flatMap { [option, "\($0.key)\(equals)\($0.value.scalarText ?? "")"] }
  }

  private var secretWords: [String] {
    (node["secrets"]?.list ?? []).flatMap { item -> [String] in
      guard let source = item["source"]?.string ?? item.string else { return [] }
      let id = item["target"]?.string ?? source
      if let file = secrets?.at(source, "file")?.string { return ["--secret", "id=\(id),src=\(file)"] }
      if let name = secrets?.at(source, "environment")?.string { return ["--secret", "id=\(id),env=\(name)"] }
      return []
    }
  }

  /// Keys that no builder is told of here.
  var withoutEffect: [(key: String, place: Place)] {
    ["no_cache_filter", "isolation", "privileged", "ulimits", "tags"].compactMap { key in
      node[key].map { (key, $0.keyPlace ?? $0.place) }
    }
  }
}
