import Glibc

/// How the progress of an operation is shown.
public enum ProgressForm: String, CaseIterable, Sendable { case auto, tree, plain, json }

/// What shows the progress of an operation.
protocol Progress: AnyObject {
  /// An event of the stack, or of one in it.
  func show(_ event: StackEvent, _ watch: Watch)
  /// A service of ECS that came on.
  func show(_ state: ServiceState, _ row: Watch.Row?, _ watch: Watch)
  /// Shows how things stand, once in a second.
  func draw(_ watch: Watch)
  /// Something to know meanwhile.
  func say(_ text: String, _ watch: Watch)
  /// The end: what came of it, and in words for people.
  func finish(_ result: String, _ cause: FailureCause?, _ lines: [String], _ watch: Watch)
}

/// Where a command writes, as far as its texts depend on it.
public struct Console {
  /// Writes to standard output.
  public var write: ([UInt8]) -> Void
  /// Rows and columns of the terminal that standard output is; nil when it is none.
  public var size: () -> (rows: Int, columns: Int)?

  /// A console that writes by `write`.
  public init(_ write: @escaping ([UInt8]) -> Void) {
    self.write = write
    size = {
      guard isatty(STDOUT_FILENO) == 1 else { return nil }
      var size = winsize()
      guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_row > 0, size.ws_col > 0 else {
        return (24, 80)
      }
      return (Int(size.ws_row), Int(size.ws_col))
    }
  }

  func line(_ text: String) { write(Array((VisibleText.of(text) + "\n").utf8)) }

  /// Shows progress in a form; `auto` is a tree on a terminal that can show one.
  func progress(_ form: ProgressForm, _ environment: [String: String]) -> any Progress {
    let isDumb = (environment["TERM"] ?? "dumb") == "dumb"
    switch form {
    case .json: return JSONProgress(self)
    case .plain: return PlainProgress(self)
    case .tree: return TreeProgress(self, isColoured: environment["NO_COLOR"]?.isEmpty != false)
    case .auto:
      return size() == nil || isDumb || environment["CI"] != nil
        ? PlainProgress(self) : TreeProgress(self, isColoured: environment["NO_COLOR"]?.isEmpty != false)
    }
  }
}

/// A line for each event, for logs.
final class PlainProgress: Progress {
  private let console: Console

  init(_ console: Console) { self.console = console }

  private static func cell(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }

  static func seconds(_ seconds: Int) -> String {
    let text = seconds < 60 ? "\(seconds)s" : "\(seconds / 60)m\(seconds % 60 < 10 ? "0" : "")\(seconds % 60)s"
    return String(repeating: " ", count: max(0, 6 - text.count)) + text
  }

  private func line(_ seconds: Int, _ subject: String, _ id: String, _ text: String) {
    console.line("\(Self.seconds(max(0, seconds)))  \(Self.cell(subject, 20))  \(Self.cell(id, 24))  \(text)")
  }

  func show(_ event: StackEvent, _ watch: Watch) {
    let reason = event.reason.isEmpty || !event.isFailure ? "" : ": \(event.reason)"
    let id = event.isOfStack ? "stack" : event.logicalId
    let subject = event.isOfStack ? event.logicalId : watch.subject(event)
    line(event.time - watch.start, subject, id, event.status + reason)
  }

  func show(_ state: ServiceState, _ row: Watch.Row?, _ watch: Watch) {
    guard let row else { return }
    let message = state.message.map { ": \($0)" } ?? ""
    line(watch.elapsed, watch.subject(row.event), row.event.logicalId, state.words + message)
  }

  func draw(_ watch: Watch) {}
  func say(_ text: String, _ watch: Watch) { console.line(text) }

  func finish(_ result: String, _ cause: FailureCause?, _ lines: [String], _ watch: Watch) {
    for line in lines { console.line(line) }
  }
}

/// A JSON document for each event, on a line of its own.
final class JSONProgress: Progress {
  private let console: Console

  init(_ console: Console) { self.console = console }

  private func line(_ node: Node) { console.write(Array((JSONWriter.line(node, .compact) + "\n").utf8)) }

  private func line(
    _ time: Int, _ subject: String, _ event: StackEvent, _ status: String, _ reason: String, _ watch: Watch
  ) {
    line(
      .object([
        ("time", .of(AWSTime.text(time))), ("subject", .of(subject)), ("logicalId", .of(event.logicalId)),
        ("resourceType", .of(event.type)), ("status", .of(status)), ("reason", reason.isEmpty ? .nothing : .of(reason)),
        ("elapsed", .of(max(0, time - watch.start))),
      ]))
  }

  func show(_ event: StackEvent, _ watch: Watch) {
    line(event.time, event.isOfStack ? event.logicalId : watch.subject(event), event, event.status, event.reason, watch)
  }

  func show(_ state: ServiceState, _ row: Watch.Row?, _ watch: Watch) {
    guard let row else { return }
    let reason = state.message.map { "\(state.words): \($0)" } ?? state.words
    line(watch.aws.clock.now, watch.subject(row.event), row.event, row.event.status, reason, watch)
  }

  func draw(_ watch: Watch) {}
  func say(_ text: String, _ watch: Watch) {}

  func finish(_ result: String, _ cause: FailureCause?, _ lines: [String], _ watch: Watch) {
    line(.object([("result", .of(result)), ("cause", cause?.node ?? .nothing)]))
  }
}
