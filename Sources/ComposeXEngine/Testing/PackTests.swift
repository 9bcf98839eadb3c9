import ComposeXLua

/// The tests of a pack, or of any folder of rules: files of Lua that render small compose texts and look at what comes out.
public final class PackTests {
  /// How one test ended.
  public struct Result {
    /// As the file calls it.
    public var name: String
    /// Why it failed; empty when it passed.
    public var faults: [Finding]
  }

  /// The folder as the user named it.
  let directory: String
  let shown: String
  let isPack: Bool
  /// Whether snapshots are written instead of compared (`RECORD=1`).
  let records: Bool
  /// What the functions of a test, and a run of the pack, may take.
  public var limits = LuaLimits()
  /// What the names of tests must hold, or be when it has a `*`; nil runs all.
  public var filter: String?
  private var leftOut = 0
  private let report: (Result) -> Void
  /// What of the pack acted in the tests.
  public private(set) var coverage = Coverage()
  /// Whether lines are counted.
  public var countsLines = false
  /// Folders of packs that the pack requires; those beside it are found by themselves.
  private let named: [String]
  /// Sessions live as long as the tests: Lua may hold on to what it saw of them.
  private var sessions: [ScriptSession] = []
  private(set) var passed = 0
  private(set) var failed = 0

  /// `report` is called as each test ends. `packs` are folders of packs that it requires.
  public init(
    _ directory: String, packs: [String] = [], records: Bool = false, report: @escaping (Result) -> Void
  ) {
    named = packs
    self.directory = Files.join(Files.currentDirectory, directory)
    shown = directory
    isPack = Files.exists(Files.join(self.directory, Pack.manifestName))
    self.records = records
    self.report = report
  }

  /// Runs all tests; how many passed and failed.
  ///
  /// - Throws: a `Finding` when there are none.
  public func run() throws -> (passed: Int, failed: Int) {
    try checkFolder()
    let files = try testFiles()
    if files.isEmpty {
      throw fault("there are no tests", "write tests/NAME.lua, with composex.test.renders(...) in it")
    }
    for file in files { run(file) }
    if let filter, passed + failed == 0 {
      throw fault(
        "no test has a name like \(filter)", "there are \(leftOut) with other names: composex test lists them")
    }
    return (passed, failed)
  }

  /// Refuses what is no folder of tests, in the words of what it is.
  private func checkFolder() throws {
    guard Files.exists(directory) else {
      throw fault("there is no such folder", "name the folder of a pack: composex test FOLDER")
    }
    guard Files.isDirectory(directory) else {
      let parent = shown.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
      throw fault(
        "is a file, and a pack is a folder",
        "name its folder: composex test \(ShellText.word(parent.isEmpty ? "." : parent))")
    }
    guard isPack || Files.isDirectory(Files.join(directory, "tests")) else {
      throw fault(
        "is no pack, and has no tests: it holds neither \(Pack.manifestName) nor tests/",
        "name the folder of a pack; composex init --pack NAME makes one")
    }
  }

  private func fault(_ message: String, _ remedy: String) -> Finding {
    .error(at: Place(file: SourceFile(name: shown, role: .commandLine)), message, remedy: remedy)
  }

  /// Whether a test is to be run.
  func wants(_ name: String) -> Bool {
    guard let filter else { return true }
    let isWanted = FindingCodes.Wording(filter.contains("*") ? filter : "*\(filter)*").matches(Array(name.utf8))
    if !isWanted { leftOut += 1 }
    return isWanted
  }

  func end(_ name: String, _ faults: [Finding]) {
    if faults.isEmpty { passed += 1 } else { failed += 1 }
    report(Result(name: name, faults: faults))
  }

  // MARK: - Files

  /// The files that the manifest names, else all of `tests/`.
  private func testFiles() throws -> [String] {
    var named: [String] = []
    if isPack { named = try manifestTests() }
    if !named.isEmpty { return named }
    return Files.names(in: Files.join(directory, "tests")).filter { $0.hasSuffix(".lua") }.map { "tests/\($0)" }
  }

  private func manifestTests() throws -> [String] {
    let findings = Findings()
    let session = ScriptSession(
      project: .empty, stack: Stack(name: "test"), limits: limits, findings: findings)
    do { return try session.open(reference).content.tests } catch { throw session.finding(error) }
  }

