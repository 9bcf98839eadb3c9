import ComposeXLua

/// Contracts of packs: rules between properties and resources in the table of `lua/contracts`, which each file returns a list of.
extension ScriptSession {
  /// Reads the contracts of one file of a pack; a row that is none is an error at its line.
  func loadContracts(_ path: String, of pack: Pack, _ words: WordsTable) throws {
    let (source, file) = try pack.file(path)
    let first = Place(file: file, line: 1)
    guard let list = try run(source, file, of: pack.owner, composex: words, live: true).reference,
      list.definedAt == nil
    else {
      throw Finding.error(
        at: first, "a file of contracts must return a list of them",
        remedy: "write return { { id = \"acme-name\", on = \"AWS::SQS::Queue\", ... } }")
    }
    let lines = String(decoding: source, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
    for (index, row) in try rows(of: list).enumerated() {
      let id = row["id"]?.string
      let line = id.flatMap { id in lines.firstIndex { $0.contains("\"\(id)\"") || $0.contains("'\(id)'") } }
      let place = Place(file: file, line: (line ?? 0) + 1)
      if let message = row["message"]?.string {
        throw Finding.error(
          at: place, "contract \(id.map { "\"\($0)\"" } ?? "\(index + 1)") \(message)", remedy: row["remedy"]?.string)
      }
      try checkTypes(row["types"]?.table?.items.compactMap(\.string) ?? [], of: id ?? "", at: place)
      let isTaken = declarations.contracts.contains { $0.pack === pack && $0.word == "contract(\"\(id ?? "")\")" }
      if isTaken {
        throw Finding.error(at: place, "two contracts are called \"\(id ?? "")\"", remedy: "give one another id")
      }
      declarations.contracts.append(
        Declaration(
          word: "contract(\"\(id ?? "")\")", body: .contract(must: row["must"]?.string ?? "", list, index + 1),
          place: place, pack: pack))
    }
  }

  private func rows(of list: LuaReference) throws -> [LuaTable] {
    try callPackRows("read", [.reference(list)]).table?.items.compactMap(\.table) ?? []
  }

  private func callPackRows(_ name: String, _ arguments: [LuaValue]) throws -> LuaValue {
    guard let module = try module("contracts/pack_rows").reference,
      let function = try host.contents(of: module)[name]?.function
    else { return .nil }
    return try host.call(function, arguments)
  }

  /// A contract about a type that does not exist would hold for ever.
  private func checkTypes(_ names: [String], of id: String, at place: Place) throws(Finding) {
    let types = ResourceTypes()
    for name in names {
      guard var finding = types.unknown(name, at: place), finding.severity == .error else { continue }
      finding.notes.append("in contract \"\(id)\"")
      throw finding
    }
  }

  /// Holds a contract of a pack against the resources of its types; what it refuses is reported, or exempt.
  func hold(_ declaration: Declaration, must: String, _ list: LuaReference, _ index: Int) throws {
    takesRefusal = { [unowned self] finding, resource in
      if let exemption = exemption(resource, must, of: declaration.pack), !exemption.isExpired {
        exemption.isUsed = true
        return
      }
      var finding = finding
      finding.notes.insert("in \(declaration.title) (\(declaration.place.fileAndLine))", at: 0)
      report(finding, of: declaration)
    }
    defer { takesRefusal = nil }
    declaration.hasFired = try callPackRows("hold", [.reference(list), .integer(index)]).isTruthy
  }
}
