/// What a word applies to: a resource type, a definition, a logical id, or any of several.
indirect enum Selector {
  /// `AWS::SQS::Queue`, `AWS::ECS::*`, `*`.
  case type(Glob)
  /// `x-sqs`: the main resource of every definition under the key.
  case key(String)
  /// `x-sqs::jobs`; a glob as the name may match nothing.
  case definition(key: String, name: Glob)
  /// `tasks`, `tasks::backend`: task definitions by the name of their family, or of any of its services.
  case task(Glob)
  /// `#JobsQueue`.
  case id(String)
  case any([Selector], text: String)

  /// A text in which `*` stands for any text, the empty one included.
  struct Glob {
    let text: String
    let isGlob: Bool

    init(_ text: String) {
      self.text = text
      isGlob = text.utf8.contains(UInt8(ascii: "*"))
    }

    func matches(_ name: String) -> Bool { isGlob ? Self.match(Array(text.utf8), Array(name.utf8)) : text == name }

    /// Walks both texts once, going back to the last `*` on a mismatch.
    private static func match(_ pattern: [UInt8], _ text: [UInt8]) -> Bool {
      var p = 0
      var t = 0
      var star: (p: Int, t: Int)?
      while t < text.count {
        if p < pattern.count, pattern[p] == UInt8(ascii: "*") {
          star = (p, t)
          p += 1
        } else if p < pattern.count, pattern[p] == text[t] {
          p += 1
          t += 1
        } else if let last = star {
          p = last.p + 1
          t = last.t + 1
          star = (last.p, t)
        } else {
          return false
        }
      }
      return pattern[p...].allSatisfy { $0 == UInt8(ascii: "*") }
    }
  }

  /// Reads a selector. A type or a key that does not exist is an error.
  init(_ text: String, in session: ScriptSession) throws {
    let keys = session.keys
    if text.hasPrefix("#") {
      self = .id(String(text.dropFirst()))
      return
    }
    if text == "tasks" || text.hasPrefix("tasks::") {
      let name = text.dropFirst(7)
      guard text == "tasks" || !name.isEmpty else {
        throw ScriptError("\"\(text)\" is not a selector", remedy: Self.forms)
      }
      self = .task(Glob(text == "tasks" ? "*" : String(name)))
      return
    }
    let parts = text.split(separator: ":", omittingEmptySubsequences: true)
    let isKey = text.hasPrefix("x-") || text == "services" || text.hasPrefix("services::")
    if isKey, let key = parts.first.map(String.init) {
      guard key == "services" || keys.contains(key) else {
        throw ScriptError(
          "\"\(text)\" selects nothing: there is no key \"\(key)\"",
          remedy: NearName.remedy(key, in: ["services"] + keys, what: "there are"))
      }
      let rest = text.dropFirst(key.count)
      if rest.isEmpty {
        self = .key(key)
        return
      }
      guard rest.hasPrefix("::"), rest.count > 2 else {
        throw ScriptError("\"\(text)\" is not a selector", remedy: Self.forms)
      }
      self = .definition(key: key, name: Glob(String(rest.dropFirst(2))))
      return
    }
    let glob = Glob(text)
    if !glob.isGlob {
      if parts.count == 2, let near = NearName.find(String(parts[0]), in: ["services", "tasks"] + keys) {
        throw ScriptError("\"\(text)\" is not a selector", remedy: "did you mean \"\(near)::\(parts[1])\"?")
      }
      try Self.checkType(text, session.stack.types)
    }
    self = .type(glob)
  }

  static let forms =
    "write a type (\"AWS::SQS::Queue\"), a key (\"x-sqs\"), a definition (\"x-sqs::jobs\"), a task (\"tasks::web\") or a logical id (\"#JobsQueue\")"

  private static func checkType(_ text: String, _ types: ResourceTypes) throws {
    guard text.contains("::") else { throw ScriptError("\"\(text)\" is not a selector", remedy: forms) }
    guard let unknown = types.unknown(text, at: .unknown) else { return }
    if unknown.severity == .error { throw ScriptError(unknown.message, remedy: unknown.remedy) }
    // A type of the account's own is fine; one that differs from AWS's in letter case only is a slip.
    if let near = NearName.find(text, in: types.allNames), near.lowercased() == text.lowercased() {
      throw ScriptError("there is no resource type \"\(text)\"", remedy: "did you mean \"\(near)\"?")
    }
  }
}

