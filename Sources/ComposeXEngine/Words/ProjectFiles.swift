import ComposeXLua
import Glibc

/// The files of a project that a bind mount, a config or a secret names, as the generators see them.
///
/// Only what whoever wrote the path may read is read; links that lead out of that are not followed.
struct ProjectFiles {
  /// The project directory.
  let root: String
  let rights: ReadRights
  let reader: ReadRights.Reader
  /// The most bytes that the files may have together.
  let limit: Int

  private static let mostFiles = 64
  private static let mostLevels = 8
  /// Folders that no container needs.
  private static let skipped: Set<String> = [".git", ".hg", ".svn", "node_modules", "__pycache__"]

  private enum Fault: String, Error {
    case outside, missing, large, unreadable
    /// Outside of the folder of the script that wrote the path.
    case foreign
    /// The project directory itself, which holds compose files and secrets.
    case project
  }

  /// `{ shown, folder, files = { { path, size, text | base64, executable } } }`, where `path` is empty for a file and relative to a
  /// folder, and `shown` is the whole path as a person would write it; or `{ shown, fault }`: `outside`, `foreign`, `missing`,
  /// `project`, `large`, `unreadable`.
  func read(_ path: String) -> LuaValue {
    let shown = LuaValue.string(Files.relative(Files.join(reader.base ?? root, path), to: root))
    do throws(Fault) {
      let project = Files.resolvingLinks(root)
      if reader.unit == nil, Files.isAtOrBelow(project, Files.resolvingLinks(Files.join(root, path))) { throw .project }
      let real: String
      switch rights.resolve(path, for: reader) {
      case .inside(let found): real = found
      case .missing: throw .missing
      case .outside: throw reader.unit == nil ? .outside : .foreign
      }
      if real == project { throw .project }
      var found: [LuaValue] = []
      var rest = limit
      let isFolder = Files.isDirectory(real)
      if isFolder {
        try folder(real, "", level: 0, &found, &rest)
      } else {
        found.append(try file(real, "", &rest))
      }
      return .table(
        LuaTable(fields: [
          ("files", .table(LuaTable(items: found))), ("folder", .boolean(isFolder)), ("shown", shown),
        ]))
    } catch {
      return .table(LuaTable(fields: [("fault", .string(error.rawValue)), ("shown", shown)]))
    }
  }

  private func folder(
    _ folder: String, _ prefix: String, level: Int, _ found: inout [LuaValue], _ rest: inout Int
  ) throws(Fault) {
    guard level < Self.mostLevels else { throw .large }
    guard let names = Self.names(in: folder) else { throw .unreadable }
    for name in names where !Self.skipped.contains(name) && !(reader.unit != nil && ReadRights.holdsVariables(name)) {
      let path = folder + "/" + name
      let kind = Self.kind(path)
      if kind == S_IFDIR {
        try self.folder(path, prefix + name + "/", level: level + 1, &found, &rest)
      } else if kind == S_IFREG {
        guard found.count < Self.mostFiles else { throw .large }
        found.append(try file(path, prefix + name, &rest))
      }
    }
  }

  private func file(_ path: String, _ name: String, _ rest: inout Int) throws(Fault) -> LuaValue {
    var info = stat()
    guard stat(path, &info) == 0, info.st_mode & S_IFMT == S_IFREG else { throw .unreadable }
    guard Int(info.st_size) <= rest else { throw .large }
    guard let bytes = try? Files.readPlain(path) else { throw .unreadable }
    guard bytes.count <= rest else { throw .large }
    rest -= bytes.count
    var fields: [LuaTable.Field] = [("path", .string(name)), ("size", .integer(bytes.count))]
    if info.st_mode & 0o111 != 0 { fields.append(("executable", .boolean(true))) }
    // What a variable cannot hold as it is travels as base 64: bytes that are no text, and what CloudFormation would resolve.
    if let text = String(validating: bytes, as: UTF8.self), !bytes.contains(0), !text.contains("{{resolve:") {
      fields.append(("text", .string(text)))
    } else {
      fields.append(("base64", .string(Base64.encoded(bytes))))
    }
    return .table(LuaTable(fields: fields.sorted { $0.key < $1.key }))
  }

  /// The names in a folder, sorted by their bytes.
  private static func names(in folder: String) -> [String]? {
    guard let stream = opendir(folder) else { return nil }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
      if names.count > 4096 { return nil }
    }
    return names.sorted()
  }

  /// What stands at a path, links not followed.
  private static func kind(_ path: String) -> mode_t {
    var info = stat()
    return lstat(path, &info) == 0 ? info.st_mode & S_IFMT : 0
  }
}
