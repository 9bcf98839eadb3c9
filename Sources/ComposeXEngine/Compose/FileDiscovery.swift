/// Which compose files a project has, when the command line names none.
public enum FileDiscovery {
  /// The names that are looked for, the first one first.
  public static let names = ["compose.yaml", "compose.yml", "docker-compose.yml", "docker-compose.yaml"]
  private static let overrides = [
    "compose.override.yml", "compose.override.yaml", "docker-compose.override.yml", "docker-compose.override.yaml",
  ]

  /// `COMPOSE_FILE`, else the first name that exists in `directory` or its parents, with its override file.
  static func find(in directory: String, environment: ProjectEnvironment, findings: Findings) throws(Finding)
    -> [String]
  {
    if let list = environment["COMPOSE_FILE"], !list.isEmpty {
      let separator = environment["COMPOSE_PATH_SEPARATOR"].flatMap { $0.isEmpty ? nil : $0 } ?? ":"
      return split(list, by: separator)
    }
    var folder = Files.clean(directory)
    while true {
      let found = names.filter { Files.exists(Files.join(folder, $0)) }
      if let first = found.first {
        let path = shown(folder, first, from: directory)
        if found.count > 1 {
          findings.report(
            .warning(
              at: Place(file: SourceFile(name: path, role: .compose)),
              "there are several compose files: \(found.joined(separator: ", ")); \(first) is used",
              remedy: "name one with -f, or remove the others"))
        }
        let override = overrides.first { Files.exists(Files.join(folder, $0)) }
        return [path] + (override.map { [shown(folder, $0, from: directory)] } ?? [])
      }
      let parent = Files.directory(of: folder)
      if parent == folder || folder == "." { break }
      folder = parent
    }
    throw .error(
      at: .unknown, "no compose file in \(directory) or above",
      remedy: "name one with -f, or create \(names[0])")
  }

  private static func shown(_ folder: String, _ name: String, from directory: String) -> String {
    folder == Files.clean(directory) && Files.clean(directory) == Files.currentDirectory
      ? name : Files.join(folder, name)
  }

  private static func split(_ list: String, by separator: String) -> [String] {
    var parts: [String] = []
    var rest = list[...]
    let mark = Array(separator.utf8)
    var current: [UInt8] = []
    let bytes = Array(rest.utf8)
    rest = ""
    var index = 0
    while index < bytes.count {
      if bytes[index...].starts(with: mark) {
        parts.append(String(decoding: current, as: UTF8.self))
        current = []
        index += mark.count
      } else {
        current.append(bytes[index])
        index += 1
      }
    }
    parts.append(String(decoding: current, as: UTF8.self))
    return parts.filter { !$0.isEmpty }
  }
}
