import ComposeXLua

/// One run of the Lua side: the host, the files loaded into it, what they declared, and the model that they see.
final class ScriptSession {
  /// Where a run stands; a word belongs to one phase, and a call in another is refused.
  enum Phase: String {
    case load, project, generate, transform, check
  }

  let host: LuaHost
  let findings: Findings
  let project: ComposeProject
  let stack: Stack
  var phase = Phase.load
  var declarations = Declarations()
  var options: Options
  /// The packs, in the order in which they were loaded.
  var packs: [Pack] = []
  var exemptions: [Exemption] = []
  /// Whether it is a test of a pack that runs: a small project uses few exemptions.
  var isTest = false
  /// Set when the time of scripts is over, or their faults are too many: nothing else of them is run.
  var isOver = false
  /// `composex.lock`, once a pack was asked for.
  var packLock: PackLock?
  /// The pack whose word is called; nil for scripts.
  var callingPack: Pack?
  let files = ScriptFiles()
  /// How jobs are run, by the names of their families.
  var runAs: [String: Node] = [:]
  /// Services whose image `composex push` built, and which no image of the compose file names.
  var builtImages: Set<String> = []
  /// What the built-in files returned, by their names.
  var modules: [String: LuaValue] = [:]
  /// What Lua was handed of nodes, services and resources, by the object that it shows.
  var views = KnownViews()
  /// The built-in files of modules, by their keys.
  var moduleFiles: [String: String] = [:]
  /// What keys stand for in rules.
  var knownKinds: [String: Selector.Kinds] = [:]
  /// The resources that the layout adds to those of the project, for rules to see.
  var layoutResources: [Resource] = []
  /// The rule that is asked, and what it sees.
  var checkRun: CheckRun?
  /// The constants of the functions of rules.
  var knownConstants: [ObjectIdentifier: LuaConstants] = [:]
  /// The resource that `composex.this` means while a module's tables are read.
  var this: Resource?
  /// Resources by what they were made for.
  var made: [Made: Resource] = [:]
  /// What was read in older spellings.
  var respellings: [Respelling] = []
  /// The generator steps that there are, which is what `override` may name.
  var steps: Set<String> = []
  /// The declaration that runs, and what for; the id as it was then.
  var running: (declaration: Declaration, resource: Resource?, id: String)?
  /// Takes what a contract of a pack refuses, while it is held.
  var takesRefusal: ((Finding, Resource) -> Void)?
  /// What runs within it, from outside inwards.
  var inner: [String] = []
  /// The same for what the time limit ended.
  var stoppedIn: [String] = []
  /// The `x-` keys of the built-in modules, and then of scripts.
  var moduleKeys: [String] = []
  /// What Lua files returned that others use, by user and path; nil for one that runs.
  var usedFiles: [String: LuaValue?] = [:]
  /// What data files hold, by their paths.
  var dataFiles: [String: Node] = [:]
  private var functions: [String: LuaValue] = [:]
  /// The globals of built-in files: plain tables, which the first of them takes.
  var builtInGlobals: [(String, LuaValue)]?
  private var kept: [ObjectIdentifier: AnyObject] = [:]

  init(
    project: ComposeProject, stack: Stack, settings: [Options.Setting] = [], limits: LuaLimits = LuaLimits(),
    findings: Findings
  ) {
    self.project = project
    self.stack = stack
    self.findings = findings
    options = Options(settings)
    host = LuaHost(limits: limits)
    host.sharesTime = true
    host.print = { [unowned self] text, call in
      try call.host.charge(512 + text.utf8.count)
      try countRemark()
      var finding = Finding(.note, at: place(call), text, notes: context)
      finding.isFromScript = true
      self.findings.report(finding)
    }
  }

  private var remarks = 0
  /// The faults that were reported: where, and what.
  var reported: Set<String> = []
  /// How often a script or a pack changed something.
  var writes = 0
  /// Lines of scripts and packs that can be reached, and those that were, for tests that count them.
  var lineCoverage: LineCoverage?
  /// Who gave the last name; nil for composex itself.
  var lastNaming: Declaration?
  /// Selectors of a logical id that matched nothing, told when all scripts have run.
  var missed: [Missed] = []

  /// Counts what scripts print and warn of: at most 10,000, since all are sorted and written.
  func countRemark() throws {
    remarks += 1
    guard remarks <= 10_000 else {
      throw ScriptError("scripts reported more than 10000 findings", remedy: "print and warn less")
    }
  }

  /// What the values of this run may read.
  var readRights: ReadRights { ReadRights(project, files) }

  /// Throws once all that scripts did has taken their time.
  func checkTime(at place: Place) throws {
    guard host.isOverTime, !isOver else { return }
    isOver = true
    throw Finding.error(
      at: place, "scripts ran longer than \(YAMLScalar.text(of: host.limits.seconds)) s together",
      remedy: "make them do less, or raise --script-timeout")
  }

  /// The notes that a finding gets: what ran when it was found.
  var context: [String] {
    guard let (declaration, resource, id) = running else { return inner }
    let what = resource.map { " on \($0.subject(called: id)) (\($0.origin.place.fileAndLine))" } ?? ""
    return ["in \(declaration.title)\(what)"] + inner
  }

  // MARK: - Functions

  /// A Swift function as Lua sees it, made once.
  func function(_ name: String, of pack: Pack? = nil, _ body: @escaping (LuaCall) throws -> LuaValue) -> LuaValue {
    let key = pack.map { "\($0.name)/\(name)" } ?? name
    if let made = functions[key] { return made }
    let made = host.function(name, body)
    functions[key] = made
    return made
  }

  /// A method of a view: its first argument is the view (`resource:tag{}`), unless it is `bound` to one.
  func method<View: LuaObject>(
    _ type: String, _ name: String, _ body: @escaping (View, LuaCall) throws -> LuaValue, bound: View? = nil
  ) -> LuaValue {
    if let bound { return host.function("\(type).\(name)") { try body(bound, $0) } }
    return function("\(type):\(name)") { call in
      guard case .object(let object) = try call[1], let view = object as? View else {
        throw ScriptError("\(name)() is called with a colon", remedy: "write \(type):\(name)(...)")
      }
      return try body(view, call)
    }
  }

  /// The one object of its type that the session has; the first call makes it.
  func one<Object: AnyObject>(_ make: () -> Object) -> Object {
    if let made = kept[ObjectIdentifier(Object.self)] { return unsafeDowncast(made, to: Object.self) }
    let made = make()
    kept[ObjectIdentifier(Object.self)] = made
    return made
  }
}

/// The views that a session has made: each object has one, so that Lua sees the same value again.
struct KnownViews {
  var nodes = ObjectTable<AnyObject>()
  var resources = ObjectTable<AnyObject>()
  var services = ObjectTable<AnyObject>()
  var tasks = ObjectTable<AnyObject>()
}

/// The key under which a resource that a generator made is found again.
struct Made: Hashable {
  var key: String
  var name: String
  var part: String
}
