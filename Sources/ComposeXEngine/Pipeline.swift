import ComposeXLua

/// From compose files, packs and scripts to a template: the stages, in their order. Read this file first.
public final class Pipeline {
  /// What a run is given.
  public struct Input {
    public var compose: ComposeOptions
    /// The variables for `${...}`.
    public var environment: [String: String]
    /// Packs and scripts of the command line, in the order in which they are loaded, after those of the project.
    public var packs: [PackReference] = []
    public var scripts: [String] = []
    /// What `--set` says.
    public var settings: [Options.Setting] = []
    public var limits = LuaLimits()

    public init(compose: ComposeOptions, environment: [String: String] = ProjectEnvironment.ofProcess) {
      self.compose = compose
      self.environment = environment
    }
  }

  /// What a run comes to.
  public struct Outcome {
    public let project: ComposeProject
    public let settings: ProjectSettings
    public let stack: Stack
    public let session: ScriptSession
  }

  let input: Input
  let findings: Findings
  /// The Lua side of the run, also of one that failed.
  private(set) var lastSession: ScriptSession?

  public init(_ input: Input, findings: Findings) {
    self.input = input
    self.findings = findings
  }

  /// The text of the template. What is wrong is in the findings; an error ends the run after its stage.
  public func render(_ format: TemplateFormat) throws(StageFailed) -> [UInt8] {
    let outcome = try run()
    let template = format.write(outcome.stack)
    Limits.check(
      outcome.stack, templateBytes: template.count, severity: outcome.settings.limits, findings: findings)
    try findings.stopIfErrors()
    return template
  }

  /// All but the writing.
  public func run() throws(StageFailed) -> Outcome {
    findings.stage = .compose
    let loader = ComposeLoader(options: input.compose, environment: input.environment, findings: findings)
    let project = try loader.load()
    let settings = ProjectSettings(project, findings: findings)
    let stack = Stack(name: project.name)
    let session = ScriptSession(
      project: project, stack: stack, settings: input.settings, limits: input.limits, findings: findings)

    lastSession = session

    session.loadModules()
    findings.stage = .packs
    session.load(packs: settings.packs + input.packs)
    findings.stage = .scripts
    session.load(scripts: settings.scripts + input.scripts)
    try findings.stopIfErrors()

    findings.stage = .overrides
    session.runProjectHooks()
    try findings.stopIfErrors()
    findings.stage = .compose
    if session.hasProjectHooks { try loader.validate(project) }
    findings.stage = .keys
    ExtensionKeys.check(project, modules: session.moduleKeys, findings: findings)
    try findings.stopIfErrors()

    findings.stage = .resources
    session.generate()
    Linker(stack, findings: findings).bind()
    Validation.checkWritten(stack, findings: findings)
    try findings.stopIfErrors()

    findings.stage = .overrides
    session.runOverrides()
    Linker(stack, findings: findings).bind()
    try findings.stopIfErrors()

    findings.stage = .checks
    session.runChecks()
    findings.stage = .template
    Linker(stack, findings: findings).link()
    Validation.check(stack, findings: findings)
    try findings.stopIfErrors()
    return Outcome(project: project, settings: settings, stack: stack, session: session)
  }
}
