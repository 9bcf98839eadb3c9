import ArgumentParser
import ComposeXEngine
import Glibc

/// The process: where its words go, its exit codes and its memory.
enum Process {
  /// Makes the process fit to run: standard streams that were closed are open, so that no file of ours gets their numbers, and a
  /// file that grows too long is an error of `write`, after which there is still something to clean up.
  static func prepare() {
    for descriptor in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO] where fcntl(descriptor, F_GETFD) < 0 {
      // The lowest number that is free is this one. To write to a stream that was closed stays an error.
      _ = open("/dev/null", descriptor == STDERR_FILENO ? O_WRONLY : O_RDONLY)
    }
    signal(SIGXFSZ, SIG_IGN)
  }

  /// What `-o` takes for standard output, as other programs do.
  static let standardOutput = "-"

  /// Writes all of `bytes`; false when that failed.
  @discardableResult
  static func write(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      if count <= 0 { return false }
      rest = rest.dropFirst(count)
    }
    return true
  }

  /// Writes what a command was asked for: a template, a model, a report. Whoever asked must learn that it is not whole.
  static func emit(_ bytes: [UInt8], to descriptor: Int32 = STDOUT_FILENO) throws {
    if write(bytes, to: descriptor) { return }
    let reason = String(cString: strerror(errno))
    warn("composex: error: the output cannot be written: \(reason)")
    throw ExitCode(1)
  }

  /// Writes to a file, or to standard output when none is named.
  static func emit(_ bytes: [UInt8], toFile path: String?) throws {
    guard let path, path != standardOutput else { return try emit(bytes) }
    do throws(Files.Failure) { try Files.write(bytes, to: path) } catch {
      throw unwritten(path, error.reason, isRefused: error.isRefused)
    }
  }

  /// What is said of a file of `-o` that cannot be written.
  static func unwritten(_ path: String, _ reason: String, isRefused: Bool) -> Finding {
    .error(
      at: Place(file: SourceFile(name: path, role: .commandLine)), "cannot be written: \(reason)",
      remedy: isRefused
        ? "have its owner give you the right to write there, or name another file: -o FILE"
        : "name a file in a folder that exists and can be written to")
  }

  /// Writes a line for people to standard output. Whatever stands in it, a terminal shows it, and it begins one line.
  static func say(_ text: String) throws { try emit(Array((VisibleText.of(text) + "\n").utf8)) }

  /// The same for standard error, where nobody hears of a failure.
  static func warn(_ text: String) { write(Array((VisibleText.of(text) + "\n").utf8), to: STDERR_FILENO) }

  /// Whether findings of one kind are shown as one line, and counted at the end.
  nonisolated(unsafe) static var groups = false

  /// Whether findings are shown with the codes of their kinds.
  nonisolated(unsafe) static var showsCodes = false

  /// Prints findings, the worst first.
  static func tell(
    _ findings: Findings, _ format: DiagnosticsFormat = .text, to descriptor: Int32 = STDERR_FILENO
  ) throws {
    let all = findings.sorted
    let isStyled = descriptor == STDERR_FILENO && coloursErrors
    // Nobody waits for codes who does not see them.
    let codes = (showsCodes || format != .text) && !all.isEmpty ? try? FindingCodes.builtIn() : nil
    var text: [UInt8]
    if format == .text, groups {
      let grouped = FindingGroups(all)
      text = format.write(grouped.shown, codes: nil, isStyled: isStyled)
      if let summary = grouped.summary { text += "\(summary)\n".utf8 }
    } else {
      text = format.write(all, codes: codes, isStyled: isStyled)
    }
    if descriptor == STDERR_FILENO { write(text, to: descriptor) } else { try emit(text, to: descriptor) }
  }

  /// Whether standard error is a terminal that may be coloured. https://no-color.org
  static var coloursErrors: Bool { colours(STDERR_FILENO) }

  /// The same of any stream.
  static func colours(_ descriptor: Int32) -> Bool {
    let refuses = getenv("NO_COLOR").map { $0[0] != 0 } ?? false
    let isDumb = getenv("TERM").map { String(cString: $0) == "dumb" } ?? true
    return !refuses && !isDumb && isatty(descriptor) == 1
  }
}

extension Process {
  /// Runs a command's work: prints what was found, and exits with 1 when an error is among it.
  static func run(
    _ findings: Findings, _ format: DiagnosticsFormat = .text, to descriptor: Int32 = STDERR_FILENO,
    _ body: () throws -> Void
  ) throws {
    do {
      try body()
    } catch let exit as ExitCode {
      try tell(findings, format, to: descriptor)
      throw exit
    } catch {
      findings.stage = .command
      findings.report(error)
    }
    try tell(findings, format, to: descriptor)
    if findings.hasErrors { throw ExitCode(1) }
  }

  /// Never frees `object`, as the process ends soon: taking the model and the Lua side apart takes as long as writing the
  /// template.
  static func keeping<Object: AnyObject>(_ object: Object) -> Object {
    kept.append(object)
    return object
  }

  nonisolated(unsafe) private static var kept: [AnyObject] = []
}
