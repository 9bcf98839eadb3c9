import OrderedCollections

/// Cuts one stack into a root template and the nested stacks that it holds, and links them by parameters and outputs.
///
/// A reference that crosses a border becomes a parameter of the stack that asks, and an output of the stack that has it; the root
/// hands one to the other. `DependsOn` across a border becomes `DependsOn` of the stacks. `AWS::StackName` and `AWS::StackId` stay
/// those of the root, so that names which are made of it do not depend on the layout.
/// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-nested-stacks.html
struct NestedLayout {
  /// One template of the layout.
  struct Part {
    var home: StackHome
    var stack: Stack
    var file: String { home.file }
  }

  private let whole: Stack
  private let format: TemplateFormat
  private let table: StackHomes
  let division: StackDivision
  private let root: Stack
  private var homes: [ObjectIdentifier: StackHome] = [:]
  private var parts: OrderedDictionary<StackHome, Stack> = [:]
  private var stackResources: [StackHome: Resource] = [:]
  /// What a stack waits for without referring to it: ids in the root template.
  private var waits: [StackHome: OrderedSet<String>] = [:]
  /// What a stack refers to: ids in the root template.
  private var uses: [StackHome: OrderedSet<String>] = [:]

  /// What names are made of, and the parameter that hands it to nested stacks: there it is that of the root.
  private static let ofRoot = ["AWS::StackName": "RootStackName", "AWS::StackId": "RootStackId"]

  /// Services that are not created after another one, because their stacks would wait for each other: ids, and what they wait for.
  private(set) var unordered: [(Resource, Resource)] = []

  init(_ whole: Stack, homes: StackHomes, division: StackDivision, format: TemplateFormat) {
    self.division = division
    self.whole = whole
    self.format = format
    table = homes
    root = Stack(name: whole.name, types: whole.types)
  }

  /// The templates, the root first. The nodes of the whole stack are changed: it is of no use afterwards.
  mutating func cut() throws(Finding) -> [Part] {
    root.description = whole.description
    root.transforms = whole.transforms
    for (name, node) in whole.metadata.fields ?? [:] { root.metadata.set(name, node) }
    for (name, node) in whole.parameters.fields ?? [:] { root.parameters.set(name, node) }
    for (name, node) in whole.rules.fields ?? [:] { root.rules.set(name, node) }
    for (name, node) in whole.mappings.fields ?? [:] { root.mappings.set(name, node) }
    for (name, node) in whole.conditions.fields ?? [:] { root.conditions.set(name, node) }
    for resource in whole.resources.values { homes[ObjectIdentifier(resource)] = table.home(of: resource) }
    if !division.isWhole { divide() }
    for resource in whole.resources.values { try place(resource) }
    try checkFiles()
    for resource in whole.resources.values { move(resource) }
    for (_, output) in whole.outputs.fields ?? [:] { rewrite(output, in: .root) }
    for (name, node) in whole.outputs.fields ?? [:] { root.outputs.set(name, node) }
    for home in parts.keys { finish(home) }
    try checkCycles()
    if let former = table.former { restoreIDs(former) }
    return [Part(home: .root, stack: root)] + parts.map { Part(home: $0.key, stack: $0.value) }
  }

  /// Sends what is in a divided stack to its part.
  private mutating func divide() {
    let levels = DefinitionLevels(whole.resources.values) { home(of: $0) }
    let awaited = Set(
      whole.resources.values.flatMap { Self.referents(in: [$0.attributes]) }.map(ObjectIdentifier.init))
    for resource in whole.resources.values {
      let home = home(of: resource)
      homes[ObjectIdentifier(resource)] = division.home(
        of: resource, in: home, level: levels.level(of: resource, in: home),
        isAwaited: awaited.contains(ObjectIdentifier(resource)))
    }
  }

