/// Two versions of a project's templates, compared as CloudFormation would: what each resource changes in, what comes of it in AWS, and
/// what follows.
public struct TemplateComparison {
  let old: ComparedTemplates
  let new: ComparedTemplates
  private let difference: PropertyDifference
  /// Whether a parameter has another value, so that resources which say the same may differ.
  private let hasOtherValues: Bool
  private(set) var report: ChangeReport

  /// Compares them.
  public init(_ old: ComparedTemplates, _ new: ComparedTemplates) {
    (self.old, self.new) = (old, new)
    difference = PropertyDifference(before: old.values, after: new.values)
    hasOtherValues =
      old.values.count != new.values.count
      || old.values.contains { name, value in !(new.values[name]?.equals(value) ?? false) }
    report = ChangeReport(
      stack: new.project ?? old.project ?? "", scope: .versions(from: old.name, to: new.name), groups: [])
    var changes = self.changes()
    Following(new, changes).run(&changes)
    report.groups = groups(changes)
    report.security = SecurityChanges(from: old, to: new, report.groups, renamed: Self.renamed(changes))
    report.notes = notes
  }

  /// Whether nothing changes, beside resources neither.
  public var isEmpty: Bool { report.isEmpty && report.notes.isEmpty }

  /// A change, and the resource that it is about on both sides.
  struct Pair {
    var change: Change
    var before: ComparedTemplates.Entry?
    var after: ComparedTemplates.Entry?
  }

  /// What renamed resources and definitions are called now.
  private static func renamed(_ pairs: [Pair]) -> [String: String] {
    var names: [String: String] = [:]
    for case (let before?, let after?) in pairs.map({ ($0.before, $0.after) }) where before.id != after.id {
      names["#\(before.id)"] = "#\(after.id)"
      if before.subject != after.subject { names[before.subject] = after.subject }
    }
    return names
  }

  // MARK: - Resources

  /// All changes: those of the new templates in their order, then what is gone.
  private func changes() -> [Pair] {
    let matching = ResourceMatching(old.entries, new.entries)
    var pairs: [Pair] = []
    for (index, after) in new.entries.enumerated() {
      guard let partner = matching.partner[index] else {
        pairs.append(Pair(change: Self.added(after), after: after))
        continue
      }
      let before = old.entries[partner]
      if let change = changed(before, after) { pairs.append(Pair(change: change, before: before, after: after)) }
    }
    for index in matching.gone {
      pairs.append(Pair(change: removed(old.entries[index]), before: old.entries[index]))
    }
    return pairs
  }

  private static func added(_ entry: ComparedTemplates.Entry) -> Change {
    Change(logicalId: entry.id, type: entry.type, action: .add, effect: .create)
  }

  private func removed(_ entry: ComparedTemplates.Entry) -> Change {
    let isKept = Effects.retains(entry.tree, "DeletionPolicy")
    return Change(
      logicalId: entry.id, type: entry.type, action: .remove, effect: isKept ? .retain : .delete,
      losesData: Self.loses(entry, "DeletionPolicy"))
  }

  /// Whether what a resource holds is gone with it.
  private static func loses(_ entry: ComparedTemplates.Entry, _ policy: String) -> Bool {
    Effects.stores.contains(entry.type) && !Effects.keeps(entry.tree, policy, entry.type)
  }

