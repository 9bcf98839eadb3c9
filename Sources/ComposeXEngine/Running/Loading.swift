import ComposeXLua

/// The load phase: built-in files, and scripts, which only declare.
extension ScriptSession {
  /// `composex` in scripts.
  private var words: WordsTable { one { WordsTable(self) } }

  /// Reads the list of resource modules, so that selectors know their keys.
  func loadModules() {
    do {
      guard let manifest = try module("manifest").reference else { return }
      for entry in try host.copy(of: manifest).items {
        guard let key = entry.table?["key"]?.string else { continue }
        moduleKeys.append(key)
        moduleFiles[key] = entry.table?["file"]?.string
      }
    } catch {
      findings.report(finding(error))
    }
  }

  /// Which stack of the nested layout a resource lives in; `compat` names the tool whose layout is kept.
  func stackHomes(_ compat: String?) throws(Finding) -> StackHomes {
    do {
      guard let table = try module("kinds/stacks").reference else { return StackHomes(LuaTable()) }
      let former = try compat == nil ? nil : module("kinds/peer_stacks").reference.map(host.copy(of:))
      var homes = StackHomes(try host.copy(of: table), former: former.map(FormerStacks.init))
      if !declarations.naming.isEmpty {
        homes.naming = { [unowned self] name, noun throws(Finding) in
          do { return try self.name("stack", of: name, noun: noun) } catch { throw finding(error) }
        }
      }
      return homes
    } catch {
      throw finding(error)
    }
  }

  /// Notes the lines of scripts and packs that are run from now on.
  func countLines() {
    let coverage = LineCoverage()
    lineCoverage = coverage
    host.onLine = { coverage.reach($0, $1) }
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
            remedy: error.remedy(reading: path, otherwise: "name a Lua file that exists")))
      }
    }
    options.unused(findings)
  }

  /// Runs a script, which may only declare. What it does wrong is reported; the run ends after all scripts are loaded.
  func load(script source: [UInt8], file: SourceFile) {
    if isOver { return }
    do {
      _ = try run(source, file, of: Self.owner(ofScript: file), composex: words)
      try checkTime(at: Place(file: file))
    } catch {
      findings.report(finding(error))
    }
  }

  /// A script may read the folder that it was named in; one that comes through a pipe has none.
  private static func owner(ofScript file: SourceFile) -> ScriptFiles.Owner? {
    let path = Files.join(Files.currentDirectory, file.name)
    guard Files.isPlain(path) else { return nil }
    return ScriptFiles.Owner(
      folder: Files.resolvingLinks(Files.directory(of: path)), shown: Files.directory(of: file.name),
      unit: Options.stem(file.name))
  }

  /// Runs a file of the user's with `composex` as its one global; what it returns.
  func run(
    _ source: [UInt8], _ file: SourceFile, of owner: ScriptFiles.Owner?, composex: any LuaObject, live: Bool = false
  ) throws -> LuaValue {
    files.add(file, of: owner, source: source)
    let chunk = try source.withUnsafeBufferPointer {
      try host.load($0, name: file.name, globals: [("composex", .object(composex)), ("type", typeFunction)])
    }
    if let lineCoverage, !(composex is ManifestWords) { lineCoverage.lines[file.name] = host.lines(of: chunk) }
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
