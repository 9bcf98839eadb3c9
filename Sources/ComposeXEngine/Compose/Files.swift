import Glibc

/// Paths and files, by Glibc alone.
public enum Files {
  /// Why a file could not be read, in the words of the operating system.
  public struct Failure: Error {
    /// `No such file or directory`.
    public var reason: String
    var isMissing: Bool

    /// The operating system's number for it; 0 for reasons of ours.
    var code: Int32 = 0

    /// A reason of ours, as it follows the name of a file.
    public init(reason: String, isMissing: Bool = false) { (self.reason, self.isMissing) = (reason, isMissing) }

    /// Whether the operating system does not allow it.
    public var isRefused: Bool { code == EACCES || code == EPERM || code == EROFS }

    /// How to mend it where a file was to be read: whoever may not read it has no use for another name.
    func remedy(reading path: String, otherwise remedy: String) -> String {
      isRefused ? "let yourself read it: chmod u+r \(ShellText.word(Files.shown(path)))" : remedy
    }

    fileprivate static let isPipe = Failure(reason: "is a pipe or a device")
    fileprivate static let isMadeUp = Failure(reason: "is not a file on a disk, but one that the kernel makes up")
    fileprivate static let tooLarge = Failure(reason: "is larger than 64 MiB")
  }

  /// The most bytes that a file may have.
  private static let longest = 64 << 20

