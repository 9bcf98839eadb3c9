import ComposeXLua

/// The phases that act on what was declared, in the order of the pipeline.
extension ScriptSession {
  /// `project`: hooks may change the compose model before anything is generated.
  func runProjectHooks() {
    phase = .project
    for declaration in declarations.project {
      guard case .function(let function) = declaration.body else { continue }
      if isOver { return }
      declaration.hasFired = true
      attempt(declaration) { try nothing(host.call(function, [.object(projectView)]), from: declaration) }
    }
  }

  /// Whether a script or a pack changes what was generated.
  var hasOverrides: Bool { !declarations.defaults.isEmpty || !declarations.transforms.isEmpty }

  /// `default`, then `patch`, `each` and `stack` in the order in which they were written.
  func runOverrides() {
    phase = .transform
    for declaration in declarations.defaults { run(declaration) }
    for declaration in declarations.transforms { run(declaration) }
    for missed in missed { report(missed.finding(in: stack)) }
    missed = []
  }

  /// What overrides put into task definitions may be pulled, too.
  func grantImages() {
    if isOver || findings.hasErrors { return }
    do {
      if let grant = try module("task/pulled_images").function { _ = try host.call(grant) }
    } catch {
      findings.report(finding(error))
    }
  }

  /// `check`: rules that read and refuse, those of the resource modules first.
  func runChecks() {
    phase = .check
    do {
      if let check = try module("kinds/checks").function { _ = try host.call(check) }
    } catch {
      findings.report(finding(error, notes: notes(of: error)))
    }
    checkUnseen()
    for declaration in declarations.checks { run(declaration) }
    for declaration in declarations.contracts { run(declaration) }
    reportExemptions()
  }

  /// `contracts`: the rules of AWS between properties and resources, held against the final template.
  func runContracts() {
    phase = .check
    // No function of a script is called: the collector may wait, as it does while only built-in files generate.
    (host.runsTrustedCode, files.scriptsMayCall) = (true, false)
    defer { (host.runsTrustedCode, files.scriptsMayCall) = (false, true) }
    do {
      if let check = try module("contracts/check").function { _ = try host.call(check) }
    } catch {
      findings.report(finding(error))
    }
  }

  private func run(_ declaration: Declaration) {
    if isOver { return }
    guard let selector = declaration.selector else {
      if case .contract(let must, let list, let index) = declaration.body {
        return attempt(declaration) { try self.hold(declaration, must: must, list, index) }
      }
      guard case .function(let function) = declaration.body else { return }
      declaration.hasFired = true
      attempt(declaration) { try self.nothing(host.call(function, [.object(stackView)]), from: declaration) }
      return
    }
    do {
      let kinds: ((String) -> Selector.Kinds)? = declaration.word == "check" ? { self.kinds(of: $0) } : nil
      let found = try host.counting { try selector.resources(in: stack, kinds: kinds, layout: layoutResources) }
      try checkTime(at: declaration.place)
      if let expect = declaration.guards.expect, expect != found.count {
        throw ScriptError(
          "matches \(found.count) resources, not \(expect)",
          remedy: declaration.word == "default"
            ? "mend the selector or its expect; defaults run before patch, each and stack add any"
            : "mend the selector or its expect")
      }
      // A resource that an earlier call removed is no longer there to be visited.
      let removals = Removals()
      for resource in found where !isOver && (phase == .check || stack.contains(resource)) {
        run(declaration, on: resource, removals)
      }
      if !found.isEmpty { report(removals, of: declaration) }
    } catch let error as ScriptError {
      let finding = Finding.error(
        at: declaration.place, "\(declaration.title) \(error.message)", remedy: error.remedy)
      if phase == .transform, case .id(let id) = selector {
        missed.append(Missed(id: id, finding: finding, title: declaration.title))
      } else {
        report(finding)
      }
    } catch {
      report(finding(error))
    }
  }

  /// Reports what a patch removes although none of its resources has it.
  private func report(_ removals: Removals, of declaration: Declaration) {
    for path in removals.inVain {
      report(
        .warning(
          at: declaration.place, "\(declaration.title) removes \(path), which is not there",
          remedy: "take the composex.unset out, or mend the name"))
    }
  }

