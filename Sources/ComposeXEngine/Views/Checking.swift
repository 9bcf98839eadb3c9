import ComposeXLua

/// What a rule comes to for a resource.
enum Verdict {
  case passes
  /// What was not known, if that may be why.
  case fails(unknown: [String])
}

extension ScriptSession {
  /// What is asked of a rule beside the resource.
  struct Asking {
    var isStrict: Bool
    var passesUnknown = false
    /// The function that knows the values with which it compares.
    var function: LuaReference?
    /// Texts that it may have from elsewhere.
    var texts: [String] = []
  }

  /// Whether a rule holds for all that its conditions may become, and for an organisation's rule whatever the values are that nobody
  /// knows yet: it is asked with each text that it could compare them with.
  func verdict(on resource: Resource, _ asking: Asking, _ ask: () throws -> Bool) throws -> Verdict {
    var plan: [Int] = []
    for _ in 0..<Evaluation.most {
      let evaluation = Evaluation(stack, assuming: plan)
      if evaluation.makes(resource) {
        let verdict = try verdict(evaluation, asking, ask)
        guard case .passes = verdict else { return verdict }
      }
      guard let next = evaluation.next else { return .passes }
      plan = next
    }
    return .fails(unknown: ["it has more than \(Evaluation.most) cases by its conditions and mappings"])
  }

  private func verdict(_ evaluation: Evaluation, _ asking: Asking, _ ask: () throws -> Bool) throws -> Verdict {
    let run = CheckRun(evaluation, isStrict: asking.isStrict)
    let answer = Swift.Result { try self.answer(in: run, ask) }
    guard asking.isStrict, !run.handed.isEmpty else { return try answer.get() ? .passes : .fails(unknown: []) }
    if case .failure(let error) = answer, error.isFinal { throw error }
    let subject = run.lookedInto.map { [$0] } ?? run.handed
    if asking.passesUnknown {
      if run.lookedInto != nil { return .passes }
      guard case .success(let holds) = answer else { return .passes }
      let mayHold = try holds || stands(asking).contains { try self.holds($0, run, ask) }
      return mayHold ? .passes : .fails(unknown: [])
    }
    guard run.lookedInto == nil, case .success(true) = answer else { return .fails(unknown: subject) }
    let isSure = try stands(asking).allSatisfy { try self.holds($0, run, ask) }
    return isSure ? .passes : .fails(unknown: subject)
  }

  private func answer(in run: CheckRun, _ ask: () throws -> Bool) throws -> Bool {
    let outer = checkRun
    checkRun = run
    defer { checkRun = outer }
    return try ask()
  }

  /// Whether the rule holds when `stand` is what is not known; a rule that fails on it does not.
  private func holds(_ stand: CheckRun.Stand, _ run: CheckRun, _ ask: () throws -> Bool) throws -> Bool {
    let again = CheckRun(
      Evaluation(stack, assuming: run.evaluation.assumptions), stand: stand, isStrict: true)
    do { return try answer(in: again, ask) } catch {
      if error.isFinal { throw error }
      return false
    }
  }

  /// What a value may be that nobody knows.
  private func stands(_ asking: Asking) -> [CheckRun.Stand] {
    var constants = LuaConstants()
    if let function = asking.function {
      let key = ObjectIdentifier(function)
      constants = knownConstants[key] ?? host.constants(of: function)
      knownConstants[key] = constants
    }
    var texts = [CheckRun.anyText, ""]
    for text in constants.strings + asking.texts {
      for text in [text, text.withoutPatternSigns] where !texts.contains(text) { texts.append(text) }
    }
    let numbers = constants.numbers.map { number in Int(exactly: number).map { LuaValue.integer($0) } ?? .number(number)
    }
    let values = [LuaValue.boolean(true), .boolean(false)] + texts.map { LuaValue.string($0) } + numbers
    return [.absent] + values.map { CheckRun.Stand.value($0) }
  }
}

extension String {
  /// The plain text of a pattern such as `^alias/acme/`.
  fileprivate var withoutPatternSigns: String {
    var bytes = Array(utf8)
    if bytes.first == UInt8(ascii: "^") { bytes.removeFirst() }
    if bytes.last == UInt8(ascii: "$") { bytes.removeLast() }
    bytes.removeAll { $0 == UInt8(ascii: "%") }
    return String(decoding: bytes, as: UTF8.self)
  }
}

extension Error {
  /// Whether it ends the run of a rule whatever values are: the limits, and what `composex.fail` says.
  fileprivate var isFinal: Bool {
    if let failure = self as? LuaFailure, failure.isOverTime || failure.isOverMemory { return true }
    return isOfFail
  }

  /// Whether it is what `composex.fail` says.
  var isOfFail: Bool { ((self as? LuaFailure)?.cause as? Finding ?? self as? Finding)?.isFromFail == true }
}

// MARK: - What a rule sees

