/// Names of the compose model as CloudFormation writes names.
enum PascalCase {
  /// `dead-jobs` -> `DeadJobs`: letters and digits only, each word with a capital.
  static func name(_ name: String) -> String {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(name.utf8.count)
    var isStart = true
    for byte in name.utf8 {
      switch byte {
      case 97...122:
        bytes.append(isStart ? byte - 32 : byte)
        isStart = false
      case 48...57, 65...90:
        bytes.append(byte)
        isStart = false
      default: isStart = true
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
