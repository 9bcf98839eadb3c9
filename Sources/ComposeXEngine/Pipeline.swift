import ComposeXLua

/// From compose files, packs and scripts to a template: the stages, in their order. Read this file first.
public final class Pipeline {
  /// What a run is given.
  public struct Input {
    /// The compose files, and how they are loaded.
    public var compose: ComposeOptions
    /// The variables for `${...}`.
    public var environment: [String: String]
    /// Packs and scripts of the command line, in the order in which they are loaded, after those of the project.
    public var packs: [PackReference] = []
    /// Paths of Lua files.
    public var scripts: [String] = []
    /// What `--set` says.
    public var settings: [Options.Setting] = []
    /// The settings file of the command line.
    public var settingsFile: String?
    /// Whether composex itself deploys what comes out, from a bucket where that is needed.
    public var isDeployed = false
    /// Whether scripts and packs are left out, those of the project too: to see what they change.
    public var withoutOverrides = false
    /// Whether it is a test of a pack.
    var isTest = false
    /// The file that `composex lookup` wrote; nil is the one beside the compose file.
    public var lookups: String?
    /// Whether the images of `composex.images.json` are deployed, and which file holds them: nil is the one beside the compose file.
    public var images: (isUsed: Bool, path: String?) = (false, nil)
    /// Whether the lines of scripts and packs that are run are noted.
    public var countsLines = false
    /// What the Lua of a run may take.
    public var limits = LuaLimits()

    /// A run without packs, scripts and settings, which are added as properties.
    public init(compose: ComposeOptions, environment: [String: String] = ProjectEnvironment.ofProcess) {
      self.compose = compose
      self.environment = environment
    }
  }

  /// What a run comes to.
  public struct Outcome {
    let project: ComposeProject
    let settings: ProjectSettings
    let stack: Stack
    let session: ScriptSession
    /// The templates that the layout cuts it into; nil for the single one.
    let parts: [NestedLayout.Part]?
    /// Images that are given as parameters.
    let images: ImageAnswers
  }

  let input: Input
  let findings: Findings
  /// The Lua side of the run, also of one that failed.
  private(set) var lastSession: ScriptSession?

  /// What a run had made before it was checked.
  public private(set) var unchecked: Outcome?

  /// A run that reports to `findings`.
  public init(_ input: Input, findings: Findings) {
    self.input = input
    self.findings = findings
  }

  /// A template as it is written.
  public struct Template {
    /// The name of its file, with extension.
    public var file: String
    /// Its text in UTF-8, with a line end at the end.
    public var bytes: [UInt8]
  }

  /// The templates, the root first; only the nested layout has several. What is wrong is in the findings; an error ends the run
  /// after its stage.
  ///
  /// - Throws: `StageFailed` after the stage that found an error.
  public func render(_ format: TemplateFormat) throws(StageFailed) -> [Template] {
    try write(try run(format), format)
  }

  /// The same, with what the run came to.
  ///
  /// - Throws: `StageFailed` after the stage that found an error.
  public func renderWhole(_ format: TemplateFormat) throws(StageFailed) -> (templates: [Template], outcome: Outcome) {
    let outcome = try run(format)
    return (try write(outcome, format), outcome)
  }

  /// The texts of what a run came to, within the quotas of CloudFormation.
  func write(_ outcome: Outcome, _ format: TemplateFormat) throws(StageFailed) -> [Template] {
    let parts = outcome.parts ?? [NestedLayout.Part(home: .root, stack: outcome.stack)]
    let templates = parts.map { part in
      let bytes = format.write(part.stack)
      let file = "\(part.file).\(format.rawValue)"
      Limits.check(
        part.stack, template: bytes, file: outcome.parts == nil ? nil : file,
        severity: outcome.settings.limits, advises: !input.isDeployed, findings: findings)
      return Template(file: file, bytes: bytes)
    }
    findings.reportAcceptances()
    try findings.stopIfErrors()
    return templates
  }

  /// What the project accepts counts from here on, and for what was found before.
  private func settle(_ project: ComposeProject, _ settings: ProjectSettings) throws(StageFailed) {
    let hadErrors = findings.hasErrors
    let codes = settings.accept == nil ? nil : try? FindingCodes.builtIn()
    let acceptances = settings.accept.map { node in
      codes.map { AcceptanceList(node, project, $0, findings).items } ?? []
    }
    findings.settle(acceptances ?? [], codes: codes)
    if !hadErrors { try findings.stopIfErrors() }
  }

  /// Cuts a copy of the stack, so that rules see what the layout adds.
  private func cut(
    _ stack: Stack, _ settings: ProjectSettings, _ session: ScriptSession, _ format: TemplateFormat
  ) -> Result<[NestedLayout.Part]?, Finding> {
    guard settings.layout == .nested else { return .success(nil) }
    do throws(Finding) {
      let homes = try session.stackHomes(settings.compat)
      let (layout, parts) = try NestedLayout.fitting(stack, homes: homes, format: format)
      layout.report(to: findings)
      return .success(parts)
    } catch {
      return .failure(error)
    }
  }

