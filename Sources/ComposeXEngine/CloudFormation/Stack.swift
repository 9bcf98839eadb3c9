import OrderedCollections

/// One template: parameters, mappings, conditions, resources and outputs, in the order in which they were added.
final class Stack {
  let name: String
  let types: ResourceTypes
  var description: String?
  /// Name to definition, each a mapping as in the template.
  let parameters: Node
  /// Assertions about parameters.
  let rules: Node
  let mappings: Node
  /// What stands in the template for its readers.
  let metadata: Node
  /// Macros that CloudFormation runs over the template, in their order.
  var transforms: [String] = []
  let conditions: Node
  let outputs: Node
  /// What scripts took out, with the line that did.
  private(set) var removed: [(resource: Resource, place: Place)] = []
  /// The ids that resources were made with, also of those that are gone.
  private var firstIDs: Set<String> = []
  /// Tags of everything in it that takes tags, for the stacks that the nested layout makes.
  var tags: [(name: String, value: Node)] = []
  /// By logical id.
  private(set) var resources: OrderedDictionary<String, Resource> = [:] {
    didSet { made = nil }
  }
  /// What was made for each definition, once somebody asks. An origin never changes, and what changes `resources` drops this.
  private var made: [Definition: [Resource]]?

  private struct Definition: Hashable {
    let key: String
    let name: String
  }

  init(name: String, types: ResourceTypes = ResourceTypes()) {
    self.name = name
    self.types = types
    parameters = Node(.map([:]), at: .unknown)
    rules = Node(.map([:]), at: .unknown)
    metadata = Node(.map([:]), at: .unknown)
    mappings = Node(.map([:]), at: .unknown)
    conditions = Node(.map([:]), at: .unknown)
    outputs = Node(.map([:]), at: .unknown)
  }

  /// Adds a resource. Two that meet in one logical id are an error that names both places.
  func add(_ resource: Resource) throws(Finding) {
    try checkID(resource.id, at: resource.origin.place)
    if let first = resources[resource.id] { throw Self.collision(resource, first) }
    // Who adds a resource for each of many, and asks for others in between, must not have them all sorted each time.
    var index = made
    resources[resource.id] = resource
    if index != nil {
      for name in Set(resource.origin.names) {
        index?[Definition(key: resource.origin.key, name: name), default: []].append(resource)
      }
      made = index
    }
    resource.isFirst = firstIDs.insert(resource.firstID).inserted
  }

  /// Gives a resource another logical id; references to it follow, its position stays.
  func rename(_ resource: Resource, to id: String, at place: Place) throws(Finding) {
    guard id != resource.id else { return }
    try checkID(id, at: place)
    if let first = resources[id] {
      throw .error(
        at: place, "logical id \(id) is taken by \(first.subject)", remedy: "choose another id for \(resource.subject)")
    }
    guard let index = resources.index(forKey: resource.id) else { return }
    resources.remove(at: index)
    resource.renames.insert((place, resource.id), at: 0)
    resource.id = id
    resources.updateValue(resource, forKey: id, insertingAt: index)
  }

  /// Takes a resource out; what still refers to it is found by the linker.
  func remove(_ resource: Resource, at place: Place) {
    guard contains(resource) else { return }
    resources.removeValue(forKey: resource.id)
    removed.append((resource, place))
  }

  /// The resources that were made for a definition, in the order of the template.
  func resources(of key: String, _ name: String) -> [Resource] {
    let made = self.made ?? madeByDefinition()
    self.made = made
    return made[Definition(key: key, name: name)] ?? []
  }

  private func madeByDefinition() -> [Definition: [Resource]] {
    var made: [Definition: [Resource]] = [:]
    for resource in resources.values {
      for name in Set(resource.origin.names) {
        made[Definition(key: resource.origin.key, name: name), default: []].append(resource)
      }
    }
    return made
  }

  func contains(_ resource: Resource) -> Bool { resources[resource.id] === resource }

