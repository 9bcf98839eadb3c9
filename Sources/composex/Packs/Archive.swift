import ComposeXEngine

/// An archive of a pack, which is looked through before anything of it is written.
struct Archive {
  /// The whole path, so that it cannot be taken for an option or for another host.
  let path: String
  let shown: String

  private static let maximumEntries = 10_000
  private var isZip: Bool { path.hasSuffix(".zip") }
  /// What could change how the programs behave.
  private static let environment: [(name: String, value: String?)] = [
    ("TAR_OPTIONS", nil), ("UNZIP", nil), ("UNZIPOPT", nil), ("ZIPINFO", nil), ("ZIPINFOOPT", nil), ("LC_ALL", "C"),
  ]

  /// Unpacks it into a folder that is empty. Throws a `Finding` when an entry would lead out of the folder, or is a link, and when
  /// it holds more than a pack may, by what it says and by what it is.
  func unpack(into folder: Folder) throws {
    guard Files.isPlainFile(path) else { throw wrong("there is no such file", remedy: "name an archive that exists") }
    let names = try lines(isZip ? ("unzip", ["-Z1", path]) : ("tar", tar("--list") + ["--absolute-names"]))
    guard names.count <= Self.maximumEntries else {
      throw wrong("it holds more than \(Self.maximumEntries) entries", remedy: nil)
    }
    for name in names where !Self.isInside(name) {
      throw wrong(
        "its entry \"\(name)\" leads out of the pack", remedy: "do not use it: no honest pack has such an entry")
    }
    if !isZip {
      for line in try lines(("tar", tar("--list") + ["--verbose", "--absolute-names"]))
      where line.first != "-" && line.first != "d" {
        throw wrong("it holds what is neither a file nor a folder: \(line)", remedy: "a pack holds its own files only")
      }
    }
    let declared = try declaredBytes()
    guard declared <= PackDigest.maximumBytes else { throw tooLarge("it unpacks to \(declared) bytes, more") }
    // What an entry says of its size binds nobody: it is all unpacked into nothing first, up to the limit.
    let whole = isZip ? ("unzip", ["-p", "-P", "none", path]) : ("tar", tar("--extract") + ["--to-stdout"])
    guard let bytes = try outputBytes(of: whole), bytes <= PackDigest.maximumBytes else {
      throw tooLarge("it unpacks to more")
    }
    if isZip {
      // A password that is given is not asked for.
      try run("unzip", ["-qq", "-o", "-P", "none", path], in: folder)
    } else {
      try run("tar", tar("--extract") + ["--no-same-owner", "--no-same-permissions"], in: folder)
    }
    folder.normalizeModes(depth: 64)
  }

  private func tooLarge(_ what: String) -> Finding {
    wrong(
      "\(what) than the \(PackDigest.maximumBytes >> 20) MiB of a pack",
      remedy: "do not use it: a pack is a few files of text")
  }

  /// What comes of it when it is unpacked; nil for more than a pack may hold.
  private func outputBytes(of command: (name: String, arguments: [String])) throws -> Int? {
    try explained { try program(command.name, command.arguments).outputBytes(most: PackDigest.maximumBytes) }
  }

  /// What its files hold when they are unpacked, as it says itself.
  private func declaredBytes() throws -> Int {
    if isZip {
      // 3 files, 1234 bytes uncompressed, 567 bytes compressed:  54.0%
      let words = try lines(("unzip", ["-Zt", path])).last.map { $0.split(separator: " ") } ?? []
      return words.firstIndex(of: "uncompressed,").flatMap { $0 > 1 ? Int(words[$0 - 2]) : nil } ?? 0
    }
    // -rw-r--r-- root/root      1234 2026-01-31 10:00 pack.lua
    return try lines(("tar", tar("--list") + ["--verbose", "--numeric-owner", "--absolute-names"])).reduce(0) {
      sum, line in
      let words = line.split(separator: " ", maxSplits: 3)
      return sum.addingReportingOverflow(words.count > 2 ? Int(words[2]) ?? 0 : 0).partialValue
    }
  }

  private func tar(_ verb: String) -> [String] {
    [verb, "--file=\(path)"] + (path.hasSuffix(".tar") ? [] : ["--gzip"])
  }

  /// Relative, without `..`, and without what the programs write for bytes that they do not show.
  private static func isInside(_ name: Substring) -> Bool {
    !name.isEmpty && !name.hasPrefix("/") && !name.contains("\\") && !name.split(separator: "/").contains("..")
  }

  private func lines(_ command: (name: String, arguments: [String])) throws -> [Substring] {
    String(decoding: try run(command.name, command.arguments).output, as: UTF8.self).split(separator: "\n")
  }

  @discardableResult
  private func run(_ name: String, _ arguments: [String], in folder: Folder? = nil) throws -> Program.Outcome {
    try explained {
      var program = program(name, arguments)
      program.folder = folder
      return try program.run()
    }
  }

  private func program(_ name: String, _ arguments: [String]) -> Program {
    Program(
      name: name, arguments: arguments, environment: Self.environment, maximumFile: UInt(PackDigest.maximumBytes),
      maximumSeconds: 60)
  }

  private func explained<Result>(_ body: () throws -> Result) throws -> Result {
    do { return try body() } catch var finding as Finding {
      finding.message = "\(shown) cannot be unpacked: \(finding.message)"
      finding.remedy = finding.remedy ?? "see whether it is whole, and what its name says it is"
      throw finding
    }
  }

  private func wrong(_ message: String, remedy: String?) -> Finding {
    .error(at: Place(file: SourceFile(name: shown, role: .commandLine)), message, remedy: remedy)
  }
}
