import Glibc

/// The user's aws command, and the calls that a run makes with it.
final class AWSCommand {
  let connection: AWSConnection
  let clock: AWSClock
  private let variables: [String]
  /// That of the process.
  let environment: [String: String]
  private var folder: String?
  /// How many calls were sent.
  private(set) var count = 0
  /// Told of each wait before a call is sent again.
  var onRetry: ((AWSFailure, _ seconds: Int) -> Void)?

  /// How many children run side by side.
  private static let width = 8
  /// Seconds before the second, third, ... attempt.
  private static let waits = [1, 2, 4, 8, 16]

  /// `environment` is the process's.
  init(_ connection: AWSConnection, environment: [String: String], clock: AWSClock) {
    self.connection = connection
    self.clock = clock
    self.environment = environment
    let ours = AWSConnection.variables.filter { $0.0 != "AWS_RETRY_MODE" || environment[$0.0] == nil }
    let names = Set(ours.map(\.0))
    variables =
      environment.filter { !names.contains($0.key) }.map { "\($0.key)=\($0.value)" } + ours.map { "\($0.0)=\($0.1)" }
  }

  /// One that calls as a role, whose credentials `sts assume-role` answered.
  func assuming(_ credentials: Node?) -> AWSCommand {
    let names = [
      ("AWS_ACCESS_KEY_ID", "AccessKeyId"), ("AWS_SECRET_ACCESS_KEY", "SecretAccessKey"),
      ("AWS_SESSION_TOKEN", "SessionToken"),
    ]
    var environment = self.environment
    for (variable, key) in names { environment[variable] = credentials?[key]?.string }
    environment["AWS_PROFILE"] = nil
    return AWSCommand(AWSConnection(region: connection.region), environment: environment, clock: clock)
  }

  deinit { clean() }

  /// Removes the files that were handed over.
  func clean() {
    if let folder { Files.removeTree(folder) }
    folder = nil
  }

  /// The answer of a call; null for one that answers nothing.
  func run(_ call: AWSCall) throws(AWSFailure) -> Node { try runAll([call])[0].get() }

  /// The same; what fails is a finding.
  func answer(_ call: AWSCall) throws(Finding) -> Node {
    do throws(AWSFailure) { return try run(call) } catch { throw error.finding(connection) }
  }

  /// The answers of calls that do not depend on each other, which are sent side by side. What fails in passing is sent again.
  func runAll(_ calls: [AWSCall]) -> [Result<Node, AWSFailure>] {
    var results = [Result<Node, AWSFailure>?](repeating: nil, count: calls.count)
    var open = Array(calls.indices)
    for attempt in 0...Self.waits.count {
      for (index, result) in zip(open, runOnce(open.map { calls[$0] })) { results[index] = result }
      open = open.filter { index in
        if case .failure(let failure)? = results[index], failure.kind == .passing { true } else { false }
      }
      guard attempt < Self.waits.count, let first = open.first, !Interruption.isRequested else { break }
      if case .failure(let failure)? = results[first] { onRetry?(failure, Self.waits[attempt]) }
      clock.wait(Self.waits[attempt])
    }
    return results.map { $0 ?? .failure(AWSFailure(.interrupted, "interrupted", of: calls[0])) }
  }

  private func runOnce(_ calls: [AWSCall]) -> [Result<Node, AWSFailure>] {
    var results: [Result<Node, AWSFailure>] = []
    var running: [(AWSCall, Result<AWSChild, AWSFailure>)] = []
    func finish() {
      let (call, child) = running.removeFirst()
      results.append(child.flatMap { Self.read($0.wait(), of: call) })
    }
    // Of calls that are sent at once, Ctrl-C stops all or none: what is asked does not depend on how fast the first one is answered.
    var isStopped = Interruption.isRequested
    for call in calls {
      if running.count == Self.width {
        finish()
        isStopped = Interruption.isRequested
      }
      running.append((call, isStopped ? .failure(AWSFailure(.interrupted, "interrupted", of: call)) : start(call)))
    }
    while !running.isEmpty { finish() }
    return results
  }

