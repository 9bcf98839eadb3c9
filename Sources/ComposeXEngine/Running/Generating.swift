import ComposeXLua

extension ScriptSession {
  var hasProjectHooks: Bool { !declarations.project.isEmpty }

  /// Makes the resources: the generators of `lua/`. Returns what stopped one of them inside `lua/`: where the compose file is
  /// wrong, that only follows, and is worth no mention.
  func generate() -> Finding? {
    phase = .generate
    let callsScripts = declarations.areCalledByGenerators
    (host.runsTrustedCode, files.scriptsMayCall) = (!callsScripts, callsScripts)
    defer { (host.runsTrustedCode, files.scriptsMayCall) = (false, true) }
    do {
      guard case .reference(let generate) = try module("generate") else { return nil }
      _ = try host.call(generate)
      for declaration in declarations.modules {
        guard case .module(let table) = declaration.body else { continue }
        declaration.hasFired = table["key"]?.string.map { project.root[$0] != nil } ?? false
      }
      let overridden = declarations.overrides.sorted { $0.key < $1.key }.flatMap { step, all in all.map { (step, $0) } }
      for (step, declaration) in overridden where !steps.contains(step) {
        findings.report(
          .error(
            at: declaration.place, "there is no generator step \"\(step)\"",
            remedy: NearName.remedy(step, in: steps.sorted(), what: "there are")))
      }
      if callsScripts { try checkTime(at: .unknown) }
    } catch {
      if (error as? LuaFailure)?.isOverTime == true { isOver = true }
      let finding = finding(error, notes: notes(of: error))
      if finding.place.file?.role == .module { return finding }
      findings.report(finding)
    }
    return nil
  }

  /// Where a function of a script was when its time was over.
  func notes(of error: any Error) -> [String] { (error as? LuaFailure)?.isOverTime == true ? stoppedIn : [] }
}
