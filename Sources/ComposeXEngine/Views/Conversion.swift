import ComposeXLua
import OrderedCollections

/// Values on their way between Lua and the tree of nodes.
struct Conversion {
  /// Trees deeper than this are refused, so that no later walk can run out of stack.
  static let maximumDepth = 64

  /// A node for what a script wrote; nodes and references keep the place that wrote them first, everything else gets `place`.
  static func node(_ value: LuaValue, at place: Place, depth: Int = 0, session: ScriptSession?, host: LuaHost) throws
    -> Node
  {
    try Conversion(session: session, host: host).node(value, at: place, depth: depth)
  }

  static func node(_ value: LuaValue, at place: Place, depth: Int = 0, session: ScriptSession) throws -> Node {
    try Conversion(session: session, host: session.host).node(value, at: place, depth: depth)
  }

  /// nil where no template is being made: in tests.
  private let session: ScriptSession?
  private let host: LuaHost

  private func node(_ value: LuaValue, at place: Place, depth: Int) throws -> Node {
    guard depth < Self.maximumDepth else {
      throw Finding.error(
        at: place, "a value is nested deeper than \(Self.maximumDepth) levels",
        remedy: "a template has no use for such depth")
    }
    try host.charge(160)
    switch value {
    case .nil: return Node(.null, at: place)
    case .boolean(let flag): return Node(.bool(flag), at: place)
    case .integer(let number): return Node(.int(number), at: place)
    case .number(let number): return try self.number(number, at: place)
    case .string(let text):
      try check(text, at: place)
      try host.charge(text.utf8.count)
      return Node(.string(text), at: place)
    case .table(let table): return try self.table(table, at: place, depth: depth)
    case .object(let object): return try self.object(object, at: place, depth: depth)
    case .reference:
      throw Finding.error(
        at: place, "a function cannot be a value in a template", remedy: "call it, and write what it returns")
    }
  }

  /// The most that a text may have: a template has less.
  static let maximumText = 1 << 20

  private func check(_ text: String, at place: Place) throws {
    if text.utf8.count > Self.maximumText {
      throw Finding.error(
        at: place, "a string of \(text.utf8.count) bytes is more than a template can hold",
        remedy: "put it where the template can point to it: a bucket, a parameter, an image")
    }
    // One look for both, which nearly no text has.
    guard text.utf8.contains(where: { $0 == 0 || $0 == UInt8(ascii: "$") }) else { return }
    if text.utf8.contains(0) {
      throw Finding.error(at: place, "a string has a NUL in it, which no template can hold", remedy: "take it out")
    }
    session?.tellUnfilled(text, at: place)
  }

  /// Lua's `10/2` is 5.0: a float that is whole is written as an integer.
  private func number(_ number: Double, at place: Place) throws -> Node {
    guard number.isFinite else {
      throw Finding.error(
        at: place, "\(number.isNaN ? "nan" : "\(number)") is not a number that a template can hold",
        remedy: "see what was divided by 0")
    }
    if let whole = Int(exactly: number) { return Node(.int(whole), at: place) }
    return Node(.float(number), at: place)
  }

  private func table(_ table: LuaTable, at place: Place, depth: Int) throws -> Node {
    if table.fields.isEmpty, !table.items.isEmpty {
      return Node(.list(try table.items.map { try node($0, at: place, depth: depth + 1) }), at: place)
    }
    guard table.items.isEmpty else {
      throw Finding.error(
        at: place, "a table has both items and names (\"\(table.fields[0].key)\")",
        remedy: "a list has items only, a mapping has names only")
    }
    var fields: Node.Fields = [:]
    for (key, value) in headFirst(table.fields) { fields[key] = try node(value, at: place, depth: depth + 1) }
    return Node(.map(fields), at: place)
  }

  /// Names that say what a mapping is, before the rest in the order of their letters: Lua tables have no order of their own.
  private static func headRank(_ key: String) -> Int? {
    // Their lengths first: most names are none of these.
    switch key.utf8.count {
    case 2: key == "Id" ? 2 : nil
    case 3: key == "Sid" ? 1 : key == "Key" ? 4 : nil
    case 4: key == "Name" ? 3 : key == "Type" ? 6 : nil
    case 6: key == "Effect" ? 7 : nil
    case 7: key == "Version" ? 0 : nil
    case 9: key == "Principal" ? 8 : nil
    case 10: key == "PolicyName" ? 5 : nil
    default: nil
    }
  }

  private func headFirst(_ fields: [LuaTable.Field]) -> [LuaTable.Field] {
    var heads: [(rank: Int, field: LuaTable.Field)] = []
    for field in fields { if let rank = Self.headRank(field.key) { heads.append((rank, field)) } }
    if heads.isEmpty { return fields }
    heads.sort { $0.rank < $1.rank }
    return heads.map(\.field) + fields.filter { Self.headRank($0.key) == nil }
  }

  private func object(_ object: any LuaObject, at place: Place, depth: Int) throws -> Node {
    switch object {
    case let view as NodeView:
      let copy = view.node.copy()
      guard depth + copy.depth <= Self.maximumDepth else {
        throw Finding.error(
          at: view.node.place, "a value is nested deeper than \(Self.maximumDepth) levels", remedy: "flatten it")
      }
      try host.charge(160 * copy.count)
      return copy
    case let reference as ReferenceView: return Node(reference.value, at: place)
    case let placed as PlacedValue: return try node(placed.value, at: placed.place, depth: depth)
    case let marker as Marker: return try marker.node(at: place)
    case let mark as ItemMark: return try mark.node(at: place)
    case let this as ThisView:
      guard let resource = session?.this else {
        throw Finding.error(
          at: place, "composex.this means something in a resource module only",
          remedy: "write :ref() or :att(\"Arn\") of a resource")
      }
      return Node(.reference(Reference(.resource(resource), attribute: this.attributeName)), at: place)
    case let resource as ResourceView:
      throw Finding.error(
        at: place, "a resource cannot be a value in a template",
        remedy: "write :ref() or :att(\"Arn\") of \(resource.resource.subject)")
    default:
      throw Finding.error(
        at: place, "a \(object.luaTypeName) cannot be a value in a template",
        remedy: "write a string, a number, a table or a reference")
    }
  }
}

extension ScriptSession {
  /// Warns of a plain text that reads as if CloudFormation would fill it in: `tostring(resource:ref())`, `"${AWS::Region}"`.
  fileprivate func tellUnfilled(_ text: String, at place: Place) {
    guard phase == .transform, text.contains("${") else { return }
    for case .reference(let reference) in [TextPart](sub: text) {
      guard case .name(let name) = reference.target,
        PseudoParameter.all.contains(name) || stack.resources[name] != nil || stack.parameters[name] != nil
      else { continue }
      let message = "${\(reference.text)} stays as it is in a plain string"
      if findings.all.contains(where: { $0.place == place && $0.message == message }) { return }
      findings.report(
        .warning(
          at: place, message, remedy: "write composex.sub(\"...\"), or join references and strings with ..",
          notes: context))
      return
    }
  }
}

extension Node {
  /// Levels of lists and mappings, 1 for a scalar.
  var depth: Int {
    switch value {
    case .list(let items): 1 + (items.map(\.depth).max() ?? 0)
    case .map(let fields): 1 + (fields.values.map(\.depth).max() ?? 0)
    default: 1
    }
  }

  /// Nodes in the tree, this one included.
  var count: Int {
    switch value {
    case .list(let items): items.reduce(1) { $0 + $1.count }
    case .map(let fields): fields.values.reduce(1) { $0 + $1.count }
    default: 1
    }
  }
}
