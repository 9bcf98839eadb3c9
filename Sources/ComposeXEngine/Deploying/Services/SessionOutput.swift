/// What a session of the Systems Manager writes around what a command wrote, and the exit code of that.
///
/// The Systems Manager does not tell the exit code, so the command is followed by one that prints it.
struct SessionOutput {
  let output: [UInt8]
  let code: Int32

  private static let mark = "composex-exit-code="

  /// A command line, as a shell of the container takes it, that says at its end how it ended.
  static func marked(_ words: String) -> String {
    "/bin/sh -c " + ShellText.word("\(words); c=$?; echo; echo \(mark)$c")
  }

  /// nil when the mark is not there: the command never ran to its end.
  init?(_ bytes: [UInt8]) {
    // A terminal in the container ends lines with two letters.
    let text = String(decoding: bytes.filter { $0 != UInt8(ascii: "\r") }, as: UTF8.self)
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    guard let end = lines.lastIndex(where: { $0.hasPrefix(Self.mark) }),
      let code = Int32(lines[end].dropFirst(Self.mark.count))
    else { return nil }
    lines = Array(lines[..<end])
    if let start = lines.firstIndex(where: { $0.hasPrefix("Starting session with SessionId:") }) {
      lines.removeFirst(start + 1)
      if lines.first?.hasPrefix("This session is encrypted") == true { lines.removeFirst() }
    }
    // The line end before the mark is ours.
    output = Array(lines.joined(separator: "\n").utf8)
    self.code = code
  }
}