extension ScriptSession {
  /// A value of a resource as a rule sees it.
  func checked(_ node: Node, _ owner: NodeView.Owner, depth: Int, in run: CheckRun) -> LuaValue {
    switch run.evaluation.evaluate(node) {
    case .absent: return .nil
    case .known(let written):
      guard let known = document(written, owner) else {
        return run.isStrict ? stand(for: written, owner, run, mayBeAbsent: true) : scalar(written, owner, depth: depth)
      }
      let read = schema(of: owner)?.read(known) ?? known
      guard read.list == nil, read.fields == nil else {
        let read = statements(read, owner)
        return .object(CheckedView(self, read, owner, depth: depth, run: run))
      }
      return isUnset(read, owner) ? .nil : scalar(read, owner, depth: depth)
    case .reference(let reference):
      return run.isStrict
        ? stand(for: reference, owner, run, mayBeAbsent: false) : scalar(reference, owner, depth: depth)
    case .unknown(let unknown):
      return run.isStrict ? stand(for: unknown, owner, run, mayBeAbsent: true) : scalar(unknown, owner, depth: depth)
    }
  }

  /// A property of the resource itself that is the empty string: types read it as one that is not there (`KmsMasterKeyId: ""` is a queue
  /// without a key).
  private func isUnset(_ node: Node, _ owner: NodeView.Owner) -> Bool {
    guard case .properties(_, let path) = owner, path.count == 1 else { return false }
    return node.string?.isEmpty == true
  }

  private func schema(of owner: NodeView.Owner) -> Schema? {
    guard case .properties(let resource, let path) = owner, !path.isEmpty else { return nil }
    return resource.registered?.schema(at: path)
  }

  /// The document of which a property is the JSON text, as CloudFormation takes policies in both forms; nil for a text that seems to be
  /// one and cannot be read. Any other value is itself.
  private func document(_ node: Node, _ owner: NodeView.Owner) -> Node? {
    guard let text = node.string, case .properties(let resource, let path) = owner, let type = resource.registered,
      let first = text.unicodeScalars.first(where: { !$0.properties.isWhitespace && $0 != "\u{FEFF}" }),
      first == "{" || first == "[", type.schema(at: path)?.takesDocuments == true,
      path.count == 1 || type.schema(at: Array(path.dropLast()))?.takesDocuments == false
    else { return node }
    let findings = Findings()
    let documents = try? YAMLComposer.documents(
      Array(text.utf8), file: SourceFile(name: "text", role: .compose), findings: findings)
    guard let documents, documents.count == 1, !findings.hasErrors else { return nil }
    return documents[0]
  }

  /// The statements of a policy: one that stands alone is a list of one.
  private func statements(_ node: Node, _ owner: NodeView.Owner) -> Node {
    guard node.fields != nil, case .properties(let resource, let path) = owner, path.last == "Statement",
      resource.registered?.schema(at: Array(path.dropLast()))?.takesDocuments == true
    else { return node }
    return Node(.list([node]), at: node.place)
  }

  private func stand(for node: Node, _ owner: NodeView.Owner, _ run: CheckRun, mayBeAbsent: Bool) -> LuaValue {
    let subject = "\(Self.path(of: owner)) (\(node.brief.prefix(120)))"
    run.hand(out: subject)
    let opaque = LuaValue.object(UnknownView(node, subject, run))
    let schema = schema(of: owner)
    switch run.stand {
    case .opaque: return opaque
    case .absent: return mayBeAbsent ? .nil : opaque
    case .value(.string("")) where !mayBeAbsent: return schema.takes(.string) ? .string(CheckRun.anyText) : opaque
    case .value(let value):
      let fits: Bool =
        switch value {
        case .string: schema.takes(.string)
        case .boolean: schema.takes(.boolean)
        default: schema.takes(.number)
        }
      return fits ? value : opaque
    }
  }

  private static func path(of owner: NodeView.Owner) -> String {
    switch owner {
    case .properties(_, let path): path.isEmpty ? "Properties" : path.filter { $0 != "*" }.joined(separator: ".")
    case .attribute(_, let name): name
    default: "a value"
    }
  }
}

extension Schema {
  /// Whether a document may stand there.
  fileprivate var takesDocuments: Bool {
    switch self {
    case .json, .any: true
    case .either(let forms): forms.contains(where: \.takesDocuments)
    default: false
    }
  }
}

extension Schema? {
  /// Whether a scalar of that kind may stand there; where the type says nothing, a text or a boolean may.
  fileprivate func takes(_ kind: Schema.Scalar.Kind) -> Bool {
    switch self {
    case nil, .any?, .json?: return kind != .number
    case .scalar(let scalar)?:
      if scalar.kind == .integer || scalar.kind == .number { return kind == .number }
      return scalar.kind == kind
    case .either(let forms)?: return forms.contains { Schema?.some($0).takes(kind) }
    default: return false
    }
  }
}