  /// The bytes of a file; `-` is standard input. At most 64 MiB.
  ///
  /// - Throws: `Failure` with what the system says, or that the file is too large.
  public static func read(_ path: String) throws(Failure) -> [UInt8] {
    let descriptor = path == "-" ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure() }
    defer { if path != "-" { close(descriptor) } }
    var info = stat()
    // A pipe is waited for, as `-f <(...)` is one; a file of the kernel is nobody's.
    if path != "-", fstat(descriptor, &info) == 0, info.st_mode & S_IFMT == S_IFREG, isMadeUp(info) {
      throw Failure.isMadeUp
    }
    return try read(descriptor)
  }

  private static func read(_ descriptor: Int32) throws(Failure) -> [UInt8] {
    if isDirectory(descriptor) { throw Failure(reason: "is a directory") }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = Glibc.read(descriptor, &buffer, buffer.count)
      if count < 0 {
        if errno == EINTR { continue }
        throw failure()
      }
      if count == 0 { return bytes }
      bytes += buffer[..<count]
      if bytes.count > longest { throw Failure.tooLarge }
    }
  }

  /// What the operating system says of the call that just failed.
  static func failure() -> Failure {
    let code = errno
    var failure = Failure(reason: String(cString: strerror(code)), isMissing: code == ENOENT || code == ENOTDIR)
    failure.code = code
    return failure
  }

  private static func isDirectory(_ descriptor: Int32) -> Bool {
    var info = stat()
    return fstat(descriptor, &info) == 0 && info.st_mode & S_IFMT == S_IFDIR
  }

  /// Whether anything is there, links followed.
  public static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

  /// Whether anything has that name, be it a link that leads nowhere.
  public static func isTaken(_ path: String) -> Bool {
    var info = stat()
    return lstat(path, &info) == 0
  }

  /// Whether a file is there that is no folder, pipe or device; links followed.
  public static func isPlainFile(_ path: String) -> Bool {
    var info = stat()
    return stat(path, &info) == 0 && info.st_mode & S_IFMT == S_IFREG
  }

  /// Whether a folder is there, links followed.
  public static func isDirectory(_ path: String) -> Bool {
    var info = stat()
    return stat(path, &info) == 0 && info.st_mode & S_IFMT == S_IFDIR
  }

  /// Reads a file that another one names, or that lies in a folder which someone else may have filled: a pipe, a device or a file
  /// that the kernel makes up may never end. `/dev/null` is an empty file.
  static func readPlain(_ path: String) throws(Failure) -> [UInt8] {
    if path == "/dev/null" { return [] }
    // To open a device can do something already.
    var info = stat()
    guard stat(path, &info) == 0 else { throw failure() }
    if info.st_mode & S_IFMT != S_IFREG, info.st_mode & S_IFMT != S_IFDIR { throw Failure.isPipe }
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
    guard descriptor >= 0 else { throw failure() }
    defer { close(descriptor) }
    // What was opened may be another than what stood there.
    guard fstat(descriptor, &info) == 0 else { throw failure() }
    if info.st_mode & S_IFMT != S_IFREG, info.st_mode & S_IFMT != S_IFDIR { throw Failure.isPipe }
    if info.st_size > longest { throw Failure.tooLarge }
    if isMadeUp(info) { throw Failure.isMadeUp }
    return try read(descriptor)
  }

  /// Whether a file is one of `/proc` and its like: of the kind of plain ones, but to read `/proc/kmsg` waits for the next message.
  /// What slips through, as `/proc` may be mounted anywhere, is not waited for: it was opened that way.
  private static func isMadeUp(_ file: stat) -> Bool {
    ["/proc", "/sys", "/sys/kernel/debug", "/sys/kernel/tracing"].contains { folder in
      var info = stat()
      return file.st_size == 0 && stat(folder, &info) == 0 && info.st_dev == file.st_dev && info.st_dev != rootDevice
    }
  }

  /// Where no `/proc` is mounted, the folder of that name lies on a disk.
  private static var rootDevice: dev_t {
    var info = stat()
    return stat("/", &info) == 0 ? info.st_dev : 0
  }

  /// Whether a regular file stands at a path, links followed.
  static func isPlain(_ path: String) -> Bool {
    var info = stat()
    return stat(path, &info) == 0 && info.st_mode & S_IFMT == S_IFREG
  }

  /// The whole path of `path` below `folder`; nil when it leads out of the folder, by `..` or by a link. The folder has no links in it.
  static func inside(_ folder: String, _ path: String) -> String? {
    let isPlain = path.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F }
    guard isPlain, !path.isEmpty, !path.hasPrefix("/"), !path.split(separator: "/").contains("..") else { return nil }
    let whole = join(folder, path)
    // A link that leads nowhere has no place of its own.
    if isTaken(whole), !exists(whole) { return nil }
    let full = resolvingLinks(whole)
    return full.hasPrefix(folder + "/") ? full : nil
  }

  /// The whole path of the folder in which the command runs.
  public static var currentDirectory: String {
    guard let buffer = getcwd(nil, 0) else { return "/" }
    defer { free(buffer) }
    return String(cString: buffer)
  }

  /// `path` with symbolic links resolved, for what is opened without following any.
  public static func resolved(_ path: String) -> String { resolvingLinks(path) }

  /// `path` with symbolic links resolved, or `path` itself when it does not exist.
  static func resolvingLinks(_ path: String) -> String {
    guard let buffer = realpath(path, nil) else { return path }
    defer { free(buffer) }
    return String(validatingCString: buffer) ?? path
  }
}

// MARK: - Paths

extension Files {
  /// `path` without `.`, `..`, double and trailing slashes; lexically, as Go's `path.Clean`.
  static func clean(_ path: String) -> String {
    if isClean(path) { return path }
    let isAbsolute = path.utf8.first == UInt8(ascii: "/")
    var parts: [Substring] = []
    for part in path.split(separator: "/") where part != "." {
      if part != ".." {
        parts.append(part)
      } else if let last = parts.last, last != ".." {
        parts.removeLast()
      } else if !isAbsolute {
        parts.append(part)
      }
    }
    var joined = isAbsolute ? "/" : ""
    for (index, part) in parts.enumerated() {
      if index > 0 { joined += "/" }
      joined += String(part)
    }
    return joined.isEmpty ? "." : joined
  }

  /// Whether nothing would change: no empty, `.` or `..` part. Names that begin with a dot are looked at more closely.
  private static func isClean(_ path: String) -> Bool {
    var previous = UInt8(ascii: "/")
    var count = 0
    for byte in path.utf8 {
      if previous == UInt8(ascii: "/"), byte == UInt8(ascii: ".") || (byte == UInt8(ascii: "/") && count > 0) {
        return false
      }
      previous = byte
      count += 1
    }
    return previous != UInt8(ascii: "/")
  }