  /// nil when nothing changes.
  private func changed(_ before: ComparedTemplates.Entry, _ after: ComparedTemplates.Entry) -> Change? {
    let isRenamed = before.id != after.id
    let isMoved = before.stack != after.stack
    let isSame = !hasOtherValues && before.tree.equals(after.tree)
    if isSame, !isRenamed, !isMoved { return nil }
    let type = after.resource?.registered ?? new.types.type(after.type)
    var change = Change(logicalId: after.id, type: after.type, action: .modify, effect: .update)
    if before.type != after.type {
      change.effect = .replace
      change.properties.append(Change.Property(path: "Type", before: .of(before.type), after: .of(after.type)))
    }
    if isMoved {
      change.effect = .replace
      change.properties.append(
        Change.Property(path: "Stack", before: Self.stack(before), after: Self.stack(after), writer: nil))
    }
    if !isSame {
      let entries = difference.entries(
        before.tree["Properties"] ?? .object([]), after.tree["Properties"] ?? .object([]), type)
      for entry in entries {
        let effect = Effects.effect(type, named: after.type, entry.path, before: entry.before, after: entry.after)
        change.effect = change.effect.worse(effect)
        change.properties.append(property(entry, before, after))
      }
      change.properties += attributes(before, after)
    }
    if isRenamed {
      (change.action, change.effect, change.formerId) = (.rename, .replace, before.id)
    } else if change.properties.isEmpty {
      return nil
    }
    // Another id, type or stack is another resource: the old one is deleted and not replaced.
    let isOther = isRenamed || isMoved || before.type != after.type
    let isReplaced = change.effect == .replace || change.effect == .maybeReplace
    change.losesData =
      isReplaced && (isOther ? Self.loses(before, "DeletionPolicy") : Self.loses(after, "UpdateReplacePolicy"))
    return change
  }

  private static func stack(_ entry: ComparedTemplates.Entry) -> Node {
    .of(entry.stack.isEmpty ? "the root" : entry.stack)
  }

  // MARK: - Properties

  /// What stands beside the properties: nothing of it touches what runs.
  private func attributes(
    _ before: ComparedTemplates.Entry, _ after: ComparedTemplates.Entry
  ) -> [Change.Property] {
    Resource.attributeNames.flatMap { name -> [Change.Property] in
      let (a, b) = (before.tree[name], after.tree[name])
      if a == nil, b == nil { return [] }
      return difference.entries(.object([(name, a ?? .nothing)]), .object([(name, b ?? .nothing)]), nil).map { entry in
        var entry = entry
        if a == nil { entry.before = nil }
        if b == nil { entry.after = nil }
        return property(entry, before, after)
      }
    }
  }

  private func property(
    _ entry: PropertyDifference.Entry, _ before: ComparedTemplates.Entry, _ after: ComparedTemplates.Entry
  ) -> Change.Property {
    var property = Change.Property(
      path: entry.path, before: SecretValues.shown(entry.path, entry.before),
      after: SecretValues.shown(entry.path, entry.after))
    property.writer = Self.writer(entry.path, after, entry.after)
    if property.writer == nil || entry.after == nil && property.writer?.file?.role == .module {
      property.writer = Self.writer(entry.path, before, entry.before)
      property.isFormer = property.writer != nil
    }
    property.tool = tool(property)
    return property
  }

  /// The line that wrote a property, or the nearest one above it. Of what composex put together, the first line in it that somebody
  /// else wrote.
  private static func writer(_ path: String, _ entry: ComparedTemplates.Entry, _ value: Node?) -> Place? {
    guard let resource = entry.resource else { return nil }
    let finder = PropertyPath(resource: resource)
    var path = path[...]
    while !path.isEmpty {
      if let place = finder.find(String(path))?.writers.first?.place {
        return place.file?.role == .module ? value?.writtenPlace ?? place : place
      }
      path = path[..<(path.lastIndex(of: ".") ?? path.startIndex)]
    }
    return nil
  }

  /// The pack of a writer. A default is composex's own: what another version may have written differently.
  private func tool(_ property: Change.Property) -> (name: String, version: String)? {
    guard let file = property.writer?.file else { return nil }
    let packs = property.isFormer ? old.packs : new.packs
    switch file.role {
    case .pack:
      return packs.first { file.name.hasPrefix("\($0.folder)/") || $0.folder == "." }.map { ($0.name, $0.version) }
    case .module: return old.isRead && !property.isFormer ? ("composex", ComposeXVersion.text) : nil
    default: return nil
    }
  }
}

extension Change.Effect {
  /// The one of two effects on a resource that stays which is felt more.
  func worse(_ other: Change.Effect) -> Change.Effect {
    let order: [Change.Effect] = [.update, .interrupt, .maybeReplace, .replace]
    func rank(_ effect: Change.Effect) -> Int { order.firstIndex(of: effect) ?? order.count }
    return rank(other) > rank(self) ? other : self
  }
}
