/// The answer of `composex query`.
public struct Query {
  private let question: String
  private let answer: Answer

  /// What comes of a question.
  enum Answer {
    case one(Certainty, because: [Evidence])
    case reach([Reach])
    case permissions([Facts.Permission])
  }

  /// Answers `reach web -> db 5432`, `reach from internet`, `reach to db`, `may web sqs:SendMessage x-sqs::jobs` and
  /// `who may write x-s3::files`.
  ///
  /// - Throws: a `Finding` for what is no question, and for names that the template does not have.
  public init(_ text: String, of outcome: Pipeline.Outcome) throws {
    let question = try Question(text)
    self.question = text
    answer = try Facts(of: outcome.stack).answer(question)
  }

  /// `yes`, `no` or `maybe`; of a list, whether there is something in it.
  public var verdict: String {
    switch answer {
    case .one(let certainty, _): certainty.word
    case .reach(let list): (list.map(\.certainty).max() ?? .no).word
    case .permissions(let list): (list.map(\.certainty).max() ?? .no).word
    }
  }

  /// An answer a line.
  public var text: String {
    switch answer {
    case .one(let certainty, let because): Self.line(certainty.word, because, after: 1)
    case .reach(let list):
      Self.table(
        list.map { ["\($0.from) -> \($0.to)", $0.portText, Self.how($0.via, $0.certainty)] }, list.map(\.because))
    case .permissions(let list):
      Self.table(
        list.map { [$0.role, $0.action, $0.resource, $0.certainty == .maybe ? "maybe" : ""] }, list.map(\.because))
    }
  }

  private static func how(_ via: String?, _ certainty: Certainty) -> String {
    let words = (via.map { ["through \($0)"] } ?? []) + (certainty == .maybe ? ["maybe"] : [])
    return words.joined(separator: ", ")
  }

  /// Columns as wide as their widest cell, then where it stands.
  private static func table(_ rows: [[String]], _ because: [[Evidence]]) -> String {
    let widths = (0..<(rows.first?.count ?? 0)).map { column in rows.map { $0[column].count }.max() ?? 0 }
    return zip(rows, because).map { row, evidence in
      let cells = zip(row, widths).filter { $0.1 > 0 }.map { $0 + String(repeating: " ", count: $1 - $0.count) }
      return line(cells.joined(separator: "  "), evidence, after: 1)
    }.joined()
  }

  private static func line(_ text: String, _ because: [Evidence], after count: Int) -> String {
    let reasons = because.prefix(count).map {
      "\($0.logicalId)\($0.path.isEmpty ? "" : ".\($0.path)") at \($0.place.fileAndLine)"
    }
    return VisibleText.of(reasons.isEmpty ? text : "\(text)  (\(reasons.joined(separator: ", ")))") + "\n"
  }

  /// `{"question", "answer", "because"}`, as one node for the JSON writer.
  public var node: Node {
    switch answer {
    case .one(let certainty, let because):
      let word: Node = certainty == .maybe ? .of("maybe") : .of(certainty == .yes)
      return .object([("question", .of(question)), ("answer", word), ("because", Self.node(because))])
    case .reach(let list): return self.list(list.map(\.node))
    case .permissions(let list):
      return self.list(
        list.map {
          .object([
            ("role", .of($0.role)), ("action", .of($0.action)), ("resource", .of($0.resource)),
            ("answer", $0.certainty == .maybe ? .of("maybe") : .of(true)), ("because", Self.node($0.because)),
          ])
        })
    }
  }

  private func list(_ items: [Node]) -> Node {
    .object([("question", .of(question)), ("answer", Node(.list(items), at: .unknown))])
  }

  /// Evidence as other programs read it.
  static func node(_ because: [Evidence]) -> Node {
    Node(
      .list(
        because.map {
          .object([
            ("logicalId", .of($0.logicalId)), ("path", .of($0.path)),
            ("file", $0.place.file.map { .of($0.name) } ?? .nothing), ("line", .of(Int($0.place.line))),
          ])
        }), at: .unknown)
  }
}

extension Reach {
  /// `{"from", "to", "protocol", "port"}` with what else is known.
  var node: Node {
    var fields: [(String, Node)] = [("from", .of(from)), ("to", .of(to)), ("protocol", .of(transport))]
    if transport != "all", ports != .all {
      fields.append(("port", ports.lower == ports.upper ? .of(ports.lower) : .of(ports.text)))
    }
    if let via { fields.append(("via", .of(via))) }
    fields.append(("answer", certainty == .maybe ? .of("maybe") : .of(true)))
    fields.append(("because", Query.node(because)))
    return .object(fields)
  }
}

extension Facts {
  /// Answers a question.
  ///
  /// - Throws: a `Finding` for a name that the template does not have.
  func answer(_ question: Question) throws(Finding) -> Query.Answer {
    switch question {
    case .reach(let from, let to, let port):
      let found = reach(from: try place(from), to: try place(to)).filter { port?.fits($0) ?? true }
      let best = found.max { $0.certainty < $1.certainty }
      return .one(best?.certainty ?? .no, because: best?.because ?? [])
    case .reachFrom(let name):
      let from = try place(name)
      return .reach(reach.filter { $0.from == from })
    case .reachTo(let name):
      let to = try place(name)
      return .reach(reach.filter { $0.to == to })
    case .may(let name, let action, let target):
      let role = try role(name)
      let resource = try optional(target)
      if Question.levels.contains(action) {
        let all = permissions(level: action, resource).filter { $0.role == role.name }
        return .one(all.map(\.certainty).max() ?? .no, because: all.flatMap(\.because))
      }
      let answer = may(role, action, resource)
      return .one(answer.certainty, because: answer.because)
    case .whoMay(let action, let target):
      let resource = try optional(target)
      return .permissions(
        Question.levels.contains(action) ? permissions(level: action, resource) : whoMay(action, resource))
    }
  }

  private func optional(_ name: String?) throws(Finding) -> String? {
    guard let name else { return nil }
    return try resource(name)
  }

  /// What reads or writes, by the verb of the action.
  private func permissions(level: String, _ resource: String?) -> [Permission] {
    grants.filter { ActionLevel.fits($0.action, level) && (resource == nil || isOn($0.resource, resource ?? "")) }.map {
      Permission(
        role: $0.role, action: $0.action, resource: $0.resource, certainty: $0.certainty,
        because: $0.evidence.map { [$0] } ?? [])
    }
  }
}

extension Question.Port {
  /// Whether a way lets the whole of these ports through.
  func fits(_ reach: Reach) -> Bool {
    guard reach.transport == "all" || reach.transport == transport ?? "tcp" else { return false }
    return reach.ports.intersection(ports) == ports
  }
}
