import ComposeXEngine
import Glibc

/// `composex render --watch`: renders again whenever a file changes, and prints what changed.
struct Watching {
  let options: RunOptions
  private var last: RenderedParts?
  private var files: [String] = []

  /// How often files are looked at, in milliseconds.
  private static let pause: UInt32 = 100

  init(_ options: RunOptions) { self.options = options }

  /// Renders until the process is ended. `write` puts templates where they belong.
  mutating func run(_ write: ([Pipeline.Template]) throws -> Void, _ format: TemplateFormat) throws {
    while true {
      let start = Self.now
      try render(write, format, since: start)
      let stamp = Self.stamp(of: files)
      while Self.stamp(of: files) == stamp { usleep(Self.pause * 1000) }
    }
  }

  private mutating func render(
    _ write: ([Pipeline.Template]) throws -> Void, _ format: TemplateFormat, since start: Double
  ) throws {
    let findings = options.findings
    let pipeline = Pipeline(options.input, findings: findings)
    var parts: RenderedParts?
    do {
      let (templates, outcome) = try pipeline.renderWhole(format)
      try write(templates)
      parts = RenderedParts(outcome)
    } catch {
      findings.report(error)
    }
    files = Self.watched(pipeline.readFiles)
    try Process.tell(findings, options.findingsFormat)
    guard let parts else { return Process.warn("not rendered; waiting for a change") }
    let milliseconds = Int((Self.now - start) * 1000)
    for line in last.map(parts.changes) ?? [] { Process.warn(line) }
    Process.warn("rendered in \(milliseconds) ms; waiting for a change")
    last = parts
  }

  /// The files that were read, and those beside them that may be read next.
  private static func watched(_ read: [String]) -> [String] {
    let whole = read.map { Files.join(Files.currentDirectory, $0) }
    var found: [String] = []
    for folder in Set(whole.map(Files.directory)).sorted() {
      for name in Files.names(in: folder)
      where name == ".env" || [".yaml", ".yml", ".lua", ".json", ".csv", ".env"].contains(where: name.hasSuffix) {
        found.append("\(folder)/\(name)")
      }
    }
    return found + whole.filter { !found.contains($0) }
  }

  /// Sizes and times of files, as one text.
  private static func stamp(of files: [String]) -> String {
    files.map { path in
      var status = stat()
      guard stat(path, &status) == 0 else { return "-" }
      return "\(status.st_size) \(status.st_mtim.tv_sec) \(status.st_mtim.tv_nsec) \(status.st_ino)"
    }.joined(separator: ";")
  }

  private static var now: Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}
