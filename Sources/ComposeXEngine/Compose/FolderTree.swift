import Glibc

extension Files {
  /// An entry of a folder, as it is itself: a link is a link.
  struct Entry {
    enum Kind { case file, folder, link, other }
    var name: String
    var kind: Kind
  }

  /// All entries of a folder, hidden ones too, sorted by bytes; nil when it cannot be read.
  static func entries(of folder: String) -> [Entry]? {
    guard let stream = opendir(folder) else { return nil }
    defer { closedir(stream) }
    var entries: [Entry] = []
    while let entry = Glibc.readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name == "." || name == ".." { continue }
      entries.append(Entry(name: name, kind: kind(of: "\(folder)/\(name)")))
    }
    return entries.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
  }

  private static func kind(of path: String) -> Entry.Kind {
    var info = stat()
    guard lstat(path, &info) == 0 else { return .other }
    switch info.st_mode & S_IFMT {
    case S_IFREG: return .file
    case S_IFDIR: return .folder
    case S_IFLNK: return .link
    default: return .other
    }
  }

  /// Removes a folder and all below it; links are removed, not followed. What is not there is fine.
  public static func removeTree(_ path: String) {
    guard let folder = try? Folder(path) else { return }
    folder.empty()
    rmdir(path)
  }
}
