import ComposeXLua

/// Merges the items of a patch into a list: by their key, never by index.
///
/// An item that is not there must be whole by its type, or be said to be new; a list whose items have no key is added to or replaced
/// by the words that say so. Lists of strings are replaced.
struct ListMerging {
  private let merging: Merging
  private let list: Node
  private let path: [String]

  init(_ merging: Merging, list: Node, path: [String]) {
    (self.merging, self.list, self.path) = (merging, list, path)
  }

  func merge(_ table: LuaTable) throws {
    guard let key = merging.key(ofItemsIn: list, path: path) else { return try mergeWithoutKeys(table) }
    var known = Dictionary(
      (list.list ?? []).map { ($0[key].map(Merging.keyText), $0) }, uniquingKeysWith: { first, _ in first })
    var gone: Set<ObjectIdentifier> = []
    for value in table.items {
      let (item, isNew) = try Self.item(value)
      guard let item, let wanted = item[key] else {
        throw ScriptError("an item of \(name) needs its key \"\(key)\"", remedy: "items are matched by their key")
      }
      let text = try ReferenceView.keyText(wanted)
      let rest = LuaTable(fields: item.fields.filter { $0.key != key })
      if item.items.contains(where: \.isUnset) {
        let old = known.removeValue(forKey: text)
        merging.removals?.note("\(noun) \"\(text)\"", found: old != nil)
        if let old { gone.insert(ObjectIdentifier(old)) }
      } else if let old = known[text] {
        if isNew { throw exists(text) }
        try merging.merge(item: rest, into: old, path: path + ["*"])
      } else {
        let made = try merging.converted(Self.plain(.table(item)), path: path + ["*"])
        let others = known.keys.compactMap { $0 }
        if !isNew { try judge(made, text, beside: order(others, key)) }
        known[text] = made
        list.append(made)
      }
    }
    if !gone.isEmpty { list.value = .list((list.list ?? []).filter { !gone.contains(ObjectIdentifier($0)) }) }
  }

  /// A table as a value: what is said to be new is new there anyway.
  static func plain(_ value: LuaValue) -> LuaValue {
    switch value {
    case .object(let mark as ItemMark): return plain(mark.value)
    case .table(let table) where table.holdsMarks:
      return .table(
        LuaTable(items: table.items.map(plain), fields: table.fields.map { (key: $0.key, value: plain($0.value)) }))
    default: return value
    }
  }

  private static func item(_ value: LuaValue) throws -> (item: LuaTable?, isNew: Bool) {
    switch value {
    case .table(let table): return (table, false)
    case .object(let mark as ItemMark) where mark.meaning == .add: return (mark.value.table, true)
    case .object(let mark as ItemMark):
      throw ScriptError(
        "\(mark.luaTypeName) replaces a list, not an item of one",
        remedy: "write it before the braces of the list: Property = composex.replace { ... }")
    default: return (nil, false)
    }
  }

  // MARK: - Lists without keys

  private func mergeWithoutKeys(_ table: LuaTable) throws {
    let marks = table.items.compactMap { value in if case .object(let mark as ItemMark) = value { mark } else { nil } }
    guard marks.isEmpty else {
      guard marks.count == table.items.count, marks.allSatisfy({ $0.meaning == .add }) else { throw keyless }
      for mark in marks {
        for item in mark.items {
          let made = try merging.converted(item, path: path + ["*"])
          if list.list?.contains(where: { $0.brief == made.brief }) == true { throw exists(made.brief) }
          list.append(made)
        }
      }
      return
    }
    let hasMappings = (list.list ?? []).contains { $0.fields != nil && Intrinsics.function($0) == nil }
    if merging.mode != .complete, hasMappings { throw keyless }
    let written = try merging.converted(.table(table), path: path)
    written.replaced = Node(list.value, at: list.place)
    (list.value, list.place) = (written.value, written.place)
  }

  private var keyless: ScriptError {
    let last = path.last ?? ""
    return ScriptError(
      "the items of \(name) have no key: a patch cannot tell which of them is meant",
      remedy:
        "write \(last) = composex.replace { ... } for another list, or \(last) = composex.add { ... } for one item more"
    )
  }

  // MARK: - New items

  private func exists(_ text: String) -> ScriptError {
    ScriptError(
      "#\(merging.resource.id) has the \(noun) \"\(text)\" already", remedy: "leave composex.add out to change it")
  }

  /// An item that is not whole was meant to change one; one that is nearly called as another may have been.
  private func judge(_ made: Node, _ text: String, beside others: [String]) throws {
    if merging.mode == .complete { return }
    if let missing = missing(in: made) {
      let near = NearName.find(text, in: others).map { "did you mean \"\($0)\"? " } ?? ""
      throw ScriptError(
        "#\(merging.resource.id) has no \(noun) \"\(text)\"; "
          + (others.isEmpty ? "there is none" : "there is: \(others.prefix(20).joined(separator: ", "))"),
        remedy: "\(near)A new one needs its \(missing)")
    }
    guard merging.mode == .override, let near = others.first(where: { NearName.isSlip(text, of: $0) }) else { return }
    merging.session.report(
      .warning(
        at: merging.place, "#\(merging.resource.id) gets the \(noun) \"\(text)\" beside \"\(near)\"",
        remedy: "mend the name, or say that it is new: composex.add { ... }", notes: merging.session.context))
  }

  /// The first property that the type, or IAM, requires of an item and that it does not have.
  private func missing(in made: Node) -> String? {
    guard let fields = made.fields, Intrinsics.function(made) == nil else { return nil }
    if path.last == "Statement" {
      if fields["Effect"] == nil { return "Effect" }
      return fields["Action"] == nil && fields["NotAction"] == nil ? "Action" : nil
    }
    guard let schema = merging.resource.registered?.schema(at: path + ["*"]) else { return nil }
    return schema.missing(in: fields)
  }

  /// The keys in the order of the list.
  private func order(_ keys: [String], _ key: String) -> [String] {
    let texts = (list.list ?? []).compactMap { $0[key].map(Merging.keyText) }
    return texts.filter(keys.contains)
  }

  private var name: String { merging.shown(path) }

  /// What an item of the list is called.
  private var noun: String {
    switch path.last {
    case "ContainerDefinitions": "container"
    case "Environment": "variable"
    case "Secrets": "secret"
    case "Tags": "tag"
    case "Statement": "statement"
    case "Policies": "policy"
    case "Volumes": "volume"
    case "MountPoints": "mount"
    case "PortMappings": "port"
    default: "item of \(name)"
    }
  }
}

extension LuaTable {
  /// Whether `add` or `replace` stands in it.
  fileprivate var holdsMarks: Bool { items.contains(where: \.holdsMarks) || fields.contains { $0.value.holdsMarks } }
}

extension LuaValue {
  fileprivate var holdsMarks: Bool {
    switch self {
    case .object(let object): object is ItemMark
    case .table(let table): table.holdsMarks
    default: false
    }
  }

  fileprivate var isUnset: Bool {
    if case .object(let marker as Marker) = self { return marker.meaning == .unset }
    return false
  }
}

extension Schema {
  /// The first property that is required of a mapping and not among `fields`; of several forms, the one that lacks nothing counts.
  fileprivate func missing(in fields: Node.Fields) -> String? {
    switch self {
    case .object(let object): return object.required.first { fields[$0.name] == nil }?.name
    case .either(let forms):
      let lacks = forms.map { $0.missing(in: fields) }
      return lacks.contains(where: { $0 == nil }) ? nil : lacks.first ?? nil
    default: return nil
    }
  }
}
