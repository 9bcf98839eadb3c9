import ComposeXLua

/// One run of the Lua side: the host, the files loaded into it, what they declared, and the model that they see.
public final class ScriptSession {
  /// Where a run stands; a word belongs to one phase, and a call in another is refused.
  public enum Phase: String {
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
  public internal(set) var packs: [Pack] = []
  var exemptions: [Exemption] = []
  /// What the functions of scripts may still take.
  lazy var time = ScriptTime(seconds: host.limits.seconds)
  /// `composex.lock`, once a pack was asked for.
  var packLock: PackLock?
  /// The pack whose word is called; nil for scripts.
  var speaker: Pack?
  let files = ScriptFiles()
  private var modules: [String: LuaValue] = [:]
  private var nodeViews = ObjectTable<NodeView>()
  private var resourceViews = ObjectTable<ResourceView>()
  /// The resource that `composex.this` means while a module's tables are read.
  var this: Resource?
  /// Resources by what they were made for.
  var made: [Made: Resource] = [:]
  /// The generator steps that there are, which is what `override` may name.
  var steps: Set<String> = []
  /// The declaration that runs, and what for; the id as it was then.
  var running: (declaration: Declaration, resource: Resource?, id: String)?
  /// What runs within it, from outside inwards.
  var inner: [String] = []
  /// The same for what the time limit ended.
  var stoppedIn: [String] = []
  /// The `x-` keys of the built-in modules, and then of scripts.
  public internal(set) var moduleKeys: [String] = []
  private var functions: [String: LuaValue] = [:]
  private(set) lazy var words = WordsTable(self)
  /// Of built-in files: plain tables, which the first of them takes.
  private lazy var builtInGlobals = [("composex", words.table), ("engine", Primitives.table(self))]
  private(set) lazy var projectView = ProjectView(self)
  private(set) lazy var stackView = StackView(self)
  private var services = ObjectTable<ServiceView>()

  public init(
    project: ComposeProject, stack: Stack, settings: [Options.Setting] = [], limits: LuaLimits = LuaLimits(),
    findings: Findings
  ) {
    self.project = project
    self.stack = stack
    self.findings = findings
    options = Options(settings)
    host = LuaHost(limits: limits)
    host.print = { [unowned self] text, call in
      try call.host.charge(512 + text.utf8.count)
      try says()
      self.findings.report(Finding(.note, at: place(call), text, notes: context))
    }
  }

  private var said = 0
  /// The faults that were told: where, and what.
  var told: Set<String> = []

  /// Counts what scripts print and warn of: nobody reads more, and it all has to be sorted and written.
  func says() throws {
    said += 1
    guard said <= 10_000 else {
      throw ScriptError("scripts said more than 10000 things", remedy: "print and warn less")
    }
  }

  // MARK: - Loading

  /// Runs a script, which may only declare. What it does wrong is reported; the run ends after all scripts are loaded.
  public func load(script source: [UInt8], file: SourceFile) {
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
    let chunk = try host.load(
      builtIn: source, name: "lua/\(path)",
      globals: builtInGlobals)
    let value = try host.callLive(chunk)
    modules[name] = value
    return value
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

  // MARK: - Views

  func view(_ node: Node, _ owner: NodeView.Owner, depth: Int) -> NodeView {
    if let view = nodeViews[node] { return view }
    let view = NodeView(self, node, owner, depth: depth)
    nodeViews[node] = view
    return view
  }

  func view(_ resource: Resource) -> ResourceView {
    if let view = resourceViews[resource] { return view }
    let view = ResourceView(self, resource)
    resourceViews[resource] = view
    return view
  }

  /// The active services, in the order of the files.
  var serviceViews: [ServiceView] {
    project.services.map { name, node in
      if let view = services[node] { return view }
      let view = ServiceView(self, name, node)
      services[node] = view
      return view
    }
  }

  /// What Lua sees of a node: scalars by value, lists and mappings as views.
  func lua(_ node: Node?, _ owner: NodeView.Owner, depth: Int) -> LuaValue {
    guard let node else { return .nil }
    switch node.value {
    case .null: return .nil
    case .bool(let flag): return .boolean(flag)
    case .int(let number): return .integer(number)
    case .float(let number): return .number(number)
    case .string(let text): return .string(text)
    case .list, .map: return .object(view(node, owner, depth: depth))
    case .reference, .text: return .object(ReferenceView(node.value))
    }
  }
}
