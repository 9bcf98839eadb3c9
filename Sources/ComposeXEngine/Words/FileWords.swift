import ComposeXLua

/// The words that read other files of a pack, or of the folder of a script.
extension Word {
  static let fileWords: [Word] = [use, data]

  private static let use = Word(
    WordDoc(
      "use", [("path", "string")], returns: "any",
      "What another Lua file of the same pack, or of the script's folder, returns: it runs once. \"base:lib/x.lua\" is a file of a pack that requires names."
    )
  ) { session, call in
    try session.use(call.text(1, of: "use", "a path"), call)
  }

  private static let data = Word(
    WordDoc(
      "data", [("path", "string")], returns: "any",
      "What a JSON, YAML or CSV file of the pack, or of the script's folder, holds: read-only; a CSV file is a list of its rows, by the names of its first line."
    )
  ) { session, call in
    try session.data(call.text(1, of: "data", "a path"), call)
  }
}

extension ScriptSession {
  /// A file beside the one that a call came from.
  private struct Beside {
    var owner: ScriptFiles.Owner
    var pack: Pack?
    var real: String
    var file: SourceFile
  }

  private func beside(_ path: String, of word: String, _ call: LuaCall) throws -> Beside {
    guard phase != .check else {
      throw ScriptError(
        "\(word)() reads a file, and a rule does not",
        remedy: "call it at the top of the file: local names = composex.\(word)(\"\(path)\")")
    }
    guard let caller = place(call).file, let owner = files.owner(of: caller) else {
      throw ScriptError(
        "\(word)() reads files beside this one, which has no folder", remedy: "write the script into a file")
    }
    if let colon = path.utf8.firstIndex(of: UInt8(ascii: ":")) {
      return try required(String(path[..<colon]), String(path[path.utf8.index(after: colon)...]), of: word)
    }
    let pack = callingPack
    let folder = pack?.directory ?? owner.folder
    guard let real = Files.inside(folder, path), Files.exists(real) else { throw outside(path, of: word, in: folder) }
    let shown = pack?.shown(path) ?? (owner.shown == "." ? path : "\(owner.shown)/\(path)")
    return Beside(
      owner: owner, pack: pack, real: real, file: SourceFile(name: shown, role: pack == nil ? .script : .pack))
  }

  private func outside(_ path: String, of word: String, in folder: String) -> ScriptError {
    let isMissing = !path.hasPrefix("/") && !path.split(separator: "/").contains("..")
    guard isMissing else {
      return ScriptError(
        "\(word)() reads files of the same folder, and not \"\(path)\"", remedy: "write its path from there, without .."
      )
    }
    let near = NearName.remedy(
      path,
      in: Files.names(in: Files.join(folder, Files.directory(of: path))).map {
        Files.directory(of: path).isEmpty ? $0 : "\(Files.directory(of: path))/\($0)"
      }, what: "there are")
    return ScriptError("there is no file \"\(path)\" beside it", remedy: near)
  }

  /// A file of a pack that the calling one requires.
  private func required(_ name: String, _ path: String, of word: String) throws -> Beside {
    guard let pack = callingPack else {
      throw ScriptError(
        "\(word)(\"\(name):...\") is for packs: a script requires none", remedy: "copy the file beside the script")
    }
    guard pack.content.requires.contains(where: { $0.name == name }) else {
      throw ScriptError(
        "pack \(pack.name) does not require \(name)",
        remedy: "write requires = { \(name) = \">= 1.0\" } in \(pack.manifest.name)")
    }
    guard let other = packs.first(where: { $0.name == name }) else {
      throw ScriptError("the pack \(name) is not loaded yet", remedy: "name it before \(pack.name)")
    }
    guard let real = Files.inside(other.directory, path), Files.exists(real) else {
      throw outside(path, of: word, in: other.directory)
    }
    return Beside(
      owner: other.owner, pack: other, real: real, file: SourceFile(name: other.shown(path), role: .pack))
  }

  /// What a Lua file returns, for one user of it: what a pack is given of another's file is its own copy.
  fileprivate func use(_ path: String, _ call: LuaCall) throws -> LuaValue {
    let user = callingPack?.name ?? place(call).file.flatMap { files.owner(of: $0)?.unit } ?? ""
    let found = try beside(path, of: "use", call)
    let key = "\(user)\u{0}\(found.real)"
    if let known = usedFiles[key] {
      guard let value = known else {
        throw ScriptError(
          "\(found.file.name) uses itself, by way of others", remedy: "move what both need into a third file")
      }
      return value
    }
    let source: [UInt8]
    do throws(Files.Failure) { source = try Files.readPlain(found.real) } catch {
      throw ScriptError("\(found.file.name) cannot be read: \(error.reason)")
    }
    usedFiles[key] = .some(nil)
    let caller = callingPack
    defer { callingPack = caller }
    do {
      let value = try run(source, found.file, of: found.owner, composex: WordsTable(self, pack: found.pack), live: true)
      usedFiles[key] = value
      return value
    } catch {
      usedFiles[key] = nil
      throw error
    }
  }

  /// What a data file holds.
  fileprivate func data(_ path: String, _ call: LuaCall) throws -> LuaValue {
    let found = try beside(path, of: "data", call)
    let node: Node
    if let known = dataFiles[found.real] {
      node = known
    } else {
      node = try read(found.real, found.file)
      dataFiles[found.real] = node
    }
    // A rule may compare values that are not known with what the file holds.
    callingPack?.dataTexts.formUnion(node.strings(most: 256))
    return lua(node, .data, depth: 0)
  }

  private func read(_ real: String, _ file: SourceFile) throws -> Node {
    let bytes: [UInt8]
    do throws(Files.Failure) { bytes = try Files.readPlain(real) } catch {
      throw ScriptError("\(file.name) cannot be read: \(error.reason)")
    }
    try host.charge(bytes.count)
    let node: Node
    if file.name.lowercased().hasSuffix(".csv") {
      node = try CSV.rows(bytes, file: file)
    } else {
      let found = Findings()
      let documents = try YAMLComposer.documents(bytes, file: file, findings: found)
      if let fault = found.sorted.first(where: { $0.severity == .error }) { throw fault }
      guard documents.count == 1 else {
        throw Finding.error(
          at: Place(file: file, line: 1), "the file holds \(documents.count) documents, not one",
          remedy: "write one document")
      }
      node = documents[0]
    }
    guard node.depth <= Conversion.maximumDepth else {
      throw Finding.error(
        at: Place(file: file, line: 1), "the file is nested deeper than \(Conversion.maximumDepth) levels")
    }
    try host.charge(160 * node.count)
    return node
  }
}

extension Node {
  /// The strings in it, the first of many.
  fileprivate func strings(most: Int) -> Set<String> {
    var found: Set<String> = []
    func visit(_ node: Node) {
      if found.count >= most { return }
      switch node.value {
      case .string(let text): found.insert(text)
      case .list(let items): items.forEach(visit)
      case .map(let fields):
        for (key, value) in fields {
          found.insert(key)
          visit(value)
        }
      default: break
      }
    }
    visit(self)
    return found
  }
}
