import ComposeXLua

/// How `lua/` reports: errors, warnings, near names.
extension Primitives {
  /// `engine.error(where, message, remedy, by)`: `by` is `{ note, at }`, what refuses and where it was declared; `where` is a node of the compose model, `{ node, key }` for the value
  /// of one of its entries, or `{ node, key, "key" }` for the key itself.
  static let error: Primitive = { session, call in
    session.findings.report(
      .error(
        at: session.place(of: try call[1]) ?? session.place(call), try call.text(2, of: "error", "a string"),
        remedy: try call.optionalText(3), notes: try session.refuser(call[4])))
    return .nil
  }

  /// `engine.warn(where, message, remedy, about)`: `about` is `{ consequence, group, block }`, see `Finding`.
  static let warn: Primitive = { session, call in try session.report(.warning, call, of: "warn") }

  /// `engine.note(where, message, remedy, about)`: something to know, that `--strict` leaves alone.
  static let note: Primitive = { session, call in try session.report(.note, call, of: "note") }

  /// `engine.near(name, names, what)`: the remedy for a name that does not exist; nil after a hundred errors, whose reader needs no
  /// further names: a search for each of thousands among thousands has no end.
  static let near: Primitive = { session, call in
    guard session.findings.errorCount < 100 else { return .nil }
    let names = try call.table(2, of: "near").items.compactMap { if case .string(let name) = $0 { name } else { nil } }
    let remedy = NearName.remedy(
      try call.text(1, of: "near", "a name"), in: names, what: try call.optionalText(3) ?? "there are")
    return remedy.map { .string($0) } ?? .nil
  }

  /// `engine.failed()`: whether an error was reported, so that what depends on correct input can be left out.
  static let failed: Primitive = { session, _ in .boolean(session.findings.hasErrors) }
}

extension ScriptSession {
  fileprivate func report(_ severity: Finding.Severity, _ call: LuaCall, of word: String) throws -> LuaValue {
    var finding = Finding(
      severity, at: place(of: try call[1]) ?? place(call), try call.text(2, of: word, "a string"),
      remedy: try call.optionalText(3))
    if case .table(let about) = try call[4] {
      if case .string(let text)? = about["consequence"] {
        guard let consequence = Consequence(rawValue: text) else {
          throw ScriptError("\(word)() knows no consequence \"\(text)\"")
        }
        finding.consequence = consequence
      }
      if case .string(let group)? = about["group"] { finding.group = group }
      if case .string(let block)? = about["block"] { finding.block = block }
    }
    findings.report(finding)
    return .nil
  }

  /// `in check("x-sqs") (rules.lua:3)` of `{ note, at }`.
  fileprivate func refuser(_ value: LuaValue) -> [String] {
    guard case .table(let table) = value, case .string(let note)? = table.items.first,
      let place = place(written: table.items.last)
    else { return [] }
    return ["in \(note) (\(place.fileAndLine))"]
  }
}

extension LuaCall {
  fileprivate func optionalText(_ index: Int) throws -> String? {
    if case .string(let text) = try self[index] { return text }
    return nil
  }
}
