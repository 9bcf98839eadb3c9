/// The properties of resource types as JSON Schema, each type and definition once.
///
/// More passes than CloudFormation takes: a number for a text, a text for a number, a function of CloudFormation for anything, and
/// the name of another definition where its ARN is wanted.
struct PropertySchema {
  private let types = ResourceTypes()
  private var order: [String] = []
  private var wanted: [String: ObjectSchema] = [:]
  private var owners: [ResourceType] = []
  /// By type: the properties whose items may say all that a resource can, and the types of those.
  private var itemTypes: [String: [String: String]] = [:]

  /// The names of all types.
  var names: [String] { types.allNames }

  /// A reference to the properties of a type; any mapping when the registry does not have it. The items of the lists that `itemTypes`
  /// names may say all that a resource of its type can.
  mutating func resource(_ name: String, itemTypes: [String: String] = [:]) -> Node {
    guard let type = types.type(name) else { return .type("object") }
    if !itemTypes.isEmpty { self.itemTypes[name] = itemTypes }
    if !owners.contains(where: { $0 === type }) { owners.append(type) }
    return object(type.properties, of: name)
  }

  private mutating func object(_ object: ObjectSchema, of type: String) -> Node {
    let name = object.name.isEmpty ? type : "\(type).\(object.name)"
    if wanted[name] == nil {
      wanted[name] = object
      order.append(name)
    }
    return .reference(name)
  }

  mutating func finished() -> Node.Fields {
    var made: Node.Fields = [
      "function": Self.function, "text": .computed(.type("string", "number", "boolean")),
      "integer": .computed(.type("integer", "string")),
      "number": .computed(.type("number", "string")),
      "boolean": .computed(.either([.type("boolean"), .oneOf(["true", "false"])])),
    ]
    var next = 0
    while next < order.count {
      let name = order[next]
      next += 1
      guard let object = wanted[name] else { continue }
      let type = String(name.prefix { $0 != "." })
      made[name] = definition(object, of: type)
    }
    return made
  }

  private mutating func definition(_ object: ObjectSchema, of type: String) -> Node {
    var properties: Node.Fields = [:]
    for property in object.properties {
      properties[property.name] = computed(property.schema, of: type)
      if object.name.isEmpty, let itemType = itemTypes[type]?[property.name] {
        let items: Node = .map(["type": .text("array"), "items": resource(itemType)])
        properties[property.name] = .either([properties[property.name] ?? items, items])
      }
    }
    var fields: Node.Fields = ["type": .text("object"), "properties": .map(properties)]
    // A definition of composex may leave out what a default fills in, and a function may stand for the whole.
    if !object.isOpen { fields["patternProperties"] = .map(["^(Ref|Fn::.+)$": .yes]) }
    fields["additionalProperties"] = object.isOpen ? .yes : .no
    return .map(fields)
  }

  private mutating func form(_ schema: Schema, of type: String) -> Node {
    switch schema {
    case .scalar(let scalar): Self.scalar(scalar)
    case .list(let item): .map(["type": .text("array"), "items": computed(item, of: type)])
    case .map(let value): .map(of: computed(value, of: type))
    case .object(let object): self.object(object, of: type)
    case .json: .type("object", "string")
    case .any: .map([:])
    case .either(let forms): .either(forms.map { form($0, of: type) })
    }
  }

  /// The form, or a function in its place.
  private mutating func computed(_ schema: Schema, of type: String) -> Node {
    if case .scalar(let scalar) = schema, scalar.values == nil || scalar.anyCase { return Self.scalar(scalar) }
    return .computed(form(schema, of: type))
  }

  private static func scalar(_ scalar: Schema.Scalar) -> Node {
    switch scalar.kind {
    case .string:
      if let values = scalar.values, !scalar.anyCase { return .oneOf(values) }
      return .reference("text")
    case .integer: return .reference("integer")
    case .number: return .reference("number")
    case .boolean: return .reference("boolean")
    }
  }

  /// A function of CloudFormation in its long form: `{"Ref": ...}`, `{"Fn::Sub": ...}`.
  private static var function: Node {
    .map([
      "type": .text("object"), "minProperties": .number(1), "maxProperties": .number(1),
      "patternProperties": .map(["^(Ref|Fn::.+)$": .yes]), "additionalProperties": .no,
    ])
  }
}

extension Node {
  /// The form, or a function of CloudFormation in its place.
  fileprivate static func computed(_ form: Node) -> Node { .either([form, .reference("function")]) }
}