  /// The project as scripts and older spellings left it, before anything is made of it.
  func prepare() throws(StageFailed) -> (ComposeProject, ProjectSettings, Stack, ScriptSession) {
    findings.stage = .compose
    let loader = ComposeLoader(options: input.compose, environment: input.environment, findings: findings)
    findings.holdWarnings()
    let project: ComposeProject
    do { project = try loader.load() } catch {
      findings.settle()
      throw error
    }
    findings.project = project.services.elements.first.map { $0.value.keyPlace ?? $0.value.place } ?? project.root.place
    var settings = ProjectSettings(project, findings: findings)
    try settle(project, settings)
    let stack = Stack(name: project.name)
    let session = ScriptSession(
      project: project, stack: stack, settings: input.settings, limits: input.limits, findings: findings)

    session.isTest = input.isTest
    lastSession = session
    if input.countsLines { session.countLines() }
    load(settingsOf: project, &settings, session)
    session.loadModules()
    findings.stage = .packs
    if !input.withoutOverrides { session.load(packs: settings.packs + input.packs) }
    findings.stage = .scripts
    if !input.withoutOverrides { session.load(scripts: settings.scripts, named: input.scripts) }
    try findings.stopIfErrors()

    findings.stage = .overrides
    session.runProjectHooks()
    try findings.stopIfErrors()
    findings.stage = .compose
    if session.hasProjectHooks { try loader.validate(project, rights: session.readRights.ofWriters) }
    findings.stage = .keys
    session.respell()
    ExtensionKeys.check(project, modules: session.moduleKeys, findings: findings)
    Self.check(profilesOf: project, findings)
    try findings.stopIfErrors()
    return (project, settings, stack, session)
  }

  /// All but the writing.
  ///
  /// - Throws: `StageFailed` after the stage that found an error.
  public func run(_ format: TemplateFormat = .yaml) throws(StageFailed) -> Outcome {
    let (project, settings, stack, session) = try prepare()
    let account = settings.account.map { (text: $0.text, place: $0.place) }
    LookupAnswers.apply(to: project, account: account, path: input.lookups, findings: findings)
    let images = ImageAnswers(project, input.images, findings: findings)
    session.builtImages = Set(images.parameters.map(\.service))
    try findings.stopIfErrors()

    findings.stage = .resources
    let stopped = session.generate()
    let linker = Linker(stack, findings: findings)
    linker.bind()
    var validation = Validation(stack, findings: findings)
    validation.checkWritten()
    if let stopped, !findings.hasErrors { findings.report(stopped) }
    try findings.stopIfErrors()

    findings.stage = .overrides
    let overlay = project.root[TemplateOverlay.key].flatMap { $0.isNull ? nil : $0 }
    if session.hasOverrides || overlay != nil {
      if let overlay { TemplateOverlay(stack: stack, findings: findings).apply(overlay) }
      linker.bind()
      session.runOverrides()
      linker.bind()
      session.grantImages()
      linker.bind()
      validation.forget()
      try findings.stopIfErrors()
    }

    let layout = cut(stack, settings, session, format)
    unchecked = Outcome(
      project: project, settings: settings, stack: stack, session: session, parts: (try? layout.get()) ?? nil,
      images: images)
    findings.stage = .checks
    session.layoutResources =
      (try? layout.get())?.first?.stack.resources.values.filter { stack.resources[$0.id] == nil } ?? []
    session.runChecks()
    findings.stage = .template
    linker.check()
    validation.check()
    try findings.stopIfErrors()
    findings.stage = .contracts
    session.runContracts()
    try findings.stopIfErrors()
    do {
      let parts = try layout.get()
      return Outcome(project: project, settings: settings, stack: stack, session: session, parts: parts, images: images)
    } catch {
      findings.report(error)
      throw StageFailed()
    }
  }
}

extension Pipeline {
  /// Reads the settings files: that of the command line is stronger than those of the project, and `--set` than any.
  private func load(settingsOf project: ComposeProject, _ settings: inout ProjectSettings, _ session: ScriptSession) {
    let named = input.settingsFile.map { [(path: Files.join(Files.currentDirectory, $0), shown: $0)] } ?? []
    var found: [Options.Setting] = []
    for (path, shown) in settings.settingsFiles + named {
      do {
        let file = try SettingsFile(path, shown: shown, findings: findings)
        settings.take(file, findings: findings)
        found += file.settings
      } catch {
        findings.report(session.finding(error))
      }
    }
    session.options.add(weaker: found)
  }

  /// Reports a project whose services all have a profile that nobody switched on: an empty template is seldom what was asked for.
  private static func check(profilesOf project: ComposeProject, _ findings: Findings) {
    guard project.services.isEmpty, let first = project.disabled.elements.first else { return }
    let profile = first.value["profiles"]?.list?.first?.string ?? "NAME"
    var finding = Finding.warning(
      at: first.value.keyPlace ?? first.value.place,
      "no service is active: each has a profile, and none is switched on",
      remedy: "name one: --profile \(ShellText.word(profile))")
    finding.consequence = .start
    findings.report(finding)
  }
}