  /// Gives resources the ids that another tool gave them, each in its own template: references follow. An id that is taken there, by a
  /// parameter too, is left as it is.
  private func restoreIDs(_ former: FormerStacks) {
    for stack in [root] + parts.values {
      for resource in Array(stack.resources.values) {
        guard let id = former.id(of: resource), Stack.isLogicalID(id), stack.parameters[id] == nil else { continue }
        try? stack.rename(resource, to: id, at: resource.origin.place)
      }
    }
  }

  // MARK: - Placing

  private mutating func place(_ resource: Resource) throws(Finding) {
    let home = home(of: resource)
    guard home != .root else { return try root.add(resource) }
    if parts[home] == nil {
      parts[home] = Stack(name: home.file, types: whole.types)
      // Macros see the template that they stand in, and no other.
      parts[home]?.transforms = whole.transforms
      let made = Resource(
        id: try table.id(of: home), type: "AWS::CloudFormation::Stack",
        origin: Resource.Origin(place: resource.origin.place),
        types: whole.types)
      made.properties.set("TemplateURL", Node(.string("\(home.file).\(format.rawValue)"), at: .unknown))
      for tag in whole.tags { Tagging.tag(made, tag.name, tag.value.copy()) }
      stackResources[home] = made
      try root.add(made)
    }
    try parts[home]?.add(resource)
  }

  /// Every template has a plain name of its own, before anything is written.
  private func checkFiles() throws(Finding) {
    var owners = [StackHome.root.file: StackHome.root.owner]
    for (home, stack) in parts {
      let place = stack.resources.values.first?.origin.place ?? .unknown
      guard StackHome.isPlain(home.file) else {
        throw .error(
          at: place, "\(home.owner) has a name that its template cannot have",
          remedy: "use at most 200 lower-case letters, digits, - and _")
      }
      if let other = owners.updateValue(home.owner, forKey: home.file) {
        throw .error(
          at: place, "\(home.owner) and \(other) would share one template, \(home.file).\(format.rawValue)",
          remedy: "rename one of them, or leave the layout single")
      }
    }
  }

  private func home(of resource: Resource) -> StackHome { homes[ObjectIdentifier(resource)] ?? .root }

  // MARK: - References

  private mutating func move(_ resource: Resource) {
    let home = home(of: resource)
    moveDependsOn(of: resource, in: home)
    for (name, node) in resource.attributes.fields ?? [:] where name != "DependsOn" { rewrite(node, in: home) }
    rewrite(resource.properties, in: home)
    guard home != .root else { return }
    if resource.attributes["Condition"] != nil || resource.uses("Fn::If") { copyConditions(to: home) }
    if resource.uses("Fn::FindInMap") { copyMappings(to: home) }
  }

  private mutating func moveDependsOn(of resource: Resource, in home: StackHome) {
    guard let dependsOn = resource.attributes["DependsOn"] else { return }
    var kept: [Node] = []
    for node in dependsOn.list ?? [dependsOn] {
      guard case .reference(let reference) = node.value, let target = reference.resource else { continue }
      let other = self.home(of: target)
      if other == home {
        kept.append(node)
      } else if home == .root, let stack = stackResources[other] {
        kept.append(Node(.reference(Reference(.resource(stack))), at: node.place))
      } else if home.divided != nil, home.divided == other.divided, reaches(home, from: other) {
        unordered.append((resource, target))
      } else {
        waits[home, default: []].append(other == .root ? target.id : rootID(of: other))
      }
    }
    resource.attributes.remove("DependsOn")
    if !kept.isEmpty { resource.attributes.set("DependsOn", Node(.list(kept), at: dependsOn.place)) }
  }

  /// The id that a stack has in the root template.
  private func rootID(of home: StackHome) -> String { stackResources[home]?.id ?? home.id }

  /// Whether the stack `start` waits for `home` already, over whatever other stacks.
  private func reaches(_ home: StackHome, from start: StackHome) -> Bool {
    let wanted = rootID(of: home)
    var open = [rootID(of: start)]
    var seen = Set(open)
    let waiting = Dictionary(uniqueKeysWithValues: waits.map { (rootID(of: $0.key), $0.value) })
    while let id = open.popLast() {
      if id == wanted { return true }
      for next in waiting[id] ?? [] where seen.insert(next).inserted { open.append(next) }
    }
    return false
  }

