/// What a render came to, part by part, to be compared with the next one.
public struct RenderedParts {
  private let template: Node

  /// The template of a run.
  public init(_ outcome: Pipeline.Outcome) { template = TemplateTree.make(outcome.stack) }

  private static let sections = ["Parameters", "Mappings", "Conditions", "Resources", "Outputs"]

  /// A line for each change: `+ JobsQueue (AWS::SQS::Queue)`, `- ...`, `~ WebService.DesiredCount: 1 -> 2`.
  public func changes(since old: RenderedParts) -> [String] {
    Self.sections.flatMap { section -> [String] in
      let (was, now) = (old.template[section]?.fields ?? [:], template[section]?.fields ?? [:])
      let prefix = section == "Resources" ? "" : "\(section)."
      func shown(_ name: String, _ node: Node) -> String {
        prefix + name + (section == "Resources" ? " (\(node["Type"]?.string ?? ""))" : "")
      }
      var lines = was.filter { now[$0.key] == nil }.map { "- " + shown($0.key, $0.value) }
      for (name, node) in now {
        guard let before = was[name] else {
          lines.append("+ " + shown(name, node))
          continue
        }
        lines += Difference.leaves(node, before).map { leaf in
          let path = leaf.path.hasPrefix("Properties.") ? String(leaf.path.dropFirst(11)) : leaf.path
          return "~ \(prefix)\(name).\(path): \(leaf.expected ?? "(nothing)") -> \(leaf.actual ?? "(nothing)")"
        }
      }
      return lines
    }
  }
}

extension Pipeline {
  /// The files that a run read, as far as it came: compose files, scripts, packs and what those use.
  public var readFiles: [String] {
    guard let session = lastSession else { return input.compose.files + input.scripts }
    let project = session.project
    return project.files.map { Files.join(project.workingDirectory, $0) } + session.files.names
      + [input.settingsFile, input.lookups].compactMap { $0 }
  }
}
