import ComposeXLua

/// Methods that look at a resource as a whole.
extension ResourceView {
  static let lookingMethods: [Method] = [has, walk, replaceReferences, tags]

  private static let has = Method(
    WordDoc(
      "has", [("name", "string")], returns: "boolean",
      "Whether a property is set; VpcConfig.SubnetIds is one further down. Never an error: a property that the type has not is not set."
    )
  ) { view, call in
    let path = try call.text(2, of: "has", "the name of a property")
    var value = view.session.lua(view.resource.properties, .properties(view.resource, path: []), depth: 0)
    for step in path.split(separator: ".", omittingEmptySubsequences: false) {
      guard case .object(let holder as NodeView) = value, let child = holder.node[String(step)] else {
        return .boolean(false)
      }
      value = view.session.lua(child, holder.child(String(step)), depth: holder.depth + 1)
    }
    return .boolean(!value.isNil)
  }

  private static let walk = Method(
    WordDoc(
      "walk", [("fn", "fun(value: any, path: string)")],
      "Calls the function for every value of the properties, those that hold others first; items have their number: Subnets.1."
    )
  ) { view, call in
    let function = try call.function(2, of: "walk")
    func visit(_ value: LuaValue, _ path: String) throws {
      guard case .object(let holder as NodeView) = value else { return }
      for (key, child) in try holder.luaPairs(call) where !child.isNil {
        let name = if case .integer(let index) = key { String(index) } else { key.string ?? "" }
        let below = path.isEmpty ? name : "\(path).\(name)"
        _ = try call.host.call(function, [child, .string(below)])
        try visit(child, below)
      }
    }
    try visit(view.session.lua(view.resource.properties, .properties(view.resource, path: []), depth: 0), "")
    return .nil
  }

  private static let tags = Method(
    WordDoc(
      "tags", returns: "table<string, any>",
      "The tags by their names, whatever form the type has for them; empty when it has none.")
  ) { view, call in
    func member(_ value: LuaValue, _ name: String) throws -> LuaValue {
      guard case .object(let holder as NodeView) = value, holder.node[name] != nil else { return .nil }
      return try holder.luaGet(.string(name), call)
    }
    let properties = view.session.lua(view.resource.properties, .properties(view.resource, path: []), depth: 0)
    var tags: [LuaTable.Field] = []
    switch view.resource.registered?.tags {
    case .map(let property)?:
      guard case .object(let map as NodeView) = try member(properties, property) else { break }
      for (name, value) in try map.luaPairs(call) { if let name = name.string { tags.append((name, value)) } }
    case .list(let property, let key, let valueKey, _)?:
      guard case .object(let list as NodeView) = try member(properties, property) else { break }
      for (_, tag) in try list.luaPairs(call) {
        if let name = try member(tag, key).string { tags.append((name, try member(tag, valueKey))) }
      }
    case .some(.none), nil: break
    }
    return .table(LuaTable(fields: tags.sorted { $0.key < $1.key }))
  }

  private static let replaceReferences = Method(
    WordDoc(
      "replace_references",
      [("old", "composex.resource|composex.reference"), ("new", "composex.resource|composex.reference|string")],
      returns: "integer",
      "Makes references to a resource, or those that are alike, lead elsewhere: Ref, GetAtt and inside Fn::Sub. Returns how many."
    )
  ) { view, call in
    try view.session.checkWritable(.properties(view.resource, path: []))
    let replacing = try ReferenceReplacing(old: call[2], new: call[3], at: view.session.place(call))
    var count = 0
    for node in [view.resource.properties, view.resource.attributes] { count += replacing.apply(to: node) }
    return .integer(count)
  }
}

/// References that give way to others.
private struct ReferenceReplacing {
  private enum Old {
    case resource(Resource)
    case like(String)
  }

  private let old: Old
  private let new: [TextPart]
  private let target: Reference.Target?
  private let place: Place

  init(old: LuaValue, new: LuaValue, at place: Place) throws {
    self.place = place
    switch old {
    case .object(let view as ResourceView): self.old = .resource(view.resource)
    case .object(let view as ReferenceView):
      guard case .reference(let reference) = view.value else {
        throw ScriptError(
          "a text with references in it is not one to replace", remedy: "name one: resource:att(\"Arn\")")
      }
      self.old = .like(reference.text)
    default:
      throw ScriptError.arguments("replace_references() takes a resource or a reference first, not \(old.kindName)")
    }
    if case .object(let view as ResourceView) = new {
      target = .resource(view.resource)
      self.new = []
      return
    }
    target = nil
    if case .resource = self.old {
      throw ScriptError(
        "replace_references() takes two resources, or two references",
        remedy: "write replace_references(old:ref(), new:ref())")
    }
    self.new = try ReferenceView.parts(new)
  }

  /// What stands for a reference now; nil for one that stays.
  private func replacement(_ reference: Reference) -> [TextPart]? {
    switch old {
    case .like(let text):
      guard reference.text == text else { return nil }
      return target.map { [.reference(Reference($0))] } ?? new
    case .resource(let resource):
      let isMeant =
        if case .resource(let other) = reference.target { other === resource } else { reference.id == resource.id }
      guard isMeant, let target else { return nil }
      return [.reference(Reference(target, attribute: reference.attribute))]
    }
  }

  func apply(to node: Node) -> Int {
    switch node.value {
    case .list(let items):
      return items.enumerated().reduce(0) { count, item in
        count + replace(item.element) { node.setItem(item.offset, $0) }
      }
    case .map(let fields):
      return fields.elements.reduce(0) { count, field in count + replace(field.value) { node.set(field.key, $0) } }
    default: return 0
    }
  }

  private func replace(_ node: Node, _ set: (Node) -> Void) -> Int {
    switch node.value {
    case .reference(let reference):
      guard let parts = replacement(reference) else { return 0 }
      set(Node(Self.value(parts), at: place))
      return 1
    case .text(let parts):
      var count = 0
      let changed = parts.flatMap { part -> [TextPart] in
        guard case .reference(let reference) = part, let made = replacement(reference) else { return [part] }
        count += 1
        return made
      }
      if count > 0 { set(Node(.text(changed), at: place)) }
      return count
    default: return apply(to: node)
    }
  }

  private static func value(_ parts: [TextPart]) -> Node.Value {
    guard parts.count == 1 else { return .text(parts) }
    switch parts[0] {
    case .reference(let reference): return .reference(reference)
    case .literal(let text): return .string(text)
    case .variable: return .text(parts)
    }
  }
}