  private mutating func rewrite(_ node: Node, in home: StackHome) {
    switch node.value {
    case .list(let items): for item in items { rewrite(item, in: home) }
    case .map(let fields): for field in fields.values { rewrite(field, in: home) }
    case .reference(let reference): node.value = .reference(moved(reference, to: home, at: node.place))
    case .text(let parts):
      for case .variable(_, let value) in parts { rewrite(value, in: home) }
      node.value = .text(
        parts.map { part in
          guard case .reference(let reference) = part else { return part }
          return .reference(moved(reference, to: home, at: node.place))
        })
    default: break
    }
  }

  /// The reference as it is written in the template of `home`.
  private mutating func moved(_ reference: Reference, to home: StackHome, at place: Place) -> Reference {
    switch reference.target {
    case .name(let name):
      guard home != .root, Self.ofRoot[name] != nil || !name.contains("::") else { return reference }
      return parameter(named: name, in: home)
    case .resource:
      guard let target = reference.resource else { return reference }
      let other = self.home(of: target)
      guard other != home else { return reference }
      let name = target.id + (reference.attribute ?? "").filter { $0 != "." }
      let source = other == .root ? reference : exported(reference, as: name, from: other)
      guard home != .root else { return source }
      return handed(source, as: name, to: home, isList: Self.isList(reference), at: place)
    }
  }

  /// A parameter of the whole template, handed on to `home`.
  private mutating func parameter(named name: String, in home: StackHome) -> Reference {
    if let own = Self.ofRoot[name] {
      return handed(Reference(.name(name)), as: own, to: home, isList: false, at: .unknown)
    }
    guard let definition = whole.parameters[name] else { return Reference(.name(name)) }
    let (type, isList) = Self.nestedType(definition["Type"]?.string ?? "String")
    return handed(Reference(.name(name)), as: name, to: home, isList: isList, type: type, at: definition.place)
  }

  /// The value as the root template sees it: an output of the stack that has it.
  private func exported(_ reference: Reference, as name: String, from home: StackHome) -> Reference {
    if let stack = parts[home], stack.outputs[name] == nil {
      let value = Node(.reference(reference), at: .unknown)
      let whole = Self.isList(reference) ? Self.joined(value) : value
      stack.outputs.set(name, Node(.map(["Value": whole]), at: .unknown))
    }
    guard let resource = stackResources[home] else { return reference }
    return Reference(.resource(resource), attribute: "Outputs.\(name)")
  }

  /// A parameter of `home` that the root fills with `source`.
  private mutating func handed(
    _ source: Reference, as name: String, to home: StackHome, isList: Bool, type: String? = nil, at place: Place
  ) -> Reference {
    guard let stack = parts[home], let resource = stackResources[home] else { return source }
    if stack.parameters[name] == nil {
      let kind = type ?? (isList ? "CommaDelimitedList" : "String")
      stack.parameters.set(name, Node(.map(["Type": Node(.string(kind), at: place)]), at: place))
      let value = Node(.reference(source), at: place)
      let given = resource.properties["Parameters"] ?? Node(.map([:]), at: place)
      // An output is a text already; a list parameter of the root is not.
      let isText = source.attribute?.hasPrefix("Outputs.") == true
      given.set(name, isList && !isText ? Self.joined(value) : value)
      resource.properties.set("Parameters", given)
      if case .resource(let used) = source.target { uses[home, default: []].append(used.id) }
    }
    return Reference(.name(name))
  }

  private static func joined(_ value: Node) -> Node {
    Node(.map(["Fn::Join": Node(.list([Node(.string(","), at: .unknown), value]), at: .unknown)]), at: .unknown)
  }

  /// Attributes that are lists, which an output can hold as a text with commas only.
  private static let listAttributes: Set = [
    "Ipv6CidrBlocks", "CidrBlockAssociations", "NameServers", "DnsEntries", "NetworkInterfaceIds",
  ]

