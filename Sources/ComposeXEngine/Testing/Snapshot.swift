/// A template that a test keeps in a file, `snapshots/<name>.yaml` of its pack.
struct Snapshot {
  let directory: String
  let name: String
  /// Whether to write the file instead of comparing.
  let records: Bool

  /// Throws a `Finding` when the text is not that of the file. A file that is written fails too: what it says is still to be read.
  func compare(_ text: [UInt8], at place: Place) throws {
    let folder = Files.join(directory, "snapshots")
    let path = "\(folder)/\(name).yaml"
    let shown = Files.shown(path)
    let own = Files.resolvingLinks(directory)
    guard !Files.isTaken(folder) || Files.inside(own, "snapshots") != nil,
      !Files.isTaken(path) || Files.inside(own, "snapshots/\(name).yaml") != nil
    else {
      throw Finding.error(
        at: place, "\(shown) leads out of the pack", remedy: "a pack and its tests read only their own files")
    }
    let old = try? Files.readPlain(path)
    if old == text { return }
    if records {
      do throws(Files.Failure) {
        try Files.makeDirectory(folder)
        try Files.write(text, to: path)
      } catch {
        throw Finding.error(at: place, "\(shown) cannot be written: \(error.reason)")
      }
      throw Finding.error(
        at: place, "\(shown) was recorded", remedy: "read it, then run the tests again without RECORD")
    }
    guard let old else {
      throw Finding.error(at: place, "there is no snapshot \(shown)", remedy: "RECORD=1 composex test writes it")
    }
    throw Finding.error(
      at: place, "the template is not that of \(shown)", remedy: "RECORD=1 composex test takes what came",
      notes: Self.difference(old, text))
  }

  /// The lines from the first to the last that differ, at most ten of each side.
  private static func difference(_ old: [UInt8], _ new: [UInt8]) -> [String] {
    func lines(_ bytes: [UInt8]) -> [Substring] {
      String(decoding: bytes, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
    }
    var (was, now) = (lines(old)[...], lines(new)[...])
    while let a = was.first, a == now.first {
      was.removeFirst()
      now.removeFirst()
    }
    while let a = was.last, a == now.last {
      was.removeLast()
      now.removeLast()
    }
    return ["from line \(was.startIndex + 1):"] + was.prefix(10).map { "- \($0)" } + now.prefix(10).map { "+ \($0)" }
  }
}
