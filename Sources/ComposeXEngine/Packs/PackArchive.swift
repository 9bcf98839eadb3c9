/// A pack as one file that others can add: `NAME-VERSION.tar.gz`, the same bytes on every machine.
///
/// A tar archive (ustar) of the pack's files in the order of their paths, each with the same mode and time, in a gzip member that stores it as
/// it is: what a compressor makes of it would depend on its version.
/// https://pubs.opengroup.org/onlinepubs/9699919799/utilities/pax.html (ustar), https://www.rfc-editor.org/rfc/rfc1952 (gzip)
public struct PackArchive {
  /// `acme-1.2.0.tar.gz`.
  public let name: String
  /// The file.
  public let bytes: [UInt8]
  /// The digest of the content, which `composex pack add` takes.
  public let digest: String

  /// Packs a pack; files and folders whose names begin with a dot at its top are left out.
  ///
  /// - Throws: a `Finding` when it holds what a pack must not.
  public init(of pack: Pack) throws {
    let files: [PackDigest.File]
    do throws(PackDigest.Failure) {
      files = try PackDigest.files(of: pack.directory).filter { !$0.path.hasPrefix(".") }
    } catch {
      throw Finding.error(at: pack.place, "pack \(pack.name) cannot be built: \(error.reason)")
    }
    let root = "\(pack.name)-\(pack.version)"
    var tar: [UInt8] = []
    for file in files {
      guard let header = Self.header("\(root)/\(file.path)", size: file.bytes.count) else {
        throw Finding.error(
          at: pack.place, "pack \(pack.name) cannot be built: \(file.path) is too long a path",
          remedy: "shorten it: a path has 255 bytes, and 100 behind its last /")
      }
      tar += header + file.bytes + Self.zeros(Self.padding(file.bytes.count))
    }
    tar += Self.zeros(1024)
    name = "\(root).tar.gz"
    bytes = Self.gzip(tar)
    digest = PackDigest.of(files)
  }

  private static func zeros(_ count: Int) -> [UInt8] { Array(repeating: 0, count: count) }

  /// What is missing to whole blocks of 512 bytes.
  private static func padding(_ count: Int) -> Int { (512 - count % 512) % 512 }

  /// The header of a file; nil for a path that has no room in it.
  private static func header(_ path: String, size: Int) -> [UInt8]? {
    guard let (prefix, name) = split(path) else { return nil }
    func field(_ text: [UInt8], _ length: Int) -> [UInt8] { text + zeros(length - text.count) }
    func octal(_ number: Int, _ length: Int) -> [UInt8] {
      let digits = String(number, radix: 8)
      return Array((String(repeating: "0", count: length - 1 - digits.utf8.count) + digits).utf8) + [0]
    }
    var header = field(name, 100) + octal(0o644, 8) + octal(0, 8) + octal(0, 8)
    // A time that no program finds strange: 1980-01-01.
    header += octal(size, 12) + octal(315_532_800, 12)
    header += Array("        ".utf8) + [UInt8(ascii: "0")] + zeros(100)
    header += Array("ustar".utf8) + [0] + Array("00".utf8) + zeros(32) + zeros(32) + octal(0, 8) + octal(0, 8)
    header += field(prefix, 155) + zeros(12)
    let sum = header.reduce(0) { $0 + Int($1) }
    let digits = String(sum, radix: 8)
    let shown = Array((String(repeating: "0", count: 6 - digits.utf8.count) + digits).utf8) + [0, UInt8(ascii: " ")]
    header.replaceSubrange(148..<156, with: shown)
    return header
  }

  /// The two parts that a path is written in.
  private static func split(_ path: String) -> (prefix: [UInt8], name: [UInt8])? {
    let bytes = Array(path.utf8)
    if bytes.count <= 100 { return ([], bytes) }
    for index in bytes.indices.reversed() where bytes[index] == UInt8(ascii: "/") {
      let (prefix, name) = (Array(bytes[..<index]), Array(bytes[(index + 1)...]))
      if prefix.count <= 155, !name.isEmpty, name.count <= 100 { return (prefix, name) }
    }
    return nil
  }

  /// A gzip member of stored blocks, without a name and a time.
  private static func gzip(_ content: [UInt8]) -> [UInt8] {
    var bytes: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 0xFF]
    var start = 0
    repeat {
      let end = min(start + 65_535, content.count)
      let length = UInt16(end - start)
      bytes += [end == content.count ? 1 : 0] + little(UInt32(length), 2) + little(UInt32(~length), 2)
      bytes += content[start..<end]
      start = end
    } while start < content.count
    return bytes + little(checksum(content), 4) + little(UInt32(truncatingIfNeeded: content.count), 4)
  }

  private static func little(_ number: UInt32, _ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: number >> UInt32(8 * $0)) }
  }

  /// CRC-32 as gzip has it.
  private static func checksum(_ bytes: [UInt8]) -> UInt32 {
    let table = (0..<UInt32(256)).map { start in
      (0..<8).reduce(start) { number, _ in number & 1 == 1 ? 0xEDB8_8320 ^ (number >> 1) : number >> 1 }
    }
    return ~bytes.reduce(~UInt32(0)) { table[Int(($0 ^ UInt32($1)) & 0xFF)] ^ ($0 >> 8) }
  }
}
