/// The short form of a mount: `[source:]target[:options]`.
struct VolumeSpec: Equatable {
  enum Kind: String { case bind, volume }

  var kind: Kind
  var source: String?
  var target: String
  var isReadOnly = false
  var noCopy = false
  var propagation: String?
  var selinux: String?

  struct Problem: Error, Equatable {
    var text: String
  }

  static func parse(_ text: String) throws(Problem) -> VolumeSpec {
    if text.isEmpty { throw Problem(text: "invalid empty volume spec") }
    if text.utf8.count <= 2 { return VolumeSpec(kind: .volume, target: text) }
    let sections = try sections(text)
    if sections.count == 1 { return VolumeSpec(kind: .volume, target: sections[0]) }
    var spec = VolumeSpec(kind: isPath(sections[0]) ? .bind : .volume, source: sections[0], target: sections[1])
    if sections.count == 3 { spec.take(options: sections[2]) }
    return spec
  }

  /// Splits at `:`, but neither after a drive letter nor inside `${...}`.
  private static func sections(_ text: String) throws(Problem) -> [String] {
    var sections: [String] = []
    var current: [UInt8] = []
    var braces = 0
    var previous: UInt8 = 0
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "{") where previous == UInt8(ascii: "$") || braces > 0: braces += 1
      case UInt8(ascii: "}") where braces > 0: braces -= 1
      default: break
      }
      let isDrive = current.count == 1 && (current[0] | 0x20) &- UInt8(ascii: "a") < 26
      if byte == UInt8(ascii: ":"), braces == 0, !isDrive {
        if current.isEmpty { throw Problem(text: "invalid spec: \(text): empty section between colons") }
        if sections.count == 2 { throw Problem(text: "invalid spec: \(text): too many colons") }
        sections.append(String(decoding: current, as: UTF8.self))
        current = []
      } else {
        current.append(byte)
      }
      previous = byte
    }
    if current.isEmpty { throw Problem(text: "invalid spec: \(text): empty section between colons") }
    sections.append(String(decoding: current, as: UTF8.self))
    return sections
  }

  /// Whether a source is a path on the host rather than the name of a volume.
  static func isPath(_ source: String) -> Bool {
    let bytes = Array(source.utf8.prefix(2))
    guard let first = bytes.first else { return false }
    if [UInt8(ascii: "."), UInt8(ascii: "/"), UInt8(ascii: "~"), UInt8(ascii: "\\")].contains(first) { return true }
    return bytes.count == 2 && bytes[1] == UInt8(ascii: ":") && (first | 0x20) &- UInt8(ascii: "a") < 26
  }

  private mutating func take(options: String) {
    for option in options.split(separator: ",") {
      switch option {
      case "ro": isReadOnly = true
      case "rw": isReadOnly = false
      case "nocopy": noCopy = true
      case "rprivate", "private", "rshared", "shared", "rslave", "slave": propagation = String(option)
      case "z", "Z": selinux = String(option)
      default: continue
      }
    }
  }
}
