import ComposeXLua

extension ScriptSession {
  public var hasProjectHooks: Bool { !declarations.project.isEmpty }

  /// Reads the list of resource modules, so that selectors know their keys.
  public func loadModules() {
    do {
      guard let manifest = try module("manifest").reference else { return }
      moduleKeys = try host.copy(of: manifest).items.compactMap { $0.table?["key"]?.string }
    } catch {
      findings.report(finding(error))
    }
  }

  /// Loads scripts from the disk, those that the project names before those of the command line. One that cannot be read is told.
  public func load(scripts ofProject: [String], named: [String]) {
    speaker = nil
    for (index, path) in (ofProject + named).enumerated() {
      do throws(Files.Failure) {
        // Whoever types the command may name a pipe.
        let source = index < ofProject.count ? try Files.readPlain(path) : try Files.read(path)
        load(script: source, file: SourceFile(name: path, role: .script))
      } catch {
        findings.report(
          .error(
            at: Place(file: SourceFile(name: path, role: .script)), "cannot be read: \(error.reason)",
            remedy: "name a Lua file that exists"))
      }
    }
    options.unused(findings)
  }

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
        guard case .table(let table) = declaration.body else { continue }
        declaration.hasFired = try host.contents(of: table)["key"]?.string.map { project.root[$0] != nil } ?? false
      }
      let overridden = declarations.overrides.sorted { $0.key < $1.key }.flatMap { step, all in all.map { (step, $0) } }
      for (step, declaration) in overridden where !steps.contains(step) {
        findings.report(
          .error(
            at: declaration.place, "there is no generator step \"\(step)\"",
            remedy: NearName.remedy(step, in: steps.sorted(), what: "there are")))
      }
    } catch {
      let finding = finding(error, notes: notes(of: error))
      if finding.place.file?.role == .module { return finding }
      findings.report(finding)
    }
    return nil
  }

  /// Where a function of a script was when its time was over.
  func notes(of error: any Error) -> [String] { (error as? LuaFailure)?.isOverTime == true ? stoppedIn : [] }
}
