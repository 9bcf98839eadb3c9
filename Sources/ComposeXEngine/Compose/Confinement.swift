/// What the loader may read: anything that docker compose would, or with `--confine` what lies in the project directory only.
struct Confinement {
  /// Folders without links in their paths, and the project directory as it is called; nil where nothing is confined.
  private let folders: [String]?

  init(_ options: ComposeOptions, directory: String) {
    folders =
      options.confines
      ? [directory] + ([directory] + options.readable).map(Files.resolvingLinks) : nil
  }

  /// Whether the file that `path` leads to may be read, links followed.
  func permits(_ path: String) -> Bool {
    guard let folders else { return true }
    let real = Files.resolvingLinks(path)
    return folders.contains { Files.isAtOrBelow(real, $0) }
  }

  /// Why a compose file that another one names is not read, and what to do; nil when it is there. Of what lies outside nobody learns
  /// whether it exists.
  func refusal(_ path: String, starts: String) -> (reason: String, remedy: String)? {
    if !permits(path) { return ("it \(Self.reason)", "copy it into the project") }
    return Files.exists(path) ? nil : ("there is no such file", starts)
  }

  static let reason = "lies outside of the project directory, which --confine does not let it leave"
}

extension Files {
  /// Whether a path without links is `folder` or something in it.
  static func isAtOrBelow(_ path: String, _ folder: String) -> Bool {
    path == folder || path.hasPrefix(folder == "/" ? folder : folder + "/")
  }
}

/// What the writer of a value may read, once scripts have changed a model.
struct WriterRights {
  /// Where the relative paths start from that the script at a place wrote; nil for what is no script's.
  var base: (Place) -> String?
  /// Whether what stands at a place may name that path.
  var permits: (_ path: String, Place) -> Bool
}