  /// A copy that shares no node with this one: for the layout to cut.
  func copy() -> Stack {
    let twin = Stack(name: name, types: types)
    twin.description = description
    twin.tags = tags.map { ($0.name, $0.value.copy()) }
    var twins: [ObjectIdentifier: Resource] = [:]
    for resource in resources.values {
      let copy = Resource(
        id: resource.id, type: resource.type, origin: resource.origin, types: types, firstID: resource.firstID)
      copy.properties.value = resource.properties.copy().value
      copy.attributes.value = resource.attributes.copy().value
      twins[ObjectIdentifier(resource)] = copy
      twin.resources[copy.id] = copy
    }
    twin.parameters.value = parameters.copy().value
    twin.rules.value = rules.copy().value
    twin.metadata.value = metadata.copy().value
    twin.transforms = transforms
    twin.mappings.value = mappings.copy().value
    twin.conditions.value = conditions.copy().value
    twin.outputs.value = outputs.copy().value
    for resource in twin.resources.values {
      resource.properties.retarget(twins)
      resource.attributes.retarget(twins)
    }
    twin.conditions.retarget(twins)
    twin.outputs.retarget(twins)
    return twin
  }

  static func isLogicalID(_ id: String) -> Bool {
    let letters = id.utf8.allSatisfy {
      (48...57).contains($0) || (65...90).contains($0) || (97...122).contains($0)
    }
    return letters && !id.isEmpty && id.utf8.count <= 255
  }

  private func checkID(_ id: String, at place: Place) throws(Finding) {
    guard Self.isLogicalID(id) else {
      throw .error(
        at: place, "logical id \"\(id)\" must consist of 1 to 255 letters and digits",
        remedy: Self.isLogicalID(PascalCase.name(id)) ? "write \"\(PascalCase.name(id))\"" : "name it in PascalCase")
    }
    if parameters[id] != nil {
      throw .error(
        at: place, "logical id \(id) is taken by a parameter", remedy: "a parameter and a resource cannot share a name")
    }
  }

  private static func collision(_ second: Resource, _ first: Resource) -> Finding {
    let notes = ["the other stands at \(first.origin.place)"]
    guard second.name == first.name else {
      return .error(
        at: second.origin.place, "\(second.name) and \(first.name) meet in one logical id, \(first.id)",
        remedy: "rename one of them, or set ids with composex.naming", notes: notes)
    }
    guard second.origin.key.isEmpty || second.origin.part == "beside", second.origin.place == first.origin.place else {
      return .error(
        at: second.origin.place,
        "\(second.name) (\(second.type)) and \(first.name) (\(first.type)) meet in one logical id, \(first.id)",
        remedy: "rename one of them, or set ids with composex.naming", notes: notes)
    }
    return .error(
      at: second.origin.place, "the logical id \(first.id) is given a second time by the same line",
      remedy: "make it of what differs; what the services of a task share is made once by composex.tasks()")
  }
}

extension Node {
  /// Points the references of a copied tree to copies of the resources.
  fileprivate func retarget(_ twins: [ObjectIdentifier: Resource]) {
    func moved(_ reference: Reference) -> Reference {
      guard case .resource(let target) = reference.target, let twin = twins[ObjectIdentifier(target)] else {
        return reference
      }
      return Reference(.resource(twin), attribute: reference.attribute)
    }
    switch value {
    case .list(let items): for item in items { item.retarget(twins) }
    case .map(let fields): for field in fields.values { field.retarget(twins) }
    case .reference(let reference): value = .reference(moved(reference))
    case .text(let parts):
      value = .text(
        parts.map { part in
          switch part {
          case .literal: return part
          case .reference(let reference): return .reference(moved(reference))
          case .variable(let name, let node):
            let copy = node.copy()
            copy.retarget(twins)
            return .variable(name: name, value: copy)
          }
        })
    default: return
    }
  }
}