  private func start(_ call: AWSCall) -> Result<AWSChild, AWSFailure> {
    count += 1
    do throws(AWSFailure) { return .success(try child(call)) } catch { return .failure(error) }
  }

  /// Runs a call with the streams of this process, and returns its exit code: a shell in a container, a login.
  func attach(_ call: AWSCall) throws(AWSFailure) -> Int32 { try child(call, .attached).wait().exit }

  /// Runs a call that waits for input which never comes, and returns what it wrote: a command in a container, without a terminal.
  func wait(for call: AWSCall) throws(AWSFailure) -> (exit: Int32, output: [UInt8]) {
    let outcome = try child(call, .waiting).wait()
    return (outcome.exit, outcome.output)
  }

  private func child(_ call: AWSCall, _ streams: AWSChild.Streams = .captured) throws(AWSFailure) -> AWSChild {
    let words = try ["aws", call.service, call.operation] + self.words(of: call) + connection.options(of: call)
    do throws(ScratchFile.Failure) {
      return try AWSChild(words, variables: variables, streams)
    } catch {
      throw AWSFailure(
        error.code == ENOENT ? .notInstalled : .other, "cannot run aws: \(String(cString: strerror(error.code)))",
        of: call)
    }
  }

  private static func read(_ outcome: AWSChild.Outcome, of call: AWSCall) -> Result<Node, AWSFailure> {
    guard outcome.exit == 0 else {
      let failure = AWSFailure(outcome.errors, exit: outcome.exit, of: call)
      let isOurs = outcome.exit == 130 || outcome.exit == 128 + SIGINT || Interruption.isRequested
      return .failure(isOurs && failure.code.isEmpty ? AWSFailure(.interrupted, "interrupted", of: call) : failure)
    }
    if call.answer == .line {
      let line = String(decoding: outcome.output, as: UTF8.self).split(separator: "\n").first ?? ""
      return .success(.of(String(line)))
    }
    guard call.answer == .json, outcome.output.contains(where: { $0 > 0x20 }) else {
      return .success(Node(.null, at: .unknown))
    }
    do throws(JSONReader.Failure) { return .success(try JSONReader.read(outcome.output)) } catch {
      return .failure(AWSFailure(.other, "its answer is no JSON (at byte \(error.offset))", of: call))
    }
  }

  // MARK: - Files

  private func words(of call: AWSCall) throws(AWSFailure) -> [String] {
    var words: [String] = []
    for word in call.words {
      do throws(Files.Failure) {
        switch word {
        case .text(let text): words.append(text)
        case .file(let name, let bytes, let isPath): words.append((isPath ? "" : "file://") + (try write(name, bytes)))
        case .folder(_, let files):
          let folder = try handed("\(count)")
          try Files.makeDirectory(folder)
          for file in files { try Files.writePrivate(file.bytes, to: "\(folder)/\(file.name)") }
          words.append(folder)
        }
      } catch {
        throw AWSFailure(.other, "its input cannot be written: \(error.reason)", of: call)
      }
    }
    return words
  }

  private func write(_ name: String, _ bytes: [UInt8]) throws(Files.Failure) -> String {
    let folder = try handed("\(count)")
    try Files.makeDirectory(folder)
    let path = "\(folder)/\(Files.lastComponent(name))"
    try Files.writePrivate(bytes, to: path)
    return path
  }

  /// A folder that nobody else reads.
  private func handed(_ name: String) throws(Files.Failure) -> String {
    if let folder { return "\(folder)/\(name)" }
    let path = try Files.makeScratchFolder()
    folder = path
    return "\(path)/\(name)"
  }
}

extension Files {
  /// Writes a file that only its owner may read.
  fileprivate static func writePrivate(_ bytes: [UInt8], to path: String) throws(Failure) {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else { throw failure() }
    defer { close(descriptor) }
    try put(bytes, to: descriptor)
  }
}