  private static func isList(_ reference: Reference) -> Bool {
    reference.attribute.map(listAttributes.contains) ?? false
  }

  /// The type of a parameter in a nested stack, which gets the value and not the name of a Systems Manager parameter.
  private static func nestedType(_ type: String) -> (type: String, isList: Bool) {
    let prefix = "AWS::SSM::Parameter::Value<"
    let plain = type.hasPrefix(prefix) && type.hasSuffix(">") ? String(type.dropFirst(prefix.count).dropLast()) : type
    return (plain, plain.hasPrefix("List<") || plain == "CommaDelimitedList")
  }

  // MARK: - Conditions and mappings

  /// Conditions refer to parameters only, so every stack that uses one may have its own copy of all.
  private mutating func copyConditions(to home: StackHome) {
    guard let stack = parts[home], stack.conditions.fields?.isEmpty != false else { return }
    for (name, node) in whole.conditions.fields ?? [:] {
      let copy = node.copy()
      rewrite(copy, in: home)
      stack.conditions.set(name, copy)
      if copy.uses("Fn::FindInMap") { copyMappings(to: home) }
    }
  }

  private func copyMappings(to home: StackHome) {
    guard let stack = parts[home], stack.mappings.fields?.isEmpty != false else { return }
    for (name, node) in whole.mappings.fields ?? [:] { stack.mappings.set(name, node) }
  }

  // MARK: - Order

  /// What a stack waits for, unless a reference says so already.
  private func finish(_ home: StackHome) {
    guard let resource = stackResources[home], let waits = waits[home] else { return }
    let ids = waits.subtracting(uses[home] ?? [])
    guard !ids.isEmpty else { return }
    resource.attributes.set("DependsOn", Node(.list(ids.map { Node(.string($0), at: .unknown) }), at: .unknown))
  }

  private func checkCycles() throws(Finding) {
    var edges: [String: [Edge]] = [:]
    for (home, stack) in stackResources {
      let ids = (uses[home] ?? []).union(waits[home] ?? [])
      edges[stack.id] = ids.map { Edge(to: $0, place: stack.origin.place) }
    }
    for resource in root.resources.values where edges[resource.id] == nil {
      edges[resource.id] = Self.stacks(in: [resource.attributes, resource.properties]).map {
        Edge(to: $0, place: resource.origin.place)
      }
    }
    guard let cycle = Cycles.first(in: root.resources.keys.elements, edges) else { return }
    let path = (cycle.map(\.id) + [cycle[0].id]).joined(separator: " -> ")
    throw .error(
      at: cycle[cycle.count - 1].place, "nested stacks would refer to each other in a cycle: \(path)",
      remedy: "take one of these references out, or leave the layout single")
  }

  /// The resources that nodes refer to, by id.
  private static func stacks(in nodes: [Node]) -> [String] { referents(in: nodes).map(\.id) }

  /// The resources that nodes refer to.
  static func referents(in nodes: [Node]) -> [Resource] {
    var found: [Resource] = []
    func walk(_ node: Node) {
      switch node.value {
      case .list(let items): items.forEach(walk)
      case .map(let fields): fields.values.forEach(walk)
      case .reference(let reference):
        if let resource = reference.resource { found.append(resource) }
      case .text(let parts):
        for part in parts {
          if case .reference(let reference) = part, let resource = reference.resource { found.append(resource) }
          if case .variable(_, let value) = part { walk(value) }
        }
      default: break
      }
    }
    nodes.forEach(walk)
    return found
  }
}

extension Resource {
  /// Whether a function is called anywhere in it.
  fileprivate func uses(_ function: String) -> Bool { properties.uses(function) || attributes.uses(function) }
}

extension Node {
  fileprivate func uses(_ function: String) -> Bool {
    switch value {
    case .list(let items): items.contains { $0.uses(function) }
    case .map(let fields): fields[function] != nil || fields.values.contains { $0.uses(function) }
    case .text(let parts):
      parts.contains { if case .variable(_, let value) = $0 { value.uses(function) } else { false } }
    default: false
    }
  }
}
