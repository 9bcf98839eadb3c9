/// A tree that is drawn anew on a terminal: what the user wrote, below it what runs or failed, with seconds.
final class TreeProgress: Progress {
  private let console: Console
  private let isColoured: Bool
  /// The lengths of the lines that stand on the terminal now.
  private var drawn: [Int] = []
  private var messages: [String] = []

  init(_ console: Console, isColoured: Bool) { (self.console, self.isColoured) = (console, isColoured) }

  func show(_ event: StackEvent, _ watch: Watch) {}
  func show(_ state: ServiceState, _ row: Watch.Row?, _ watch: Watch) {}
  func say(_ text: String, _ watch: Watch) { messages.append(contentsOf: text.split(separator: "\n").map(String.init)) }

  /// One line: what stands on it, and its colour.
  private struct Line {
    var text: String
    var state = State.plain
  }

  private enum State { case plain, running, done, failed, faint }

  func draw(_ watch: Watch) {
    let size = console.size() ?? (rows: 24, columns: 80)
    var lines = tree(watch, most: max(3, size.rows - 2))
    if lines.count > size.rows - 1 {
      let more = lines.count - (size.rows - 2)
      lines = Array(lines.prefix(max(1, size.rows - 2))) + [Line(text: "... \(more) more lines", state: .faint)]
    }
    put(lines, columns: size.columns)
  }

  func finish(_ result: String, _ cause: FailureCause?, _ lines: [String], _ watch: Watch) {
    draw(watch)
    drawn = []
    for line in lines { console.line(line) }
  }

  // MARK: - Drawing

  private func put(_ lines: [Line], columns: Int) {
    // A terminal that became narrower has broken the lines that stand on it.
    let rows = drawn.reduce(0) { $0 + max(1, ($1 + columns - 1) / columns) }
    var text = rows > 0 ? "\u{1B}[\(rows)A\r\u{1B}[J" : ""
    drawn = []
    for line in lines {
      let short = Self.fitted(line.text, columns)
      drawn.append(short.count)
      text += isColoured ? Self.coloured(short, line.state) : short
      text += "\n"
    }
    console.write(Array(text.utf8))
  }

  private static func fitted(_ text: String, _ columns: Int) -> String {
    let plain = VisibleText.of(text, indent: 0).split(separator: "\n").joined(separator: " ")
    return plain.count < columns ? plain : "\(plain.prefix(max(1, columns - 2)))…"
  }

  private static func coloured(_ text: String, _ state: State) -> String {
    let code =
      switch state {
      case .plain: ""
      case .running: "36"
      case .done: "32"
      case .failed: "31"
      case .faint: "2"
      }
    return code.isEmpty ? text : "\u{1B}[\(code)m\(text)\u{1B}[0m"
  }

  // MARK: - The tree

  fileprivate struct Group {
    var subject: String
    var rows: [Watch.Row] = []
  }

  private func tree(_ watch: Watch, most: Int) -> [Line] {
    var groups: [Group] = []
    for (_, row) in watch.rows where row.event.type != "AWS::CloudFormation::Stack" {
      let subject = watch.subject(row.event)
      if let at = groups.firstIndex(where: { $0.subject == subject }) {
        groups[at].rows.append(row)
      } else {
        groups.append(Group(subject: subject, rows: [row]))
      }
    }
    let done = watch.rows.count { $0.row.end != nil }
    var lines = [Line(text: "\(watch.name)  \(done)/\(watch.rows.count)  \(Self.seconds(watch.elapsed))")]
    lines += messages.map { Line(text: $0, state: .failed) }
    let blocks = groups.map { block($0, watch) }
    // What is finished gives way when the terminal is too low.
    var room = most - lines.count - blocks.reduce(0) { $0 + $1.count }
    var hidden = 0
    for (group, block) in zip(groups, blocks) {
      if room < 0, group.isDone {
        hidden += 1
        room += block.count
        continue
      }
      lines += block
    }
    if hidden > 0 { lines.append(Line(text: "✔ \(hidden) more", state: .done)) }
    return lines
  }

  private func block(_ group: Group, _ watch: Watch) -> [Line] {
    let failed = group.rows.filter { $0.event.isFailure }
    let running = group.rows.filter { $0.end == nil }
    let start = group.rows.map(\.start).min() ?? watch.start
    let end = running.isEmpty ? group.rows.compactMap(\.end).max() ?? start : watch.start + watch.elapsed
    let sign = !failed.isEmpty ? "✘" : running.isEmpty ? "✔" : "●"
    let count = group.rows.count > 1 ? "  \(group.rows.count - running.count)/\(group.rows.count)" : ""
    let state = !failed.isEmpty ? State.failed : running.isEmpty ? .done : .running
    var lines = [Line(text: "\(sign) \(group.subject)\(count)  \(Self.seconds(end - start))", state: state)]
    for row in failed {
      lines.append(Line(text: "    \(row.event.logicalId)  \(row.event.status): \(row.event.reason)", state: .failed))
    }
    for row in running {
      let seconds = Self.seconds(watch.start + watch.elapsed - row.start)
      lines.append(Line(text: "    \(row.event.logicalId)  \(row.event.status)  \(seconds)", state: .running))
      if let service = row.service {
        lines.append(Line(text: "      \(service.words)"))
        if let message = service.message { lines.append(Line(text: "      \(message)", state: .faint)) }
      }
    }
    return lines
  }

  private static func seconds(_ seconds: Int) -> String {
    String(PlainProgress.seconds(max(0, seconds)).drop { $0 == " " })
  }
}

extension TreeProgress.Group {
  fileprivate var isDone: Bool { rows.allSatisfy { $0.end != nil && !$0.event.isFailure } }
}
