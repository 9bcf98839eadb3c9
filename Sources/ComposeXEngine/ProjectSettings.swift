/// `x-composex`: what a project says about how it is rendered.
struct ProjectSettings {
  /// Scripts that the project names, which run before those of the command line.
  private(set) var scripts: [String] = []
  /// Packs that the project names, which are loaded before those of the command line.
  private(set) var packs: [PackReference] = []
  /// Whether a broken CloudFormation quota is an error.
  private(set) var limits = Finding.Severity.error

  /// The account that the project may be deployed to; nil when it may be any.
  var account: Stated?
  /// The region that it is deployed to; nil leaves it to the command line and the environment.
  var region: Stated?
  /// Files with options, which give way to those of the command line.
  private(set) var settingsFiles: [(path: String, shown: String)] = []

  /// A text, and where it was written.
  struct Stated {
    var text: String
    var place: Place
  }

  /// The warnings that the project accepts, as they are written.
  private(set) var accept: Node?

  /// How many templates come out: `single` is one, `nested` a root and a stack for every family and kind.
  private(set) var layout = Layout.single

  /// The tool whose logical ids and nested stacks the templates keep, so that its running stacks are updated by them.
  private(set) var compat: String?

  enum Layout: String, CaseIterable { case single, nested }

  static let keys = [
    "packs", "scripts", "limits", "layout", "discovery", "isolation", "volumes", "publish", "compat", "account",
    "region", "settings", "accept",
  ]
  /// The keys that take one of a few words.
  static let choices: [String: [String]] = [
    "limits": ["error", "warn"], "layout": Layout.allCases.map(\.rawValue), "compat": ["ecs-composex"],
    "discovery": ["connect", "none"], "isolation": ["network", "declared"], "publish": ["auto", "none"],
    "volumes": ["efs", "task"],
  ]
  private static let key = "x-composex"

  /// Reads the section; what is wrong with it is reported.
  init(_ project: ComposeProject, findings: Findings) {
    guard let section = project.root[Self.key], !section.isNull else { return }
    guard let fields = section.fields else {
      findings.report(.error(at: section.place, "\(Self.key) must be a mapping, not \(section.kind)"))
      return
    }
    for (name, node) in fields {
      switch name {
      case "packs":
        packs = paths(node, "a pack", findings).filter { permits($0, project, findings) }.map { path in
          PackReference(text: path.text, directory: Files.join(project.workingDirectory, path.text), place: path.place)
        }
      case "scripts":
        scripts = paths(node, "a script", findings).filter { permits($0, project, findings) }
          .map { project.path($0.text) }
      case "limits": limits = choice(node, name, findings) == "warn" ? .warning : .error
      case "account": account = Self.account(node, findings)
      case "region": region = Self.region(node, findings)
      case "settings":
        settingsFiles = paths(node, "a settings file", findings).filter { permits($0, project, findings) }
          .map { (Files.join(project.workingDirectory, $0.text), project.path($0.text)) }
      case "layout":
        layout = choice(node, name, findings).flatMap(Layout.init) ?? layout
      case "accept": accept = node
      // What else it means is read by lua/project/compat.lua.
      case "compat": compat = choice(node, name, findings)
      // Read by lua/task/service_connect.lua.
      case "discovery": _ = choice(node, name, findings)
      // Read by lua/task/network_rules.lua.
      case "isolation": _ = choice(node, name, findings)
      // Read by lua/x/elbv2/publishing.lua.
      case "publish": _ = choice(node, name, findings)
      // Read by lua/task/file_systems.lua.
      case "volumes": _ = choice(node, name, findings)
      default:
        findings.report(
          .error(
            at: node.keyPlace ?? node.place, "\(Self.key) has no key \"\(name)\"",
            remedy: NearName.remedy(name, in: Self.keys, what: "it has")))
      }
    }
    if compat != nil {
      if let written = fields["layout"], layout == .single {
        findings.report(
          .error(
            at: written.place, "\(Self.key) compat needs the layout nested: the running stack has nested stacks",
            remedy: "leave layout out"))
      }
      layout = .nested
    }
  }

  /// The texts of a list, or of a single text; what they name is relative to the project directory.
  private func paths(_ node: Node, _ what: String, _ findings: Findings) -> [(text: String, place: Place)] {
    (node.list ?? [node]).compactMap { item in
      if let text = item.string { return (text, item.place) }
      findings.report(.error(at: item.place, "\(what) must be a path, not \(item.kind)", remedy: "write its path"))
      return nil
    }
  }

  /// Whether a pack or a script lies where the project may read. What the lock file says of a pack is asked when it is loaded.
  private func permits(_ path: (text: String, place: Place), _ project: ComposeProject, _ findings: Findings) -> Bool {
    let whole = Files.join(project.workingDirectory, path.text)
    if path.text.hasPrefix("git+") || Confinement(project.options, directory: project.workingDirectory).permits(whole) {
      return true
    }
    findings.report(
      .error(at: path.place, "\(path.text) \(Confinement.reason)", remedy: "name it on the command line"))
    return false
  }

  /// An account of AWS; what is none is reported.
  static func account(_ node: Node, _ findings: Findings) -> Stated? {
    stated(node, "an account of 12 digits, in quotes", findings) {
      $0.utf8.count == 12 && $0.utf8.allSatisfy { (48...57).contains($0) }
    }
  }

  /// A region of AWS; what is none is reported.
  static func region(_ node: Node, _ findings: Findings) -> Stated? {
    stated(node, "a region, as eu-west-1", findings) { $0.split(separator: "-").count >= 3 && $0.utf8.count < 30 }
  }

  private static func stated(_ node: Node, _ what: String, _ findings: Findings, _ fits: (String) -> Bool) -> Stated? {
    if let text = node.scalarText, fits(text) { return Stated(text: text, place: node.place) }
    findings.report(.error(at: node.place, "\(Self.key) must name \(what), not \(node.shown)"))
    return nil
  }

  /// Takes in what a settings file says. Both may name an account and a region, when those are the same.
  mutating func take(_ file: SettingsFile, findings: Findings) {
    account = Self.agreed(account, file.account, "account", findings)
    region = Self.agreed(region, file.region, "region", findings)
  }

  private static func agreed(_ own: Stated?, _ other: Stated?, _ what: String, _ findings: Findings) -> Stated? {
    guard let own, let other, own.text != other.text else { return own ?? other }
    findings.report(
      .error(
        at: other.place, "the \(what) is \(other.text), and \(own.text) at \(own.place.fileAndLine)",
        remedy: "name it in one of them"))
    return own
  }

  private func choice(_ node: Node, _ name: String, _ findings: Findings) -> String? {
    let values = Self.choices[name] ?? []
    if let text = node.string, values.contains(text) { return text }
    findings.report(
      .error(
        at: node.place, "\(Self.key) \(name) must be one of \(values.joined(separator: ", ")), not \(node.shown)"))
    return nil
  }
}

extension ComposeProject {
  /// `path` of the compose file, below the project directory; relative to the current one when it lies there.
  func path(_ path: String) -> String {
    let full = Files.join(workingDirectory, path)
    let here = Files.currentDirectory
    return full.hasPrefix(here + "/") ? String(full.dropFirst(here.count + 1)) : full
  }
}
