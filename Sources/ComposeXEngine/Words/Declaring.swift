import ComposeXLua

extension ScriptSession {
  /// Refuses a declaration inside a function: the file declares, the engine decides when.
  func declares(_ word: String) throws {
    guard phase == .load else {
      throw ScriptError(
        "\(word)() declares, and cannot be called inside a function", remedy: "move it to the top of the file")
    }
  }

  func properties(_ word: String, _ call: LuaCall) throws -> Declaration {
    try declares(word)
    let selector = try selector(call, of: word)
    let table = try call.table(2, of: word)
    if table.fields.isEmpty, table.items.isEmpty {
      findings.report(
        .warning(
          at: place(call), "\(word)(\"\(selector)\") changes nothing: its table is empty",
          remedy: "nil leaves a property as it is; composex.unset removes it"))
    }
    if let item = table.items.first {
      throw ScriptError(
        "\(word)() takes a table of properties, not a list that starts with \(item.kindName)",
        remedy: "write { Property = value }")
    }
    return Declaration(
      word: word, selector: selector, body: .properties(table), guards: try guards(call, 3, of: word),
      place: place(call),
      pack: callingPack)
  }

  /// The last argument: `{ expect = n }`, and for a patch `{ expect_was = ... }`.
  func guards(_ call: LuaCall, _ index: Int, of word: String) throws -> Declaration.Guards {
    if case .nil = try call[index] { return Declaration.Guards() }
    let known = word == "patch" ? ["expect", "expect_was"] : word == "check" ? ["unknown"] : ["expect"]
    let example = word == "check" ? "write { unknown = \"pass\" }" : "write { expect = 1 }"
    guard case .table(let table) = try call[index] else {
      throw ScriptError(
        "\(word)() takes a table of options last, not \(try call[index].kindName)", remedy: example)
    }
    for (key, _) in table.fields where !known.contains(key) {
      throw ScriptError("\(word)() has no option \"\(key)\"", remedy: NearName.remedy(key, in: known, what: "it has"))
    }
    guard table.items.isEmpty else {
      throw ScriptError("the options of \(word)() have names", remedy: example)
    }
    var guards = Declaration.Guards(was: table["expect_was"])
    if let unknown = table["unknown"] {
      guard case .string(let choice) = unknown, choice == "pass" || choice == "refuse" else {
        throw ScriptError("unknown of check() must be \"pass\" or \"refuse\"", remedy: example)
      }
      guards.passesUnknown = choice == "pass"
    }
    if let expect = table["expect"] {
      guard let count = Self.integer(expect), count >= 0 else {
        throw ScriptError("expect must be an integer", remedy: "write { expect = 1 }")
      }
      guards.expect = count
    }
    return guards
  }

  /// `2`, and `4 / 2`, which Lua makes a float.
  private static func integer(_ value: LuaValue) -> Int? {
    switch value {
    case .integer(let number): number
    case .number(let number): Int(exactly: number)
    default: nil
    }
  }
}

extension ScriptSession {
  static let moduleRemedy = "write { key = \"x-acme_topic\", type = \"AWS::SNS::Topic\", noun = \"Topic\" }"

  /// Records a resource module of a script or a pack.
  func declare(module: LuaValue, at place: Place) throws {
    guard case .reference(let table) = module, !table.isFunction else {
      throw Finding.error(
        at: place, "a resource module is a table, not \(module.kindName)", remedy: ScriptSession.moduleRemedy)
    }
    // A copy: what the file does with its table afterwards changes nothing.
    let fields = try host.copy(of: table)
    if let key = fields["key"]?.string { moduleKeys.append(key) }
    if let type = fields["type"]?.string, let unknown = stack.types.unknown(type, at: place) {
      findings.report(unknown)
    }
    declarations.modules.append(Declaration(word: "resource", body: .module(fields), place: place, pack: callingPack))
  }
}
