import ComposeXLua

extension ScriptSession {
  /// Loads packs in order, each after those that it requires; one that is named twice is loaded once. What is wrong is reported.
  func load(packs: [PackReference]) {
    let packs = packs.compactMap(found)
    // One that the project names as well stays the organisation's, by whatever name either calls it.
    let organisations = Set(packs.filter(\.isOrganisations).map { Files.resolvingLinks($0.directory) })
    for var reference in packs where !isOver {
      do {
        if organisations.contains(Files.resolvingLinks(reference.directory)) { reference.isOrganisations = true }
        let pack = try open(reference)
        if self.packs.contains(where: { $0.directory == pack.directory }) { continue }
        try admit(pack, from: reference.place)
        self.packs.append(pack)
      } catch {
        findings.report(finding(error))
      }
    }
    self.packs = byRequirements(self.packs)
    for pack in self.packs where !isOver {
      do {
        try load(pack)
        try checkTime(at: pack.place)
      } catch {
        findings.report(finding(error))
      }
    }
    for pack in self.packs {
      checkRequirements(of: pack)
      checkAcceptances(pack)
    }
  }

  /// A reference with the folder that the lock file says; what is wrong is reported.
  private func found(_ reference: PackReference) -> PackReference? {
    var reference = reference
    do {
      let locked = try lock().resolve(reference) { try confine(reference, to: $0) }
      if let locked { reference.directory = locked }
    } catch {
      findings.report(finding(error))
      return nil
    }
    return reference
  }

  /// Refuses a pack of the project that lies where `--confine` does not let it read: the lock file may name any folder.
  private func confine(_ reference: PackReference, to folder: String) throws {
    let confinement = Confinement(project.options, directory: project.workingDirectory)
    guard !reference.isOrganisations, !confinement.permits(folder) else { return }
    throw Finding.error(
      at: reference.place, "\(reference.text) \(Confinement.reason)", remedy: "name it on the command line")
  }

  private func lock() throws -> PackLock {
    if let known = packLock { return known }
    let read = try PackLock(of: project.workingDirectory)
    packLock = read
    return read
  }

  /// Reads the manifest of a pack.
  func open(_ reference: PackReference) throws -> Pack {
    let path = Files.join(reference.directory, Pack.manifestName)
    let shown = Files.shown(reference.directory)
    let manifest = SourceFile(name: shown == "." ? Pack.manifestName : "\(shown)/\(Pack.manifestName)", role: .pack)
    let source: [UInt8]
    guard !Files.exists(path) || Files.inside(Files.resolvingLinks(reference.directory), Pack.manifestName) != nil
    else {
      throw Finding.error(
        at: reference.place, "\(manifest.name) leads out of the pack", remedy: "a pack reads only its own files")
    }
    do throws(Files.Failure) { source = try Files.readPlain(path) } catch {
      throw Finding.error(
        at: reference.place, "\(reference.text) is no pack: \(manifest.name) cannot be read: \(error.reason)",
        remedy: "a pack is a folder with a pack.lua; composex init --pack NAME makes one")
    }
    let value: LuaValue
    do { value = try run(source, manifest, of: nil, composex: ManifestWords()) } catch {
      // What it returned could not be read: that stands on no line of its own.
      var finding = finding(error)
      if finding.place.line == 0 { finding.place = Place(file: manifest, line: 1) }
      throw finding
    }
    guard case .table(let table) = value else {
      throw Finding.error(
        at: Place(file: manifest, line: 1), "a manifest must return a table, not \(value.kindName)",
        remedy: "write return { name = \"acme\", version = \"1.0.0\" }")
    }
    do {
      let content = try PackManifest(table)
      return Pack(
        name: content.name, version: Version(content.version)!, directory: Files.resolvingLinks(reference.directory),
        shownDirectory: shown, manifest: manifest, content: content, isOrganisations: reference.isOrganisations)
    } catch let error as ScriptError {
      throw Finding.error(at: Place(file: manifest, line: 1), error.message, remedy: error.remedy)
    }
  }

  /// Refuses a pack that asks for another composex, or whose name is taken.
  private func admit(_ pack: Pack, from place: Place) throws {
    if let other = packs.first(where: { $0.name == pack.name }) {
      throw Finding.error(
        at: place, "two packs are called \"\(pack.name)\": \(other.shownDirectory) and \(pack.shownDirectory)",
        remedy: "name one of them only")
    }
    guard let text = pack.content.composex else { return }
    guard let requirement = Requirement(text) else {
      throw Finding.error(
        at: pack.place, "composex = \"\(text)\" is no requirement", remedy: "write it as \">= 1.0\" or \">= 1.0, < 2\"")
    }
    if let version = Version(ComposeXVersion.text), !requirement.allows(version) {
      throw Finding.error(
        at: pack.place, "pack \(pack.name) needs composex \(requirement), and this is \(version)",
        remedy: "install another composex, or another version of the pack")
    }
  }