  private var reference: PackReference {
    PackReference(text: shown, directory: directory, place: .unknown, isOrganisations: true)
  }

  /// The packs that it requires, and those that they require: named on the command line, or in a folder beside it.
  private lazy var required: [PackReference] = {
    let session = ScriptSession(project: .empty, stack: Stack(name: "test"), limits: limits, findings: Findings())
    sessions.append(session)
    func reference(_ folder: String, _ text: String) -> PackReference {
      PackReference(text: text, directory: folder, place: .unknown, isOrganisations: true)
    }
    let given = named.map { reference(Files.join(Files.currentDirectory, $0), $0) }
    var found = given
    var open = (isPack ? [self.reference] : []) + given
    var seen: Set<String> = []
    let names = Dictionary(
      given.compactMap { pack in (try? session.open(pack)).map { ($0.name, pack) } },
      uniquingKeysWith: { first, _ in first })
    while let next = open.popLast() {
      guard let pack = try? session.open(next) else { continue }
      for (name, _) in pack.content.requires where seen.insert(name).inserted && names[name] == nil {
        let folder = Files.join(directory, "../\(name)")
        guard Files.exists(Files.join(folder, Pack.manifestName)) else { continue }
        let beside = reference(folder, Files.shown(Files.resolvingLinks(folder)))
        found.append(beside)
        open.append(beside)
      }
    }
    return found
  }()

  private func run(_ path: String) {
    let file = SourceFile(name: shown == "." ? path : "\(shown)/\(path)", role: .script)
    let session = ScriptSession(
      project: .empty, stack: Stack(name: "test"), limits: limits, findings: Findings())
    let (host, files) = (session.host, session.files)
    host.sharesTime = false
    sessions.append(session)
    let pack = isPack ? try? session.open(reference) : nil
    session.packs = required.compactMap { try? session.open($0) }
    files.add(file, of: ScriptFiles.Owner(folder: Files.resolvingLinks(directory), unit: pack?.name ?? "test"))
    let words = TestWords(self, host: host, files: files)
    var fault: Finding?
    do {
      let source: [UInt8]
      let full = try inside(path, at: Place(file: file))
      do throws(Files.Failure) { source = try Files.readPlain(full) } catch {
        throw Finding.error(
          at: Place(file: file), "cannot be read: \(error.reason)", remedy: "mend the list of tests in pack.lua")
      }
      let root = TestRoot(words, WordsTable(session, pack: pack))
      let chunk = try source.withUnsafeBufferPointer {
        try host.load($0, name: file.name, globals: [("composex", .object(root))])
      }
      _ = try host.call(chunk)
    } catch {
      fault = files.finding(error)
    }
    var next = 0
    while next < words.declared.count {
      words.declared[next]()
      next += 1
    }
    if let fault { end(file.name, [fault]) }
  }

  /// The whole path of a file that the pack or a test names. A `Finding` when it is not one of the pack's own.
  func inside(_ path: String, at place: Place) throws -> String {
    guard let full = Files.inside(Files.resolvingLinks(directory), path) else {
      throw Finding.error(
        at: place, "\"\(path)\" is not inside \(shown)", remedy: "a pack and its tests read only their own files")
    }
    return full
  }

  // MARK: - Rendering

  /// Renders a compose text with the pack, and whatever else the test asks for.
  func render(_ text: String, _ extras: TestWords.Extras) -> (session: ScriptSession?, findings: [Finding]) {
    var options = ComposeOptions()
    options.files = ["compose.yaml"]
    options.texts = ["compose.yaml": Array(text.utf8)]
    options.projectName = "test"
    options.projectDirectory = directory
    options.environmentFiles = []
    options.confines = true
    var input = Pipeline.Input(compose: options, environment: extras.environment)
    if isPack { input.packs = required + [reference] }
    input.countsLines = countsLines
    input.scripts = extras.scripts.map(Files.shown)
    input.settings = extras.settings
    input.limits = limits
    input.isTest = true
    let findings = Findings()
    let pipeline = Pipeline(input, findings: findings)
    defer { if let session = pipeline.lastSession { coverage.add(session) } }
    let outcome = try? pipeline.run()
    if let session = pipeline.lastSession { sessions.append(session) }
    return (outcome?.session, findings.sorted)
  }
}
