import Glibc

/// What builds and pushes images: docker, podman or buildah, the user's own.
public enum ImageBuilder: String, CaseIterable, Sendable {
  case docker, podman, buildah

  /// The one that is asked for, or the first that is there.
  ///
  /// - Throws: a `Finding` when there is none.
  static func find(_ asked: ImageBuilder?, _ environment: [String: String]) throws(Finding) -> ImageBuilder {
    let folders = (environment["PATH"] ?? "").split(separator: ":").map(String.init)
    func isThere(_ builder: ImageBuilder) -> Bool {
      folders.contains { access(Files.join($0, builder.rawValue), X_OK) == 0 }
    }
    if let asked {
      if isThere(asked) { return asked }
      throw .error(
        at: .unknown, "\(asked.rawValue) is not in PATH",
        remedy: "install it, or leave --builder out: the first of \(all) is taken")
    }
    if let found = allCases.first(where: isThere) { return found }
    throw .error(
      at: .unknown, "nothing builds images here: none of \(all) is in PATH",
      remedy: "install one, as apt install buildah")
  }

  private static var all: String { allCases.map(\.rawValue).joined(separator: ", ") }

  // MARK: - Commands

  /// Builds an image, whose id is then in the file.
  func build(_ build: ImageBuild, id file: String) -> [String] {
    let cached = self == .buildah ? ["--layers"] : []
    return [rawValue, "build"] + cached + ["--iidfile", file] + build.words(self) + [build.context]
  }

  /// Gives an image a name.
  func tag(_ id: String, _ name: String) -> [String] { [rawValue, "tag", id, name] }

  /// Logs in to a registry; the password comes on standard input.
  func login(_ registry: String) -> [String] {
    [rawValue, "login"] + plain(registry) + ["--username", "AWS", "--password-stdin", registry]
  }

  /// Pushes an image; its digest is in the file afterwards, or `digest` asks for it.
  func push(_ name: String, digest file: String) -> [String] {
    self == .docker
      ? [rawValue, "push", "--quiet", name] : [rawValue, "push"] + plain(name) + ["--digestfile", file, name]
  }

  /// Prints the digests that an image has in registries; nil where pushing wrote it to a file.
  func digest(_ name: String) -> [String]? {
    self == .docker ? [rawValue, "image", "inspect", "--format", "{{json .RepoDigests}}", name] : nil
  }

  /// Commands that print the digest of an image of a registry, the last of them.
  func resolve(_ name: String, platform: String) -> [[String]] {
    switch self {
    case .docker: return [[rawValue, "buildx", "imagetools", "inspect", "--format", "{{json .Manifest}}", name]]
    case .podman, .buildah:
      let whole = Self.qualified(name)
      let pull = [rawValue, "pull", "--quiet"] + plain(whole) + ["--platform", platform, whole]
      let inspect =
        self == .podman
        ? [rawValue, "image", "inspect", "--format", "{{.Digest}}", whole]
        : [rawValue, "inspect", "--type", "image", "--format", "{{.FromImageDigest}}", whole]
      return [pull, inspect]
    }
  }

  /// A registry of this machine speaks no TLS; docker takes it so by itself.
  private func plain(_ name: String) -> [String] {
    let host = name.split(separator: "/").first?.split(separator: ":").first ?? ""
    return self != .docker && (host == "localhost" || host.hasPrefix("127.")) ? ["--tls-verify=false"] : []
  }

  /// `nginx:1` is `docker.io/library/nginx:1`: docker alone says so without being told.
  static func qualified(_ name: String) -> String {
    let parts = name.split(separator: "/", maxSplits: 1)
    let first = parts.first ?? ""
    if parts.count == 2, first.contains(".") || first.contains(":") || first == "localhost" { return name }
    return parts.count == 2 ? "docker.io/\(name)" : "docker.io/library/\(name)"
  }
}
