import Glibc

/// Writing of files: whole or not at all.
public enum OutputFile {
  /// Writes to a temporary file beside `path`, then renames it. Throws a `Finding`; `path` is then as it was.
  public static func write(_ bytes: [UInt8], to path: String) throws(Finding) {
    let temporary = "\(path).\(getpid()).partial"
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw failure(path) }
    let isWritten = writeAll(bytes, to: descriptor) && fsync(descriptor) == 0
    let isClosed = close(descriptor) == 0
    guard isWritten, isClosed, rename(temporary, path) == 0 else {
      let finding = failure(path)
      unlink(temporary)
      throw finding
    }
  }

  /// All bytes, whatever a single write takes; false when the descriptor refuses them.
  public static func writeAll(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
    bytes.withUnsafeBytes { buffer in
      var offset = 0
      while offset < buffer.count {
        let count = Glibc.write(descriptor, buffer.baseAddress! + offset, buffer.count - offset)
        if count < 0 {
          if errno == EINTR { continue }
          return false
        }
        offset += count
      }
      return true
    }
  }

  private static func failure(_ path: String) -> Finding {
    .error(
      at: Place(file: SourceFile(name: path, role: .commandLine)), "cannot write: \(String(cString: strerror(errno)))",
      remedy: "name a file in a folder that exists and can be written to")
  }
}
