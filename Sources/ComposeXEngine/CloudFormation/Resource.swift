/// One resource of a template: its logical id, type, attributes and properties, and where it came from.
final class Resource: Referent {
  /// What a resource was made for: the definition in the compose file and the part that it plays there.
  struct Origin {
    /// `services`, `x-sqs`, ..., or empty for what belongs to the project as a whole.
    var key: String
    /// The name under the key.
    var name: String
    /// What it is to its definition: `main`, `task`, `role`, `log_group`, ...
    var part: String
    /// Further definitions of the key that it was made for: the other services of a family.
    var others: [String]
    /// The family that it belongs to; nil for what belongs to none.
    var family: String?
    /// The definition in the compose file, or the line of the script that added the resource.
    var place: Place

    init(
      key: String = "", name: String = "", part: String = "main", others: [String] = [], family: String? = nil,
      place: Place
    ) {
      self.key = key
      self.name = name
      self.part = part
      self.others = others
      self.family = family
      self.place = place
    }

    /// The names of all definitions that it was made for.
    var names: [String] { [name] + others }
  }

  var id: String
  /// Who gave it other ids, the last first: where, and the id before.
  var renames: [(place: Place, from: String)] = []
  /// The overrides of generator steps that it went through, the last first.
  var steps: [(place: Place, step: String)] = []
  /// The line of `composex.naming` that made up its first id; nil for composex's own.
  var naming: Place?
  /// The id that it was made with: of a definition, the one that composex and the packs of the command line give it; of a script, the
  /// one that the script gave it first.
  let firstID: String
  /// Whether no other resource of the template was made with that id before.
  var isFirst = true
  let type: String
  /// The type as the registry knows it; nil for somebody's own.
  let registered: ResourceType?
  let origin: Origin
  /// A mapping, as under `Properties:` in the template.
  let properties: Node
  /// `DependsOn`, `DeletionPolicy`, ...: a mapping of what stands beside `Properties:`.
  let attributes: Node

  init(id: String, type: String, origin: Origin, types: ResourceTypes, firstID: String? = nil) {
    self.id = id
    self.firstID = firstID ?? id
    self.type = type
    self.origin = origin
    registered = types.type(type)
    self.properties = Node(.map([:]), at: origin.place)
    self.attributes = Node(.map([:]), at: origin.place)
  }

  /// The resource attributes of CloudFormation, in the order in which they are written, with the kind of value each takes.
  /// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-product-attribute-reference.html
  static let attributeNames = [
    "Condition", "DependsOn", "CreationPolicy", "DeletionPolicy", "UpdatePolicy", "UpdateReplacePolicy", "Metadata",
  ]

  /// How the user would name it: `x-sqs::jobs`, `x-vpc` for what a project has one of, or `#Names` without a definition.
  var name: String { name(called: id) }

  private func name(called id: String) -> String {
    if origin.key.isEmpty { return "#\(id)" }
    return origin.name.isEmpty ? origin.key : "\(origin.key)::\(origin.name)"
  }

  /// The subject of a message: `x-sqs::jobs`, or `WebTaskRole of services::web` for a part that is not the main one.
  var subject: String { subject(called: id) }

  /// The subject under an id that it had.
  func subject(called id: String) -> String {
    origin.part == "main" ? name(called: id) : "\(id) of \(name(called: id))"
  }
}

extension Reference {
  /// The resource that it leads to; nil for a name.
  var resource: Resource? { if case .resource(let referent) = target { referent as? Resource } else { nil } }
}
