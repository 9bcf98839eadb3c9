import ArgumentParser
import ComposeXEngine

/// `composex diff`: two versions of a project, compared as CloudFormation would.
struct Diff: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff", abstract: "Show what changes between two versions of a project.",
    discussion: """
      OLD (default: HEAD) and NEW (default: the working tree) are each a revision of git, a template or a folder of templates, or \
      another compose file. Each change has its line and what it does: in place, with an interruption, a replacement, loss of data. \
      Nothing is asked of AWS unless --deployed says so. With --exit-code the command ends with 3 when something changes; with \
      --fail-on it ends with 4 when there is a change of that kind.

      Examples:
        composex diff
        composex diff --exit-code HEAD~1
      """)

  @Argument(help: "What it was: a revision, a template, a folder of templates, a compose file. (default: HEAD)")
  var old: String?
  @Argument(help: "What it is to be. (default: the working tree)")
  var new: String?

  @OptionGroup var options: DeployOptions

  @Flag(name: .customLong("deployed"), help: "Compare with the deployed stack instead of OLD.")
  var deployed = false

  @Flag(name: .customLong("scripts"), help: "Show what scripts and packs change: compare with and without them.")
  var scripts = false

  @Option(name: .customLong("format"), help: "The format of the answer: text, json or markdown. (default: text)")
  var format: ReportFormat?

  @Flag(name: .customLong("exit-code"), help: "End with 3 when something changes.")
  var exitCode = false

  @Option(
    name: .customLong("fail-on"), parsing: .singleValue,
    help: ArgumentHelp(
      "End with 4 on a change of that kind: replace, data-loss, open-port, new-action. Several by commas.",
      valueName: "kind"))
  var failOn: [String] = []

  private var gates: [Gate] { failOn.flatMap { $0.split(separator: ",") }.compactMap { Gate(rawValue: String($0)) } }

  func validate() throws {
    for name in failOn.flatMap({ $0.split(separator: ",", omittingEmptySubsequences: false) })
    where Gate(rawValue: String(name)) == nil {
      throw ValidationError("--fail-on takes \(Gate.allCases.map(\.rawValue).joined(separator: ", ")), not \(name)")
    }
    if deployed, new != nil { throw ValidationError("--deployed takes one version only: what is to be deployed") }
    if scripts, deployed || old != nil { throw ValidationError("--scripts compares the working tree with itself") }
    if options.dryRun || options.policy, !deployed {
      throw ValidationError("diff asks nothing of AWS: --dry-run and --policy go with --deployed")
    }
  }

  func run() throws {
    if deployed { return try compareDeployed() }
    let findings = Findings(strict: options.run.strict, keepsErrorsOnly: true)
    try Process.run(findings, options.run.findingsFormat) {
      let newSide = DiffSide(scripts ? nil : new, options.run)
      let oldSide = scripts ? newSide : DiffSide(old ?? "HEAD", options.run)
      let before = try oldSide.templates(findings, withoutOverrides: scripts)
      try show(TemplateComparison(before, try newSide.templates(findings)))
    }
  }

  private func compareDeployed() throws {
    guard old == nil else {
      throw ValidationError("--deployed compares the working tree with the stack: check out \(old ?? "") first")
    }
    try options.deploying(images: (true, nil), isQuiet: true) { deployment in
      let templates = DeployedTemplates(deployment)
      if options.dryRun { return try Process.emit(Array(templates.dryRun.utf8)) }
      if options.policy { return try Process.emit(templates.policy) }
      let sides = try templates.sides()
      try show(TemplateComparison(sides.deployed, sides.project))
    }
  }

  private func show(_ comparison: TemplateComparison) throws {
    try Process.emit(comparison.shown(format ?? .text))
    if scripts { return }
    let refusals = gates.map { gate in (gate, comparison.refusals(of: gate)) }.filter { !$0.1.isEmpty }
    for (gate, lines) in refusals {
      for line in lines { Process.warn("composex: error: --fail-on \(gate.rawValue): \(line)") }
    }
    if !refusals.isEmpty { throw ExitCode(4) }
    if exitCode, !comparison.isEmpty { throw ExitCode(3) }
  }
}
