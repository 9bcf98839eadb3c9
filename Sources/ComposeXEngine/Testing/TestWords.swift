import ComposeXLua

/// `composex` in a test file: `composex.test`, and the values that tests compare with.
final class TestRoot: LuaObject {
  private let test: TestWords
  /// Gives the words that a test has of a pack's files.
  private let words: WordsTable
  private let null = Marker(.null)
  private static let shared = ["use", "data", "copy", "merge", "split", "join", "cidr"]

  init(_ test: TestWords, _ words: WordsTable) { (self.test, self.words) = (test, words) }

  var luaTypeName: String { "composex" }

  func luaGet(_ key: LuaValue, _ call: LuaCall) throws -> LuaValue {
    switch key.string {
    case "test": return .object(test)
    case "null": return .object(null)
    case "version": return .string(ComposeXVersion.text)
    case let name? where Self.shared.contains(name): return try words.luaGet(key, call)
    default:
      let names = ["test", "null", "version"] + Self.shared
      throw ScriptError(
        "composex has no word \"\(key.string ?? "")\" in a test",
        remedy: NearName.remedy(key.string ?? "", in: names, what: "it has"))
    }
  }
}

/// `composex.test`: `renders`, `refuses`, `same`, `snapshot`.
final class TestWords: LuaObject {
  /// What a test adds to a run, in its last argument.
  struct Extras {
    var settings: [Options.Setting] = []
    var scripts: [String] = []
    var environment: [String: String] = [:]
  }

  private unowned let tests: PackTests
  private unowned let host: LuaHost
  private let files: ScriptFiles
  private var functions: [String: LuaValue] = [:]
  /// What the running test found different so far; nil while none runs.
  private var test: [Finding]?
  /// The tests of the file, each run when the file has said all: one that does not end leaves the others their time.
  private(set) var declared: [() -> Void] = []

  init(_ tests: PackTests, host: LuaHost, files: ScriptFiles) {
    self.tests = tests
    self.host = host
    self.files = files
  }

  var luaTypeName: String { "composex.test" }

  func luaGet(_ key: LuaValue, _ call: LuaCall) throws -> LuaValue {
    guard let word = LuaInterface.tests.first(where: { $0.name == key.string }) else {
      throw ScriptError(
        "composex.test has no word \"\(key.string ?? "")\"",
        remedy: NearName.remedy(key.string ?? "", in: LuaInterface.tests.map(\.name), what: "it has"))
    }
    let name = word.name
    if let made = functions[name] { return made }
    let made = host.function("composex.test.\(name)") { [unowned self] call in
      do {
        try word.call("composex.test.") {
          switch name {
          case "renders": try renders(call)
          case "refuses": try refuses(call)
          case "same": try same(call)
          default: try snapshot(call)
          }
        }
      } catch {
        // A test that is written wrong is one that fails: those behind it are run as well.
        guard name == "renders" || name == "refuses", test == nil else { throw error }
        var finding = files.finding(error)
        if finding.place.file == nil { finding.place = files.place(call) }
        let title = (try? call[1])?.string ?? name
        declared.append { [unowned self] in tests.end(title, [finding]) }
      }
      return .nil
    }
    functions[name] = made
    return made
  }

  /// `renders(name, compose, fn, extras)`: the text renders, and `fn(stack)` finds nothing wrong.
  private func renders(_ call: LuaCall) throws {
    let name = try call.text(1, of: "renders", "the name of the test")
    let text = try call.text(2, of: "renders", "a compose text")
    let function = try call.function(3, of: "renders")
    let extras = try extras(call, 4, of: "renders")
    let place = files.place(call)
    guard tests.wants(name) else { return }
    declared.append { [unowned self] in
      let (session, findings) = tests.render(text, extras)
      guard let session else {
        return tests.end(
          name, [.error(at: place, "it does not render")] + findings.filter { $0.severity == .error })
      }
      test = []
      var faults: [Finding] = []
      do { _ = try host.call(function, [.object(TestedStack(session))]) } catch { faults = [files.finding(error)] }
      tests.end(name, (test ?? []) + faults)
      test = nil
    }
  }

