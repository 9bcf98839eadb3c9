import Glibc

/// A file without a name, into which a child process writes: nothing to drain while it runs, nothing to remove after.
package struct ScratchFile {
  /// Why there is none: a number of the operating system.
  package struct Failure: Error {
    package var code: Int32
  }

  package let descriptor: Int32

  /// In the folder for files that do not stay.
  package init() throws(Failure) {
    let folder = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    var template = Array("\(folder)/composex-XXXXXX".utf8CString)
    descriptor = mkstemp(&template)
    guard descriptor >= 0 else { throw Failure(code: errno) }
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    unlink(template)
  }

  /// One that holds these bytes, to be read from its beginning.
  package init(holding bytes: [UInt8]) throws(Failure) {
    try self.init()
    do throws(Files.Failure) { try Files.put(bytes, to: descriptor) } catch {
      remove()
      throw Failure(code: EIO)
    }
    lseek(descriptor, 0, SEEK_SET)
  }

  /// What was written, at most so many bytes.
  package func contents(most: Int) -> [UInt8] {
    lseek(descriptor, 0, SEEK_SET)
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while bytes.count < most {
      let count = read(descriptor, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      if count <= 0 { break }
      bytes += buffer[..<count]
    }
    return bytes
  }

  package func remove() { close(descriptor) }
}