  /// `path` below `base`, unless it is absolute.
  public static func join(_ base: String, _ path: String) -> String {
    path.utf8.first == UInt8(ascii: "/") ? clean(path) : clean(base + "/" + path)
  }

  /// `path` as seen from `base`, when it is there or below; else as it is.
  static func relative(_ path: String, to base: String) -> String {
    if path == base { return "." }
    let prefix = base == "/" ? "/" : base + "/"
    return path.hasPrefix(prefix) ? String(path.dropFirst(prefix.count)) : path
  }

  /// All before the last slash; `.` without one.
  public static func directory(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  static func lastComponent(_ path: String) -> String {
    path.split(separator: "/").last.map(String.init) ?? ""
  }

  /// Whether `path` is absolute on Windows: a drive or a share, then a slash.
  static func isAbsoluteOnWindows(_ path: String) -> Bool {
    let bytes = Array(path.utf8.prefix(3))
    func isSlash(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "/") || byte == UInt8(ascii: "\\") }
    if bytes.count == 3, (bytes[0] | 0x20) &- UInt8(ascii: "a") < 26, bytes[1] == UInt8(ascii: ":"), isSlash(bytes[2]) {
      return true
    }
    return isShare(path)
  }

  /// `c:\a\b` as `/c/a/b`; other paths as they are.
  static func fromWindows(_ path: String) -> String {
    let bytes = Array(path.utf8)
    guard bytes.count >= 2, bytes[1] == UInt8(ascii: ":"), (bytes[0] | 0x20) &- UInt8(ascii: "a") < 26 else {
      return path
    }
    let rest = bytes[2...].map { $0 == UInt8(ascii: "\\") ? UInt8(ascii: "/") : $0 }
    return String(decoding: [UInt8(ascii: "/"), bytes[0] | 0x20] + rest, as: UTF8.self)
  }

  /// `\\server\share\`
  private static func isShare(_ path: String) -> Bool {
    let bytes = Array(path.utf8)
    func isSlash(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "/") || byte == UInt8(ascii: "\\") }
    guard bytes.count >= 5, isSlash(bytes[0]), isSlash(bytes[1]), !isSlash(bytes[2]), bytes[2] != UInt8(ascii: ".")
    else {
      return false
    }
    guard let end = bytes.dropFirst(3).firstIndex(where: isSlash), end + 1 < bytes.count, !isSlash(bytes[end + 1]),
      bytes[end + 1] != UInt8(ascii: ".")
    else { return false }
    return bytes[(end + 1)...].contains(where: isSlash)
  }
}

// MARK: - Folders

extension Files {
  /// The names in a folder, sorted by bytes, without hidden ones; empty when it cannot be read.
  public static func names(in folder: String) -> [String] {
    guard let stream = opendir(folder) else { return [] }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = Glibc.readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if !name.hasPrefix(".") { names.append(name) }
    }
    return names.sorted()
  }

  /// Makes a folder that nobody else reads, among the files that do not stay (`TMPDIR`); its path without links.
  ///
  /// - Throws: `Failure` with what the system says.
  public static func makeScratchFolder() throws(Failure) -> String {
    let base = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    var template = Array("\(resolved(base))/composex-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw failure() }
    return template.withUnsafeBufferPointer { String(cString: $0.baseAddress!) }
  }

  /// Makes a folder, and those that it stands in; one that is there already is fine.
  ///
  /// - Throws: `Failure` with what the system says, also when a file has that name.
  public static func makeDirectory(_ path: String) throws(Failure) {
    var built = path.hasPrefix("/") ? "/" : ""
    for part in path.split(separator: "/") {
      built += built.isEmpty || built == "/" ? String(part) : "/\(part)"
      if mkdir(built, 0o755) != 0, errno != EEXIST { throw failure() }
    }
  }
}
