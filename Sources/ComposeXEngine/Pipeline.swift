import ComposeXLua

/// From compose files and scripts to a template: the stages, in their order. Read this file first.
public struct Pipeline {
  /// What a run is given.
  public struct Input {
    public var compose: ComposeOptions
    /// Paths of scripts, in the order in which they run.
    public var scripts: [String]
    /// What `--set` says.
    public var settings: [Options.Setting]
    public var limits: LuaLimits

    public init(
      compose: ComposeOptions, scripts: [String] = [], settings: [Options.Setting] = [], limits: LuaLimits = LuaLimits()
    ) {
      self.compose = compose
      self.scripts = scripts
      self.settings = settings
      self.limits = limits
    }
  }

  let input: Input
  let findings: Findings

  public init(_ input: Input, findings: Findings) {
    self.input = input
    self.findings = findings
  }

  /// The text of the template. What is wrong is in the findings; an error ends the run after its stage.
  public func render(_ format: TemplateFormat) throws -> [UInt8] {
    let stack = try makeStack()
    let template = format.write(stack.stack)
    Limits.check(stack.stack, templateBytes: template.count, severity: stack.settings.limits, findings: findings)
    try findings.stopIfErrors()
    return template
  }

  private func makeStack() throws -> (stack: Stack, settings: ProjectSettings) {
    let loader = ComposeLoader(options: input.compose, findings: findings)
    let project = try loader.load()
    let settings = ProjectSettings(project, findings: findings)
    let stack = Stack(name: project.name)
    let session = ScriptSession(
      project: project, stack: stack, settings: input.settings, limits: input.limits, findings: findings)

    try session.loadModules()
    session.load(scripts: settings.scripts + input.scripts)
    try findings.stopIfErrors()

    session.runProjectHooks()
    try findings.stopIfErrors()
    if session.hasProjectHooks { try loader.validate(project) }
    ExtensionKeys.check(project, modules: session.moduleKeys, findings: findings)
    try findings.stopIfErrors()

    try session.generate()
    Linker(stack, findings: findings).bind()
    Validation.checkWritten(stack, findings: findings)
    try findings.stopIfErrors()

    session.runOverrides()
    try findings.stopIfErrors()

    Linker(stack, findings: findings).bind()
    session.runChecks()
    Linker(stack, findings: findings).link()
    Validation.check(stack, findings: findings)
    try findings.stopIfErrors()
    return (stack, settings)
  }
}
