import Crypto
import Glibc

/// The content of a pack's folder as one number, SHA-256 in hexadecimal.
///
/// It covers each file's path below the folder and its bytes, in the order of the paths: `<length>:<path><length>:<bytes>` for
/// each, so that no two folders read the same. Modes, times and empty folders do not count. A folder with a link, a device or
/// a pipe in it has no digest, since what these say is not in the folder.
public enum PackDigest {
  static let maximumFiles = 10_000
  /// The most that the files of a pack may have together.
  public static let maximumBytes = 64 << 20
  static let maximumDepth = 32

  /// Why a folder has no digest.
  public struct Failure: Error {
    /// The file and what is wrong with it.
    public var reason: String
  }

  /// The digest of a folder: 64 hexadecimal digits in lower case.
  ///
  /// - Throws: `Failure` for a link, a device, too many files, or one that cannot be read.
  public static func of(_ folder: String) throws(Failure) -> String { of(try files(of: folder)) }

  /// A file of a pack: its path below the folder, and what it holds.
  struct File {
    var path: String
    var bytes: [UInt8]
  }

  /// The files of a folder, in the order of their paths.
  static func files(of folder: String) throws(Failure) -> [File] {
    var paths: [String] = []
    try list(folder, "", depth: 0, into: &paths)
    var files: [File] = []
    var total = 0
    for path in paths.sorted(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) }) {
      let bytes: [UInt8]
      do throws(Files.Failure) { bytes = try Files.readPlain("\(folder)/\(path)") } catch {
        throw Failure(reason: "\(path) cannot be read: \(error.reason)")
      }
      total += bytes.count
      guard total <= maximumBytes else { throw Failure(reason: "it holds more than \(maximumBytes >> 20) MiB") }
      files.append(File(path: path, bytes: bytes))
    }
    return files
  }

  /// The digest of files, in their order.
  static func of(_ files: [File]) -> String {
    var hash = SHA256()
    func add(_ bytes: [UInt8]) {
      hash.update(data: Array("\(bytes.count):".utf8))
      hash.update(data: bytes)
    }
    for file in files {
      add(Array(file.path.utf8))
      add(file.bytes)
    }
    let digits = Array("0123456789abcdef".utf8)
    return String(decoding: hash.finalize().flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }

  /// The regular files below `folder`, hidden ones too.
  private static func list(_ folder: String, _ prefix: String, depth: Int, into files: inout [String]) throws(Failure) {
    guard depth < maximumDepth else { throw Failure(reason: "\(prefix) is nested deeper than \(maximumDepth) folders") }
    guard let entries = Files.entries(of: folder) else {
      throw Failure(
        reason: "\(prefix.isEmpty ? "the folder" : prefix) cannot be read: \(String(cString: strerror(errno)))")
    }
    for entry in entries {
      let path = prefix.isEmpty ? entry.name : "\(prefix)/\(entry.name)"
      switch entry.kind {
      case .folder: try list("\(folder)/\(entry.name)", path, depth: depth + 1, into: &files)
      case .file: files.append(path)
      case .link: throw Failure(reason: "\(path) is a link, and a pack holds its own files only")
      case .other: throw Failure(reason: "\(path) is neither a file nor a folder")
      }
      guard files.count <= maximumFiles else { throw Failure(reason: "it holds more than \(maximumFiles) files") }
    }
  }

  /// Whether a text is a digest: 64 hexadecimal digits, in lower case.
  static func isDigest(_ text: some StringProtocol) -> Bool {
    text.utf8.count == 64 && text.utf8.allSatisfy { (48...57).contains($0) || (97...102).contains($0) }
  }
}