  private func run(_ declaration: Declaration, on resource: Resource, _ removals: Removals) {
    declaration.hasFired = true
    attempt(declaration, on: resource) {
      switch declaration.body {
      case .function(let function):
        try nothing(host.call(function, [.object(view(resource))]), from: declaration)
      case .properties(let table):
        let mode: Merging.Mode = declaration.word == "default" ? .fill : .override
        let merging = Merging(
          session: self, resource: resource, mode: mode, place: declaration.place, removals: removals)
        if let was = declaration.guards.was { try merging.expect(was, before: table) }
        try merging.merge(table)
      case .check(let must, let function):
        let asking = Asking(
          isStrict: declaration.pack?.isOrganisations == true, passesUnknown: declaration.guards.passesUnknown,
          function: function, texts: declaration.pack?.texts ?? [])
        var detail = RuleDetail()
        let verdict: Verdict
        do {
          verdict = try self.verdict(on: resource, asking) { try ask(function, resource, &detail) }
        } catch {
          // What a rule says by fail() is its refusal.
          declaration.hasRefused = true
          if error.isOfFail, isExempt(resource, must, of: declaration.pack) { return }
          throw error
        }
        guard case .fails(let unknown) = verdict else {
          declaration.hasHeld = true
          return
        }
        declaration.hasRefused = true
        guard !isExempt(resource, must, of: declaration.pack) else { return }
        report(
          .error(
            at: detail.place ?? resource.origin.place, "\(resource.subject) \(must)\(detail.text)",
            notes: ["in \(declaration.title) (\(declaration.place.fileAndLine))"] + Self.notes(ofUnknown: unknown)
          ).attributed(to: place(askingFor: resource)), of: declaration)
      case .module, .contract: break
      }
    }
  }

  /// Where the file asks for a resource that none of its definitions stands for: the section that it belongs to, or the layout.
  private func place(askingFor resource: Resource) -> Place {
    let isOfLayout = layoutResources.contains { $0 === resource }
    let node = isOfLayout ? project.root["x-composex"]?["layout"] : project.root[resource.origin.key]
    return node.map { $0.keyPlace ?? $0.place } ?? findings.project ?? .unknown
  }

  /// What a rule could not know, reported with its refusal.
  static func notes(ofUnknown subjects: [String]) -> [String] {
    guard !subjects.isEmpty else { return [] }
    return ["not known before the stack is deployed: \(subjects.joined(separator: ", "))"]
  }

  private func nothing(_ result: LuaValue, from declaration: Declaration) throws {
    if case .nil = result { return }
    throw Finding.error(
      at: declaration.place, "the function of \(declaration.title) returned \(result.kindName)",
      remedy: "change what it is given in place, and return nothing")
  }

  /// Runs `body`; what it throws is reported with the context in which it ran.
  private func attempt(_ declaration: Declaration, on resource: Resource? = nil, _ body: () throws -> Void) {
    running = (declaration, resource, resource?.id ?? "")
    let before = writes
    defer {
      if writes > before { declaration.hasWritten = true }
      running = nil
    }
    do {
      try body()
    } catch let error as ScriptError {
      report(.error(at: declaration.place, error.message, remedy: error.remedy, notes: context))
    } catch {
      if (error as? LuaFailure)?.isOverTime == true { isOver = true }
      report(finding(error, notes: context))
    }
    if isOver { return }
    // What fails has taken its time as well.
    do { try checkTime(at: declaration.place) } catch { report(finding(error, notes: context)) }
  }

  /// Reports a finding, unless the same line already failed in the same way on another resource, or the same rule on this one. The
  /// last of very many ends the run of scripts.
  func report(_ finding: Finding, of rule: Declaration? = nil) {
    var message = finding.message.brief
    // The same line fails on every type that has no such property: once is enough.
    if rule == nil, let type = running?.resource?.type, finding.severity == .error {
      message = message.replacing("\(type) has no property", with: "has no property")
    }
    guard reported.insert("\(rule?.place.description ?? "") \(finding.place): \(message)").inserted else { return }
    guard reported.count <= 10_000 else {
      isOver = true
      findings.report(
        .error(at: finding.place, "scripts found more than 10000 faults", remedy: "mend the first of them"))
      return
    }
    findings.report(finding)
  }
}

extension String {
  /// What tells one message from another: its beginning, and how long it is.
  fileprivate var brief: String {
    utf8.count <= 1024 ? self : "\(String(decoding: utf8.prefix(1024), as: UTF8.self)) \(utf8.count)"
  }
}
