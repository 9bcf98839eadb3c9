import ComposeXLua

/// A resource in a script's hand. PascalCase is CloudFormation's (`Properties`, `DeletionPolicy`), lower case is composex's.
final class ResourceView: LuaObject {
  unowned let session: ScriptSession
  let resource: Resource

  init(_ session: ScriptSession, _ resource: Resource) {
    self.session = session
    self.resource = resource
  }

  var luaTypeName: String { "resource" }
  var luaDescription: String { "\(resource.type) \(resource.id)" }

  static let fields: [WordDoc] = [
    WordDoc("id", returns: "string", "The logical id; rename() changes it."),
    WordDoc("type", returns: "string", "The resource type, AWS::SQS::Queue."),
    WordDoc("key", returns: "string?", "The section that it was made for: x-sqs, services."),
    WordDoc("name", returns: "string?", "The name in that section."),
    WordDoc("part", returns: "string", "What it is of its definition: main, role, log_group, ..."),
    WordDoc("service", returns: "string?", "The service that it was made for."),
    WordDoc("Properties", returns: "table", "The properties, as in CloudFormation."),
  ]
  static let methods: [Method] = [ref, att, sub, tag, remove, rename] + lookingMethods
  typealias Method = WordMethod<ResourceView>

  // MARK: - Fields

  func luaGet(_ key: LuaValue, _ call: LuaCall) throws -> LuaValue {
    guard case .string(let name) = key else {
      throw ScriptError("a resource has names, not items", remedy: "write resource.Properties")
    }
    switch name {
    case "Properties": return session.lua(resource.properties, .properties(resource, path: []), depth: 0)
    case "id": return .string(resource.id)
    case "type": return .string(resource.type)
    case "key": return resource.origin.key.isEmpty ? .nil : .string(resource.origin.key)
    case "name": return resource.origin.name.isEmpty ? .nil : .string(resource.origin.name)
    case "part": return .string(resource.origin.part)
    case "service": return resource.origin.key == "services" ? .string(resource.origin.name) : .nil
    default: break
    }
    if Resource.attributeNames.contains(name) {
      if name == "DependsOn", case .reference(let reference)? = resource.attributes[name]?.value {
        return .string(reference.id)
      }
      return session.lua(resource.attributes[name], .attribute(resource, name), depth: 1)
    }
    if let method = Self.methods.first(where: { $0.doc.name == name }) {
      return session.method("resource", name) { view, call in
        try method.doc.call("resource:") { try method.run(view, call) }
      }
    }
    throw unknown(name)
  }

  func luaSet(_ key: LuaValue, _ value: LuaValue, _ call: LuaCall) throws {
    guard case .string(let name) = key else {
      throw ScriptError("a resource takes strings as keys", remedy: "write resource.Properties")
    }
    try session.checkWritable(.properties(resource, path: []))
    switch name {
    case "Properties":
      let node = try Conversion.node(value, at: session.place(call), session: session)
      guard node.fields != nil else {
        throw ScriptError("Properties must be a table of names, not \(node.kind)", remedy: "write { Property = value }")
      }
      try session.fit(node, .properties(resource, path: []))
      resource.properties.value = node.value
    case _ where Resource.attributeNames.contains(name):
      if case .nil = value {
        resource.attributes.remove(name, at: session.place(call))
      } else {
        resource.attributes.set(name, try attribute(name, value, call))
      }
    case "id": throw ScriptError("id is read-only", remedy: "call resource:rename(\"NewId\")")
    case _ where Self.fields.contains(where: { $0.name == name }):
      throw ScriptError("\(name) is read-only", remedy: "add another resource with stack:add, and remove this one")
    default: throw unknown(name)
    }
  }

  /// `DependsOn` takes resources as well as logical ids.
  private func attribute(_ name: String, _ value: LuaValue, _ call: LuaCall) throws -> Node {
    let value = name == "DependsOn" ? Self.references(value, session) : value
    let node = try Conversion.node(value, at: session.place(call), session: session)
    if name == "DependsOn", session.phase != .generate { try Self.check(dependsOn: node) }
    // What generators pass on of the compose file is checked as a whole, so that all that is wrong is reported.
    if session.phase != .generate { try ResourceAttributes.check(name, node) }
    return node
  }

  /// Resources, and logical ids that there are, as the references that `DependsOn` wants, in a list too.
  static func references(_ value: LuaValue, _ session: ScriptSession) -> LuaValue {
    switch value {
    case .object(let view as ResourceView): .object(ReferenceView(Reference(.resource(view.resource))))
    case .string(let id):
      session.stack.resources[id].map { .object(ReferenceView(Reference(.resource($0)))) } ?? value
    case .table(let table): .table(LuaTable(items: table.items.map { references($0, session) }, fields: table.fields))
    default: value
    }
  }

