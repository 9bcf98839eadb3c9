/// One of the two things that a comparison is made of: the resources of a project's templates, whatever stacks they are in.
public struct ComparedTemplates {
  /// A resource as CloudFormation is given it.
  struct Entry {
    /// The nested stack that it is in: the id of its resource in the root template; empty for the root.
    var stack: String
    var id: String
    var type: String
    /// The resource of the template's text; references lead to resources, over the borders of stacks.
    var tree: Node
    /// What made it; nil for what was read from a template.
    var resource: Resource?

    /// How the user would name it.
    var subject: String { resource?.name ?? "#\(id)" }
  }

  /// A pack that had a hand in it.
  struct UsedPack {
    var name: String
    var version: String
    /// The folder as places name it.
    var folder: String
  }

  /// What a report calls it: `HEAD`, `working tree`, `template.yaml`.
  public let name: String
  /// The project's name; nil for what was read from templates.
  private(set) var project: String?
  /// In the order of the templates.
  private(set) var entries: [Entry] = []
  private(set) var packs: [UsedPack] = []
  /// `Parameters`, `Outputs`, `Conditions` and `Mappings` of the root template.
  private(set) var sections = Node(.map([:]), at: .unknown)
  /// Values of parameters that were given to the stack.
  var givenValues: [String: Node] = [:]
  /// The registry as it was read for the project.
  let types: ResourceTypes
  private let source: Source

  /// What it was made of.
  private enum Source {
    case nothing
    case stack(Stack)
    case templates(root: Node, nested: [String: Node])
  }

  /// Whether nothing is known of what wrote it.
  var isRead: Bool { project == nil }

  /// Nothing at all, as before the first deployment.
  public init(nothingIn name: String) {
    self.name = name
    types = ResourceTypes()
    source = .nothing
  }

  /// What a run came to.
  public init(_ outcome: Pipeline.Outcome, named name: String) {
    self.name = name
    project = outcome.project.name
    types = outcome.stack.types
    source = .stack(outcome.stack)
    packs = outcome.session.packs.map {
      UsedPack(name: $0.name, version: $0.version.description, folder: $0.shownDirectory)
    }
    let parts = outcome.parts ?? [NestedLayout.Part(home: .root, stack: outcome.stack)]
    take(
      parts.map { part in
        StackLinks.Template(
          stack: part.home.id, tree: TemplateTree.make(part.stack).written, resources: part.stack.resources)
      })
  }

  /// The templates of a stack and those nested in it, by the ids of their resources in the root template.
  init(_ root: Node, nested: [(stack: String, tree: Node)] = [], named name: String) {
    self.name = name
    types = ResourceTypes()
    let files = nested.compactMap { stack, tree in
      root.at("Resources", stack, "Properties", "TemplateURL")?.string.map { (Files.lastComponent($0), tree) }
    }
    source = .templates(root: root, nested: Dictionary(files, uniquingKeysWith: { first, _ in first }))
    take(
      [StackLinks.Template(stack: "", tree: root.written)]
        + nested.map { StackLinks.Template(stack: $0.stack, tree: $0.tree.written) })
  }

  private mutating func take(_ templates: [StackLinks.Template]) {
    let links = StackLinks(templates)
    for template in templates {
      for (id, tree) in template.tree["Resources"]?.fields ?? [:] where !links.isLayout(id, in: template.stack) {
        let type = tree["Type"]?.string ?? ""
        entries.append(
          Entry(
            stack: template.stack, id: id, type: type, tree: Self.ordered(links.linked(tree, in: template.stack)),
            resource: template.resources[id]))
      }
    }
    for name in ["Parameters", "Mappings", "Conditions", "Outputs"] {
      if let section = templates.first?.tree[name] { sections.set(name, links.linked(section, in: "")) }
    }
  }

  /// The order of what a resource waits for means nothing.
  private static func ordered(_ tree: Node) -> Node {
    guard let names = tree["DependsOn"]?.list, case .map(var fields) = tree.value else { return tree }
    fields["DependsOn"] = Node(
      .list(names.sorted { $0.sameText < $1.sameText }), at: tree["DependsOn"]?.place ?? .unknown)
    return Node(.map(fields), at: tree.place)
  }

  /// Who reaches whom and who may do what. What was read from a template is called as in `other`, where that has it.
  func facts(like other: FactTemplate?) -> Facts {
    switch source {
    case .nothing: Facts(FactTemplate(root: .object([])))
    case .stack(let stack): Facts(of: stack)
    case .templates(let root, let nested): Facts(FactTemplate(root: root, nested: nested, like: other))
    }
  }

  // MARK: - Parameters

  /// What references to parameters stand for; hidden values are hidden.
  var values: [String: Node] {
    var values: [String: Node] = [:]
    for (name, definition) in sections["Parameters"]?.fields ?? [:] {
      guard let value = givenValues[name] ?? definition["Default"] else { continue }
      values[name] = Self.isHidden(definition) ? SecretValues.hidden : value
    }
    return values
  }

  /// Whether nobody may read the value of a parameter.
  static func isHidden(_ definition: Node) -> Bool {
    definition["NoEcho"].map { $0.bool == true || $0.string?.lowercased() == "true" } ?? false
  }
}