extension Selector: CustomStringConvertible {
  var description: String {
    switch self {
    case .type(let glob): glob.text
    case .key(let key): key
    case .definition(let key, let name): "\(key)::\(name.text)"
    case .task(let name): name.text == "*" ? "tasks" : "tasks::\(name.text)"
    case .id(let id): "#\(id)"
    case .any(_, let text): text
    }
  }
}

extension Selector {
  /// The resources of `stack` that it selects, in the order of the template. A name that nothing answers to is an error.
  ///
  /// `kinds` says what else a key stands for, for rules; `layout` are resources that the layout adds.
  func resources(in stack: Stack, kinds: ((String) -> Kinds)? = nil, layout: [Resource] = []) throws -> [Resource] {
    switch self {
    case .type(let glob): return (stack.resources.values + layout).filter { glob.matches($0.type) }
    case .key(let key):
      if let kinds = kinds?(key) { return (stack.resources.values + layout).filter(kinds.holds) }
      return stack.resources.values.filter { $0.origin.key == key && $0.origin.part == "main" }
    case .definition(let key, let name) where name.isGlob:
      return stack.resources.values.filter {
        $0.origin.key == key && $0.origin.part == "main" && $0.origin.names.contains(where: name.matches)
      }
    case .definition(let key, let name):
      let found = stack.resources(of: key, name.text).filter { $0.origin.part == "main" }
      if found.isEmpty { throw nothing(near: mains(of: stack), of: "\(key)::\(name.text)", in: stack) }
      return found
    case .task(let name):
      let tasks = stack.resources.values.filter(\.isTask)
      let found = tasks.filter { $0.origin.names.contains(where: name.matches) }
      if found.isEmpty, !name.isGlob {
        throw nothing(
          near: tasks.flatMap { $0.origin.names.reversed().map { "tasks::\($0)" } }, of: "\(self)", in: stack)
      }
      return found
    case .id(let id):
      guard let resource = stack.resources[id] else {
        throw nothing(near: stack.resources.keys.map { "#\($0)" }, of: "#\(id)", in: stack)
      }
      return [resource]
    case .any(let selectors, _):
      let found = try selectors.reduce(into: Set<ObjectIdentifier>()) { found, selector in
        for resource in try selector.resources(in: stack, kinds: kinds, layout: layout) {
          found.insert(ObjectIdentifier(resource))
        }
      }
      return (stack.resources.values + layout).filter { found.contains(ObjectIdentifier($0)) }
    }
  }

  private func mains(of stack: Stack) -> [String] {
    stack.resources.values.filter { $0.origin.part == "main" && !$0.origin.key.isEmpty }.map(\.name)
  }

  private func nothing(near names: [String], of text: String, in stack: Stack) -> ScriptError {
    if let (_, place) = stack.removed.last(where: { $0.resource.name == text || "#\($0.resource.id)" == text }) {
      return ScriptError(
        "matches nothing: \(text) was removed at \(place.fileAndLine)",
        remedy: "act on resources before they are removed")
    }
    var seen: Set<String> = []
    let unique = names.filter { seen.insert($0).inserted }
    return ScriptError("matches nothing", remedy: NearName.remedy(text, in: unique, what: "there are"))
  }
}

extension Resource {
  /// Whether it is the task definition of a family.
  var isTask: Bool { origin.key == "services" && origin.part == "task" }
}
