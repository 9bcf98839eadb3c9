import Glibc

extension Files {
  /// Writes what somebody named with `-o`: a plain file is replaced whole and keeps mode and owner, a link is followed, and
  /// anything else (a device, a pipe, standard output itself) is written to where it is.
  public static func write(_ bytes: [UInt8], to path: String) throws(Failure) {
    let target = try followed(path)
    var info = stat()
    guard stat(target, &info) == 0 else {
      guard errno == ENOENT else { throw failure() }
      return try replace(target, with: bytes, keeping: nil)
    }
    if let descriptor = standardStream(info) { return try put(bytes, to: descriptor) }
    switch info.st_mode & S_IFMT {
    case S_IFDIR: throw Failure(reason: "is a directory")
    case S_IFREG: try replace(resolvingLinks(target), with: bytes, keeping: info)
    default: try writeStraight(bytes, to: target)
    }
  }

  /// Where a link to something that is not there yet leads; any other path as it is.
  private static func followed(_ path: String) throws(Failure) -> String {
    var path = path
    for _ in 0..<40 {
      guard isTaken(path), !exists(path) else { return path }
      var buffer = [UInt8](repeating: 0, count: Int(PATH_MAX))
      let count = readlink(path, &buffer, buffer.count)
      guard count > 0, let target = String(validating: buffer[..<count], as: UTF8.self) else { return path }
      path = join(directory(of: path), target)
    }
    throw Failure(reason: String(cString: strerror(ELOOP)))
  }

  /// The standard stream that a file is, when it is one: `-o /dev/stdout` with the output in a file must not replace that file.
  private static func standardStream(_ info: stat) -> Int32? {
    [STDOUT_FILENO, STDERR_FILENO].first { descriptor in
      var stream = stat()
      return fstat(descriptor, &stream) == 0 && stream.st_dev == info.st_dev && stream.st_ino == info.st_ino
        && info.st_mode & S_IFMT == S_IFREG && fcntl(descriptor, F_GETFL) & O_ACCMODE != O_RDONLY
    }
  }

  private static func writeStraight(_ bytes: [UInt8], to path: String, _ flags: Int32 = 0) throws(Failure) {
    let descriptor = try opened(path, O_WRONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK | flags)
    _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) & ~O_NONBLOCK)
    do throws(Failure) { try put(bytes, to: descriptor) } catch {
      close(descriptor)
      throw error
    }
    if close(descriptor) != 0 { throw failure() }
  }

  /// A pipe is waited for until somebody reads it, for some seconds.
  private static func opened(_ path: String, _ flags: Int32) throws(Failure) -> Int32 {
    for _ in 0..<50 {
      let descriptor = open(path, flags)
      if descriptor >= 0 { return descriptor }
      guard errno == ENXIO else { throw failure() }
      usleep(50_000)
    }
    throw Failure(reason: "nobody reads the other end of it")
  }

  /// Replaces a plain file, or makes one: written beside it first, so that nobody ever sees a part of it.
  private static func replace(_ path: String, with bytes: [UInt8], keeping info: stat?) throws(Failure) {
    do throws(Failure) {
      let staging = try Staging(in: directory(of: path))
      defer { staging.remove() }
      try staging.write(bytes, named: "file", keeping: info)
      guard renameat(staging.descriptor, "file", AT_FDCWD, path) == 0 else { throw failure() }
    } catch {
      // The folder takes no new files, or the owner cannot be kept: the file itself may still be written to.
      guard let info, error.isRefused, access(path, W_OK) == 0, info.st_mode & S_IFMT == S_IFREG else { throw error }
      try writeStraight(bytes, to: path, O_TRUNC)
    }
  }

  /// Writes all of `bytes` to an open file.
  static func put(_ bytes: [UInt8], to descriptor: Int32) throws(Failure) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      if count <= 0 { throw failure() }
      rest = rest.dropFirst(count)
    }
  }
}

/// A folder in which files are written before they take their names, beside where they belong.
///
/// It is locked while it is in use. A process that was killed leaves it behind, unlocked: the next one that writes there takes it
/// away. So nothing else is ever left.
final class Staging {
  let folder: String
  let descriptor: Int32

  private static let prefix = ".composex-staging-"

  init(in folder: String) throws(Files.Failure) {
    Self.removeAbandoned(in: folder)
    var template = Array("\(folder)/\(Self.prefix)XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw Files.failure() }
    self.folder = template.withUnsafeBufferPointer { String(cString: $0.baseAddress!) }
    descriptor = open(self.folder, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
    guard descriptor >= 0 else {
      let failure = Files.failure()
      rmdir(self.folder)
      throw failure
    }
    flock(descriptor, LOCK_EX | LOCK_NB)
  }

  deinit { close(descriptor) }

  func remove() { Files.removeTree(folder) }

  /// Writes a file with the mode and the owner of the one that it replaces.
  func write(_ bytes: [UInt8], named name: String, keeping info: stat?) throws(Files.Failure) {
    let file = openat(descriptor, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o644)
    guard file >= 0 else { throw Files.failure() }
    defer { close(file) }
    if let info { try Self.keep(info, of: file) }
    try Files.put(bytes, to: file)
    if fsync(file) != 0, errno != EINVAL, errno != ENOSYS { throw Files.failure() }
  }

  private static func keep(_ info: stat, of file: Int32) throws(Files.Failure) {
    var new = stat()
    guard fstat(file, &new) == 0 else { throw Files.failure() }
    if new.st_uid != info.st_uid || new.st_gid != info.st_gid, fchown(file, info.st_uid, info.st_gid) != 0 {
      throw Files.failure()
    }
    if fchmod(file, info.st_mode & 0o7777) != 0 { throw Files.failure() }
  }

  /// Removes the staging folders of processes that are no more: ours, and no longer locked.
  private static func removeAbandoned(in folder: String) {
    for entry in Files.entries(of: folder) ?? [] where entry.kind == .folder && entry.name.hasPrefix(prefix) {
      let path = "\(folder)/\(entry.name)"
      let other = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
      guard other >= 0 else { continue }
      defer { close(other) }
      var info = stat()
      guard fstat(other, &info) == 0, info.st_uid == geteuid(), flock(other, LOCK_EX | LOCK_NB) == 0 else { continue }
      Files.removeTree(path)
    }
  }
}
