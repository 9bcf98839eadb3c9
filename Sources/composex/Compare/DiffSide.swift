import ComposeXEngine

/// One side of a diff as the command line names it: the working tree, a revision of git, a template, another compose file.
struct DiffSide {
  /// nil for the working tree.
  private let name: String?
  private let options: RunOptions

  init(_ name: String?, _ options: RunOptions) { (self.name, self.options) = (name, options) }

  /// Its templates, rendered with the options of the command line where it is no template itself.
  ///
  /// - Throws: `StageFailed` or a `Finding` when it cannot be rendered or read.
  func templates(_ findings: Findings, withoutOverrides: Bool = false) throws -> ComparedTemplates {
    var input = options.input
    input.withoutOverrides = withoutOverrides
    guard let name else {
      let title = withoutOverrides ? "without scripts and packs" : "working tree"
      return try Self.render(input, title, withoutOverrides ? " without its scripts and packs" : nil, findings)
    }
    if ComparedTemplates.isFolder(name) || Files.isPlainFile(name) {
      if let templates = try ComparedTemplates(templateAt: name) { return templates }
      input.compose.projectDirectory =
        input.compose.projectDirectory ?? input.compose.files.first.map(Files.directory(of:)) ?? "."
      input.compose.files = [name]
      return try Self.render(input, name, nil, findings)
    }
    return try revision(name, input, findings)
  }

  private func revision(_ name: String, _ input: Pipeline.Input, _ findings: Findings) throws -> ComparedTemplates {
    if input.compose.files.contains("-") {
      throw Finding.error(
        at: .unknown, "standard input has no revisions", remedy: "name the compose file, as git knows it: -f FILE")
    }
    let compose = input.compose
    let home = compose.projectDirectory ?? compose.files.first.map(Files.directory(of:)) ?? "."
    let revision = try Revision(name, at: Files.join(Files.currentDirectory, home))
    defer { revision.remove() }
    return try revision.entered {
      let input = try revision.relocated(input)
      guard revision.hasCompose(input) else { return ComparedTemplates(nothingIn: name) }
      return try Self.render(input, name, " in \(name)", findings, shown: revision.shown)
    }
  }

  /// `whose` says in findings which of the two versions is at fault; `shown` is a finding as the user knows its files.
  private static func render(
    _ input: Pipeline.Input, _ name: String, _ whose: String?, _ findings: Findings,
    shown: (Finding) -> Finding = { $0 }
  ) throws -> ComparedTemplates {
    let found = whose == nil ? findings : Findings(keepsErrorsOnly: true)
    do { return ComparedTemplates(try Process.keeping(Pipeline(input, findings: found)).run(), named: name) } catch {
      guard let whose else { throw error }
      found.report(error)
      for finding in found.sorted {
        var finding = shown(finding)
        finding.notes.append("in the project\(whose)")
        findings.report(finding)
      }
      throw StageFailed()
    }
  }
}
