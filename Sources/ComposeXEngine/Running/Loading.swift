import ComposeXLua

/// The load phase: built-in files, and scripts, which only declare.
extension ScriptSession {
  /// `composex` in scripts.
  private var words: WordsTable { one { WordsTable(self) } }

  /// Reads the list of resource modules, so that selectors know their keys.
  func loadModules() {
    do {
      guard let manifest = try module("manifest").reference else { return }
      moduleKeys = try host.copy(of: manifest).items.compactMap { $0.table?["key"]?.string }
    } catch {
      findings.report(finding(error))
    }
  }

  /// Loads scripts from the disk, those that the project names before those of the command line. One that cannot be read is reported.
  func load(scripts ofProject: [String], named: [String]) {
    callingPack = nil
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

  /// Runs a script, which may only declare. What it does wrong is reported; the run ends after all scripts are loaded.
  func load(script source: [UInt8], file: SourceFile) {
    do { _ = try run(source, file, composex: words) } catch { findings.report(finding(error)) }
  }

  /// Runs a file of the user's with `composex` as its one global; what it returns.
  func run(_ source: [UInt8], _ file: SourceFile, composex: any LuaObject, live: Bool = false) throws -> LuaValue {
    files.add(file)
    let chunk = try source.withUnsafeBufferPointer {
      try host.load($0, name: file.name, globals: [("composex", .object(composex)), ("type", typeFunction)])
    }
    return try live ? host.callLive(chunk) : host.call(chunk)
  }

  /// What the built-in file `lua/<name>.lua` returns; it runs once. Throws a `Finding` or `LuaFailure`.
  func module(_ name: String) throws -> LuaValue {
    if let loaded = modules[name] { return loaded }
    let path = "\(name).lua"
    guard let source = EmbeddedFiles.lua(named: path) else {
      throw ScriptError("there is no built-in file lua/\(path)")
    }
    let globals = builtInGlobals ?? [("composex", words.table), ("engine", Primitives.table(self))]
    builtInGlobals = globals
    let chunk = try host.load(builtIn: source, name: "lua/\(path)", globals: globals)
    let value = try host.callLive(chunk)
    modules[name] = value
    return value
  }
}
