import Glibc

/// An open folder, in which names are looked up one at a time: no link below it is ever followed, whoever puts one there and when.
public final class Folder {
  /// The open folder, for as long as this object lives.
  public let descriptor: Int32

  /// Opens a folder; the path itself may lead through links, but not end in one.
  public init(_ path: String) throws(Files.Failure) {
    descriptor = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
    guard descriptor >= 0 else { throw Self.failure() }
  }

  private init(descriptor: Int32) { self.descriptor = descriptor }

  deinit { close(descriptor) }

  /// A folder in this one. `isMade`: it is made when it is not there.
  public func folder(_ name: String, isMade: Bool = false) throws(Files.Failure) -> Folder {
    if isMade, mkdirat(descriptor, name, 0o755) != 0, errno != EEXIST { throw Files.failure() }
    let found = openat(descriptor, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
    guard found >= 0 else { throw Self.failure() }
    return Folder(descriptor: found)
  }

  /// Opening a link in this way fails as if it were no folder, or too many links.
  private static func failure() -> Files.Failure {
    errno == ELOOP || errno == ENOTDIR ? Files.Failure(reason: "is a link, or no folder") : Files.failure()
  }

  /// The kind of what has a name here, as it is itself; nil when nothing has it.
  public func kind(of name: String) -> mode_t? {
    var info = stat()
    return fstatat(descriptor, name, &info, AT_SYMLINK_NOFOLLOW) == 0 ? info.st_mode & S_IFMT : nil
  }

  /// The names in it, as the operating system has them: they need not be UTF-8.
  private func names() -> [[CChar]] {
    let copy = openat(descriptor, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard copy >= 0, let stream = fdopendir(copy) else { return [] }
    defer { closedir(stream) }
    var names: [[CChar]] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) {
          Array(UnsafeBufferPointer(start: $0, count: strlen($0) + 1))
        }
      }
      if strcmp(name, ".") != 0, strcmp(name, "..") != 0 { names.append(name) }
    }
    return names
  }

  /// The names in it that are UTF-8 and begin with `prefix`, in the order of their bytes.
  public func names(beginningWith prefix: String) -> [String] {
    let texts = names().compactMap { String(validating: $0.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self) }
    return texts.filter { $0.hasPrefix(prefix) }.sorted()
  }

  /// Gives what has a name here another, here or in another folder of the same disk.
  public func rename(_ name: String, to other: String, in folder: Folder? = nil) throws(Files.Failure) {
    if renameat(descriptor, name, (folder ?? self).descriptor, other) != 0 { throw Files.failure() }
  }

  /// Writes a file that is not there yet.
  public func write(_ bytes: [UInt8], to name: String) throws(Files.Failure) {
    let file = openat(descriptor, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o644)
    guard file >= 0 else { throw Files.failure() }
    defer { close(file) }
    try Files.put(bytes, to: file)
  }

  /// Removes what has a name here, with all below it; a link is removed itself.
  public func remove(_ name: String) {
    if unlinkat(descriptor, name, 0) == 0 { return }
    unlock(name)
    (try? folder(name))?.empty()
    unlinkat(descriptor, name, AT_REMOVEDIR)
  }

  /// Waits until no other process holds the folder, and holds it until it is closed.
  public func hold() {
    while flock(descriptor, LOCK_EX) != 0, errno == EINTR {}
  }

  // MARK: - Trees

  /// Removes all that is in it. Folders of any depth take no more than two open ones: what is in a folder is moved up here first.
  func empty() {
    var count = 0
    while true {
      let names = names()
      var isChanged = false
      for name in names {
        if unlinkat(descriptor, name, 0) == 0 || unlinkat(descriptor, name, AT_REMOVEDIR) == 0 {
          isChanged = true
          continue
        }
        unlock(name)
        let inner = openat(descriptor, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
        guard inner >= 0 else { continue }
        let below = Folder(descriptor: inner)
        for entry in below.names() where unlinkat(inner, entry, 0) != 0 {
          below.unlock(entry)
          count += 1
          if renameat(inner, entry, descriptor, ".\(getpid()).\(count)") == 0 { isChanged = true }
        }
        if unlinkat(descriptor, name, AT_REMOVEDIR) == 0 { isChanged = true }
      }
      if !isChanged { return }
    }
  }

  /// Gives us a folder that its mode keeps from us.
  private func unlock(_ name: [CChar]) { fchmodat(descriptor, name, 0o700, AT_SYMLINK_NOFOLLOW) }
  private func unlock(_ name: String) { fchmodat(descriptor, name, 0o700, AT_SYMLINK_NOFOLLOW) }

  /// Gives all files and folders below it the modes that those of a pack have, whatever an archive says: others may read, we may
  /// write, and nothing is run as somebody else. At most `depth` levels.
  public func normalizeModes(depth: Int) {
    for name in names() {
      var info = stat()
      guard fstatat(descriptor, name, &info, AT_SYMLINK_NOFOLLOW) == 0 else { continue }
      switch info.st_mode & S_IFMT {
      case S_IFREG: fchmodat(descriptor, name, info.st_mode & 0o111 == 0 ? 0o644 : 0o755, AT_SYMLINK_NOFOLLOW)
      case S_IFDIR:
        fchmodat(descriptor, name, 0o755, AT_SYMLINK_NOFOLLOW)
        guard depth > 0 else { continue }
        let inner = openat(descriptor, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
        if inner >= 0 { Folder(descriptor: inner).normalizeModes(depth: depth - 1) }
      default: break
      }
    }
  }
}