  /// `refuses(name, compose, text, extras)`: an error is found whose message holds the text.
  private func refuses(_ call: LuaCall) throws {
    let name = try call.text(1, of: "refuses", "the name of the test")
    let text = try call.text(2, of: "refuses", "a compose text")
    let expected = try call.text(3, of: "refuses", "a part of the message")
    guard !expected.isEmpty else {
      throw ScriptError(
        "refuses() wants an error, and any has an empty string in it", remedy: "write a part of the message")
    }
    let extras = try extras(call, 4, of: "refuses")
    let place = files.place(call)
    guard tests.wants(name) else { return }
    declared.append { [unowned self] in
      let errors = tests.render(text, extras).findings.filter { $0.severity == .error }
      if errors.contains(where: { $0.description.contains(expected) }) { return tests.end(name, []) }
      let what =
        errors.isEmpty ? "it renders, and should be refused: \(expected)" : "it is refused, but not with: \(expected)"
      tests.end(name, [.error(at: place, what)] + errors)
    }
  }

  /// `same(actual, expected)`.
  private func same(_ call: LuaCall) throws {
    let place = files.place(call)
    let lines = Difference.lines(try node(call, 1), try node(call, 2))
    if lines.isEmpty { return }
    let fault = Finding.error(
      at: place, lines.count == 1 ? lines[0] : "the values differ", notes: lines.count == 1 ? [] : lines)
    // The test goes on: what else differs is worth as much.
    if test == nil { throw fault }
    test?.append(fault)
  }

  /// `snapshot(stack, name)`: the template is that of `snapshots/<name>.yaml`.
  private func snapshot(_ call: LuaCall) throws {
    guard case .object(let view as StackView) = try call[1] else {
      throw ScriptError(
        "snapshot() takes a stack first, not \(try call[1].kindName)", remedy: "write snapshot(stack, name)")
    }
    let name = try call.text(2, of: "snapshot", "a name")
    guard !name.isEmpty,
      name.utf8.allSatisfy({ $0 == 45 || $0 == 95 || (48...57).contains($0) || (97...122).contains($0 | 32) })
    else {
      throw ScriptError(
        "\"\(name)\" is not the name of a snapshot",
        remedy: "it has letters, digits, - and _, and names a file of snapshots/")
    }
    try Snapshot(directory: tests.directory, name: name, records: tests.records)
      .compare(TemplateFormat.yaml.write(view.session.stack), at: files.place(call))
  }

  // MARK: - Arguments

  private func extras(_ call: LuaCall, _ index: Int, of word: String) throws -> Extras {
    if case .nil = try call[index] { return Extras() }
    var extras = Extras()
    for (key, value) in try call.table(index, of: word).fields {
      guard case .table(let table) = value, ["set", "scripts", "environment"].contains(key) else {
        throw ScriptError(
          "\(word)() has no option \"\(key)\" of that form",
          remedy: "it has: set = { key = value }, scripts = { \"tags.lua\" }, environment = { NAME = \"value\" }")
      }
      let pairs = try table.fields.map { field in
        guard let text = field.value.scalarText else {
          throw ScriptError(
            "\(key).\(field.key) of \(word)() is \(field.value.kindName)",
            remedy: "write a string, a number or a boolean"
          )
        }
        return (field.key, text)
      }
      switch key {
      case "set": extras.settings = pairs.map { Options.Setting(key: $0.0, value: $0.1) }
      case "environment": extras.environment = Dictionary(pairs) { first, _ in first }
      default:
        extras.scripts = try table.items.map { item in
          guard let path = item.string else {
            throw ScriptError("scripts of \(word)() are paths, not \(item.kindName)", remedy: "write { \"tags.lua\" }")
          }
          return try tests.inside(path, at: files.place(call))
        }
      }
    }
    return extras
  }

  /// An argument as a node; nil for nil.
  private func node(_ call: LuaCall, _ index: Int) throws -> Node? {
    switch try call[index] {
    case .nil: return nil
    case .object(let view as NodeView): return view.node
    case let value: return try Conversion.node(value, at: .unknown, session: nil, host: host)
    }
  }
}

extension LuaValue {
  /// A scalar as text.
  fileprivate var scalarText: String? {
    switch self {
    case .string(let text): text
    case .integer(let number): "\(number)"
    case .number(let number): "\(number)"
    case .boolean(let flag): flag ? "true" : "false"
    default: nil
    }
  }
}