  private static func check(dependsOn node: Node) throws {
    for item in node.list ?? [node] {
      if item.string != nil { continue }
      if case .reference(let reference) = item.value, reference.attribute == nil { continue }
      throw ScriptError(
        "DependsOn must be a logical id or a list of them, not \(item.kind)\(node.list == nil ? "" : " in a list")",
        remedy: item.list == nil
          ? "name resources: resource.DependsOn = { other, \"WebService\" }"
          : "add to the list that is there: table.insert(resource.DependsOn, \"WebService\")")
    }
  }

  private func unknown(_ name: String) -> ScriptError {
    let names = Self.fields.map(\.name) + Resource.attributeNames + Self.methods.map(\.doc.name).sorted()
    let isProperty = resource.registered?.properties[name] != nil
    return ScriptError(
      "a resource has no field \"\(name)\"",
      remedy: isProperty ? "write .Properties.\(name)" : NearName.remedy(name, in: names, what: "it has"))
  }

  // MARK: - Methods

  private static let ref = Method(
    WordDoc(
      "ref", returns: "composex.reference", "A reference to it, for use as a value.")
  ) { view, _ in
    .object(ReferenceView(Reference(.resource(view.resource))))
  }

  private static let att = Method(
    WordDoc(
      "att", [("name", "string")], returns: "composex.reference", "An attribute of it.")
  ) { view, call in
    let name = try call.text(2, of: "att", "the name of an attribute")
    try view.checkAttribute(name)
    return .object(ReferenceView(Reference(.resource(view.resource), attribute: name)))
  }

  /// A text in which `${Ref}` and the type's attributes (`${Arn}`) are this resource's own.
  private static let sub = Method(
    WordDoc(
      "sub", [("text", "string")], returns: "composex.reference",
      "A text in which the type's attributes and ${Ref} are its own.")
  ) { view, call in
    let parts = try TextPart.parts(of: call.text(2, of: "sub", "a string"))
    return .object(try ReferenceView.text(parts.map { view.own($0) }, call.host))
  }

  private func own(_ part: TextPart) -> TextPart {
    guard case .reference(let reference) = part, case .name(let name) = reference.target else { return part }
    let attribute = reference.attribute.map { "\(name).\($0)" } ?? name
    if attribute == "Ref" { return .reference(Reference(.resource(resource))) }
    guard let type = resource.registered, type.hasAttribute(attribute) else { return part }
    return .reference(Reference(.resource(resource), attribute: attribute))
  }

  private static let tag = Method(
    WordDoc(
      "tag", [("tags", "table<string, any>")],
      "Sets tags in the form of the type; a type that takes none is left alone.")
  ) { view, call in
    try view.session.checkWritable(.properties(view.resource, path: []))
    guard case .table(let table) = try call[2], table.items.isEmpty else {
      throw ScriptError("tag() takes a table of names and strings", remedy: "write resource:tag { owner = \"me\" }")
    }
    let place = view.session.place(call)
    for (key, value) in table.fields {
      Tagging.tag(view.resource, key, try tagValue(value, key, at: place, view.session))
    }
    let count = Tagging.count(of: view.resource)
    guard count <= Tagging.most else {
      throw ScriptError(
        "\(view.resource.subject) has \(count) tags, and a resource takes \(Tagging.most)", remedy: "set fewer")
    }
    return .nil
  }

  /// A tag is a text; numbers and booleans are written as texts.
  private static func tagValue(_ value: LuaValue, _ key: String, at place: Place, _ session: ScriptSession) throws
    -> Node
  {
    try Tagging.checkKey(key)
    let node = try Conversion.node(value, at: place, depth: 3, session: session)
    switch node.value {
    case .string(let text) where text.unicodeScalars.count > 256:
      throw ScriptError(
        "the value of tag \"\(key)\" has \(text.unicodeScalars.count) letters, and a tag takes 256",
        remedy: "shorten it")
    case .string, .reference, .text: return node
    case .map where Intrinsics.function(node) != nil: return node
    case .bool, .int, .float: return Node(.string(node.brief), at: place)
    default:
      throw ScriptError(
        "tag \"\(key)\" must be a string, not \(node.kind)", remedy: "write resource:tag { owner = \"me\" }")
    }
  }

  private static let remove = Method(
    WordDoc(
      "remove", [], "Takes it out; what still refers to it is an error.")
  ) { view, call in
    if view.session.phase == .transform, !view.session.stack.contains(view.resource) { return .nil }
    try view.session.checkWritable(.properties(view.resource, path: []))
    view.session.stack.remove(view.resource, at: view.session.place(call))
    return .nil
  }

  private static let rename = Method(
    WordDoc(
      "rename", [("id", "string")], "Gives it another logical id; references follow.")
  ) { view, call in
    try view.session.checkWritable(.properties(view.resource, path: []))
    let id = try call.text(2, of: "rename", "a logical id")
    try view.session.stack.rename(view.resource, to: id, at: view.session.place(call))
    return .nil
  }

  private func checkAttribute(_ name: String) throws {
    guard let type = resource.registered, !type.hasAttribute(name) else { return }
    throw ScriptError(
      "\(resource.type) has no attribute \"\(name)\"",
      remedy: NearName.remedy(name, in: type.attributes, what: "it has") ?? "it has none: write :ref()")
  }
}
