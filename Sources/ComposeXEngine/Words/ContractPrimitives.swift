import ComposeXLua

/// What `engine` says of the final template to `lua/contracts`: its resources as plain tables, and refusals at the line that wrote
/// a property.
enum ContractPrimitives {
  /// `engine.template()`: every resource in the order of the template, as `{ id, type, made }`.
  static let template: Primitives.Primitive = { session, _ in
    let items = session.stack.resources.values.map { resource in
      LuaValue.table(
        LuaTable(fields: [
          ("id", .string(resource.id)), ("made", .object(session.view(resource))), ("type", .string(resource.type)),
        ]))
    }
    return .table(LuaTable(items: items))
  }

  /// `engine.plain(resource)`: its properties, with the attributes beside them (`DependsOn`, `Condition`, ...), as plain tables;
  /// what CloudFormation computes is the mapping of its function (`{ Ref = "Vpc" }`), and what is `AWS::NoValue` is not there.
  static let plain: Primitives.Primitive = { session, call in
    guard let resource = session.resource(try call[1]) else { throw ScriptError("plain() takes a resource") }
    let (attributes, properties) = (resource.attributes, resource.properties)
    return .table(
      LuaTable(fields: [
        ("attributes", plain(attributes, session.stack)), ("properties", plain(properties, session.stack)),
      ]))
  }

  /// The plain value of a node; nil for what is null or `AWS::NoValue`. Functions of constants are worked out; one that depends on a
  /// condition stays what it is.
  private static func plain(_ node: Node, _ stack: Stack) -> LuaValue {
    switch node.value {
    case .null: return .nil
    case .bool(let flag): return .boolean(flag)
    case .int(let number): return .integer(number)
    case .float(let number): return .number(number)
    case .string(let text): return .string(text)
    case .list(let items): return .table(LuaTable(items: items.map { plain($0, stack) }.filter { !$0.isNil }))
    case .map(let fields):
      guard fields.count == 1, Intrinsics.function(node) != nil else { return mapping(fields, stack) }
    case .reference, .text: break
    }
    let evaluation = Evaluation(stack)
    switch evaluation.evaluate(node) {
    case .absent: return .nil
    case .known(let known) where evaluation.assumptions.isEmpty && known !== node: return plain(known, stack)
    default: break
    }
    let form = node.longForm
    return form.fields.map { mapping($0, stack) } ?? .nil
  }

  private static func mapping(_ fields: Node.Fields, _ stack: Stack) -> LuaValue {
    .table(LuaTable(fields: fields.map { ($0.key, plain($0.value, stack)) }.filter { !$0.1.isNil }))
  }

  /// `engine.refuse { made, path, message, remedy, page, severity }`: a finding at the line that wrote the property at `path` (names and
  /// numbers of items), or the last thing above it that is there.
  static let refuse: Primitives.Primitive = { session, call in
    let table = try call.table(1, of: "refuse")
    guard let resource = session.resource(table["made"]) else { throw ScriptError("refuse() takes a resource") }
    func text(_ name: String) -> String? { table[name]?.string }
    let path = try session.steps(of: table["path"])
    let node = path.reduce(Optional(root(resource, path))) { node, step in
      node.flatMap { child($0, step) ?? $0 }
    }
    let place = node.flatMap(writer) ?? resource.origin.place
    session.findings.definition = resource.origin.place
    defer { session.findings.definition = nil }
    var finding = Finding(
      text("severity").flatMap(Finding.Severity.init) ?? .error, at: place,
      "\(resource.subject) \(text("message") ?? "")", remedy: text("remedy"),
      notes: text("page").map { ["\(session.running == nil ? "AWS" : "see"): \($0)"] } ?? [])
    if place.file.map({ $0.role == .module }) ?? true { finding.notes += changes(of: resource) }
    if let take = session.takesRefusal { take(finding, resource) } else { session.findings.report(finding) }
    return .nil
  }

  /// The lines of scripts and packs that wrote properties of a resource, as notes: what is wrong may be theirs.
  private static func changes(of resource: Resource) -> [String] {
    var notes: [String] = []
    for (name, node) in resource.properties.fields ?? [:] where notes.count < 3 {
      guard let role = node.place.file?.role, role == .script || role == .pack, name != "Tags" else { continue }
      notes.append("\(name) was written at \(node.place.fileAndLine)")
    }
    return notes
  }

  /// Where a path begins: at the attributes for `DependsOn`, `DeletionPolicy`, ..., else at the properties.
  private static func root(_ resource: Resource, _ path: [LuaValue]) -> Node {
    if case .string(let name)? = path.first, resource.properties[name] == nil, resource.attributes[name] != nil {
      return resource.attributes
    }
    return resource.properties
  }

  /// Who wrote a value: of a list or a mapping that `lua/` began and somebody else went on with, that one.
  private static func writer(of node: Node) -> Place? {
    let own = node.keyPlace ?? node.place
    guard own.file?.role == .module || own.file == nil else { return own }
    let inner = node.list ?? node.fields.map { Array($0.values) } ?? []
    return inner.lazy.compactMap(writer).first { $0.file?.role != .module } ?? (own.file == nil ? nil : own)
  }

  private static func child(_ node: Node, _ step: LuaValue) -> Node? {
    switch step {
    case .string(let name): return node[name]
    case .integer(let index):
      guard let items = node.list, items.indices.contains(index - 1) else { return nil }
      return items[index - 1]
    default: return nil
    }
  }
}

extension ScriptSession {
  /// The items of a list that Lua made.
  fileprivate func steps(of value: LuaValue?) throws -> [LuaValue] {
    switch value {
    case .table(let table)?: return table.items
    case .reference(let reference)?: return try host.contents(of: reference).items
    default: return []
    }
  }
}