  /// The packs in their order, but each behind those that it requires. Packs that require each other are an error.
  private func byRequirements(_ packs: [Pack]) -> [Pack] {
    var ordered: [Pack] = []
    var visiting: [String] = []
    func visit(_ pack: Pack) {
      if ordered.contains(where: { $0 === pack }) { return }
      if let start = visiting.firstIndex(of: pack.name) {
        let cycle = (visiting[start...] + [pack.name]).joined(separator: " -> ")
        findings.report(
          .error(at: pack.place, "packs require each other: \(cycle)", remedy: "move what they share into a third pack")
        )
        return
      }
      visiting.append(pack.name)
      for (name, _) in pack.content.requires { if let other = packs.first(where: { $0.name == name }) { visit(other) } }
      visiting.removeLast()
      ordered.append(pack)
    }
    for pack in packs { visit(pack) }
    return ordered
  }

  private func checkRequirements(of pack: Pack) {
    for (name, text) in pack.content.requires {
      guard let requirement = Requirement(text) else {
        findings.report(
          .error(at: pack.place, "requires.\(name) = \"\(text)\" is no requirement", remedy: "write it as \">= 1.0\""))
        continue
      }
      guard let other = packs.first(where: { $0.name == name }) else {
        findings.report(
          .error(
            at: pack.place, "pack \(pack.name) needs the pack \"\(name)\"",
            remedy: NearName.find(name, in: packs.map(\.name)).map { "did you mean \"\($0)\"?" }
              ?? "name it with --pack, or in x-composex: {packs: [...]}"))
        continue
      }
      if !requirement.allows(other.version) {
        findings.report(
          .error(
            at: pack.place, "pack \(pack.name) needs \(name) \(requirement), and there is \(other.version)",
            remedy: "take another version of one of them"))
      }
    }
  }

  /// Refuses what the project accepts and a pack does not let it accept.
  private func checkAcceptances(_ pack: Pack) {
    guard !pack.content.neverAccept.isEmpty, let codes = try? FindingCodes.builtIn() else { return }
    for text in pack.content.neverAccept {
      let pattern = FindingCodes.Wording(text)
      guard codes.rows.contains(where: { pattern.matches(Array($0.code.utf8)) }) else {
        findings.report(
          .error(
            at: pack.place, "never_accept of a manifest has no finding \"\(text)\"",
            remedy: NearName.find(text, in: codes.rows.map(\.code)).map { "did you mean \"\($0)\"?" }
              ?? "composex help findings lists them"))
        continue
      }
      for acceptance in findings.acceptances where pattern.matches(Array(acceptance.code.utf8)) {
        findings.report(
          .error(
            at: acceptance.place, "\(acceptance.code) may not be accepted: pack \(pack.name) refuses it",
            remedy: "mend what it tells of"))
      }
    }
  }

  /// Options, then resource modules, then the files that declare.
  private func load(_ pack: Pack) throws {
    do {
      pack.options = try declare(options: pack.content.options, unit: pack.name)
    } catch let error as ScriptError {
      throw Finding.error(at: pack.place, error.message, remedy: error.remedy)
    }
    let words = WordsTable(self, pack: pack)
    for path in pack.content.resources {
      let (source, file) = try pack.file(path)
      let module = try run(source, file, of: pack.owner, composex: words, live: true)
      try declare(module: module, at: Place(file: file, line: 1))
    }
    for path in pack.content.load {
      let (source, file) = try pack.file(path)
      _ = try run(source, file, of: pack.owner, composex: words)
    }
    for path in pack.content.contracts { try loadContracts(path, of: pack, words) }
    try loadExemptions(of: pack, words)
  }

  private func loadExemptions(of pack: Pack, _ words: WordsTable) throws {
    var tables = pack.content.exemptions
    var place = pack.place
    if let path = pack.content.exemptionsFile {
      let (source, file) = try pack.file(path)
      place = Place(file: file, line: 1)
      tables = try PackManifest.tables("the list of exemptions", run(source, file, of: pack.owner, composex: words))
    }
    for table in tables {
      do { exemptions.append(try Exemption(table, pack: pack, place: place)) } catch let error as ScriptError {
        throw Finding.error(at: place, error.message, remedy: error.remedy)
      }
    }
  }
}

extension Pack {
  /// Reads the manifest in a folder, and nothing else of the pack.
  ///
  /// - Throws: a `Finding` when it is none.
  public static func inspect(_ directory: String, named text: String) throws -> Pack {
    let session = ScriptSession(project: .empty, stack: Stack(name: "pack"), findings: Findings())
    do { return try session.open(PackReference(text: text, directory: directory, place: .unknown)) } catch {
      throw session.finding(error)
    }
  }
}

/// `composex` in a manifest, which only states facts.
final class ManifestWords: LuaObject {
  var luaTypeName: String { "composex" }

  func luaGet(_ key: LuaValue, _ call: LuaCall) throws -> LuaValue {
    throw ScriptError("a manifest only returns a table", remedy: "declare in the files that it names in load")
  }
}
