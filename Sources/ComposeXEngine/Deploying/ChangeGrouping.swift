/// What a change set does, grouped by what the user wrote.
struct ChangeGrouping {
  let planning: Planning
  private let resources: [String: Resource]

  init(_ planning: Planning) {
    self.planning = planning
    let outcome = planning.deployment.outcome
    let all = outcome.parts.map { $0.flatMap(\.stack.resources.values) } ?? Array(outcome.stack.resources.values)
    resources = Dictionary(all.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// The report of the whole change set, nested stacks included.
  var report: ChangeReport {
    let set = planning.changeSet
    var changes: [Change] = []
    if let set, !set.isNothing { changes = self.changes(set, of: planning.deployed) }
    var report = ChangeReport(
      stack: planning.deployment.stackName,
      scope: .deployment(
        changeSet: set?.arn ?? "", type: planning.isNew ? "CREATE" : "UPDATE", target: planning.deployment.target),
      groups: groups(changes))
    report.security = planning.sides.map { SecurityChanges(from: $0.old, to: $0.new, report.groups) }
    if !planning.keptValues.isEmpty {
      report.notes.append(
        "kept as it was given before: \(planning.keptValues.joined(separator: ", ")) (--parameter changes it)")
    }
    return report
  }

  private func changes(_ set: ChangeSet, of old: Node?) -> [Change] {
    set.changes.flatMap { change -> [Change] in
      guard let arn = change.nested, let below = planning.nested[arn] else {
        if change.action == "Remove", let template = change.physicalId.flatMap({ planning.nestedTemplates[$0] }) {
          return removed(template)
        }
        if change.action == "Add", let part = part(change) {
          return part.stack.resources.values.map {
            Change(logicalId: $0.id, type: $0.type, action: .add, effect: .create)
          }
        }
        return isStackOfOurs(change) ? [] : self.change(change, old).map { [$0] } ?? []
      }
      return below.isNothing ? [] : changes(below, of: planning.nestedTemplates[below.stack])
    }
  }

  /// A nested stack of the layout, of which nothing changes but what others have of it.
  private func isStackOfOurs(_ change: ChangeSet.ResourceChange) -> Bool {
    change.type == "AWS::CloudFormation::Stack" && change.action == "Modify"
      && planning.deployment.outcome.stack.resources[change.logicalId] == nil
  }

  /// The part of the layout that a new nested stack is made of, where the answer has no change set of it.
  private func part(_ change: ChangeSet.ResourceChange) -> NestedLayout.Part? {
    planning.deployment.outcome.parts?.dropFirst().first { $0.home.id == change.logicalId }
  }

  /// The resources of a nested stack that goes.
  private func removed(_ template: Node) -> [Change] {
    (template["Resources"]?.fields ?? [:]).compactMap { id, resource in
      change(ChangeSet.ResourceChange(removing: id, resource["Type"]?.string ?? ""), template)
    }
  }

  // MARK: - Grouping

  private func groups(_ changes: [Change]) -> [ChangeGroup] {
    var order: [String: Int] = [:]
    for (index, id) in planning.deployment.outcome.stack.resources.keys.enumerated() { order[id] = index }
    let sorted = changes.enumerated().sorted {
      let (a, b) = (order[$0.element.logicalId] ?? Int.max, order[$1.element.logicalId] ?? Int.max)
      return a == b ? ($0.element.logicalId, $0.offset) < ($1.element.logicalId, $1.offset) : a < b
    }.map(\.element)
    var groups: [ChangeGroup] = []
    var index: [String: Int] = [:]
    let gone = DeployedFamilies([planning.deployed].compactMap { $0 } + planning.nestedTemplates.values)
    for change in sorted {
      let resource = resources[change.logicalId]
      let subject = resource?.name ?? gone.subject(of: change.logicalId) ?? "#\(change.logicalId)"
      if let at = index[subject] {
        groups[at].changes.append(change)
      } else {
        index[subject] = groups.count
        groups.append(
          ChangeGroup(subject: subject, place: resource?.definition ?? place(of: subject), changes: [change]))
      }
    }
    return groups
  }

  // MARK: - One change

  /// nil when nothing of it changes but what CloudFormation cannot tell.
  private func change(_ answer: ChangeSet.ResourceChange, _ old: Node?) -> Change? {
    let before = old?.at("Resources", answer.logicalId)
    let resource = resources[answer.logicalId]
    switch answer.action {
    case "Add", "Import":
      return Change(logicalId: answer.logicalId, type: answer.type, action: .add, effect: .create)
    case "Remove":
      let isKept = Self.isKept(answer.policy, before, "DeletionPolicy")
      let keepsData = isKept || Self.isSaved(answer.policy, before, "DeletionPolicy", answer.type)
      return Change(
        logicalId: answer.logicalId, type: answer.type, action: .remove, effect: isKept ? .retain : .delete,
        losesData: !keepsData && Effects.stores.contains(answer.type))
    default:
      let properties = self.properties(answer, before, resource)
      let effect = self.effect(answer, properties, resource)
      let isReplaced = effect == .replace || effect == .maybeReplace
      let after = resource.map {
        Node.object([("UpdateReplacePolicy", $0.attributes["UpdateReplacePolicy"] ?? .nothing)])
      }
      let keepsData =
        Self.isKept(answer.policy, after, "UpdateReplacePolicy")
        || Self.isSaved(answer.policy, after, "UpdateReplacePolicy", answer.type)
      return Change(
        logicalId: answer.logicalId, type: answer.type, action: .modify, effect: effect,
        losesData: isReplaced && !keepsData && Effects.stores.contains(answer.type), properties: properties)
    }
  }

  /// Whether the resource itself stays.
  private static func isKept(_ policy: String?, _ resource: Node?, _ name: String) -> Bool {
    if let policy { return policy.hasSuffix("Retain") }
    return Effects.retains(resource, name)
  }

  /// Whether what it holds stays, in a snapshot.
  private static func isSaved(_ policy: String?, _ resource: Node?, _ name: String, _ type: String) -> Bool {
    if let policy { return policy.hasSuffix("Snapshot") }
    return Effects.keeps(resource, name, type)
  }

  private func effect(
    _ answer: ChangeSet.ResourceChange, _ properties: [Change.Property], _ resource: Resource?
  ) -> Change.Effect {
    let isCreateOnly = properties.contains { $0.cause == nil && Effects.replaces(resource?.registered, $0.path) }
    switch answer.replacement {
    case "True": return .replace
    case "Conditional": return isCreateOnly ? .replace : .maybeReplace
    case "False": break
    // An answer without it: the registry says what it knows.
    default: if isCreateOnly { return .replace }
    }
    return properties.contains { Effects.interrupts(answer.type, $0.path) } ? .interrupt : .update
  }

  static func first(_ path: String) -> String { path.split(separator: ".").first.map(String.init) ?? path }

  // MARK: - Properties

  private func properties(
    _ answer: ChangeSet.ResourceChange, _ old: Node?, _ resource: Resource?
  ) -> [Change.Property] {
    var difference = PropertyDifference()
    (difference.before, difference.after) = planning.values
    var found: [Change.Property] = []
    let entries = resource.map { difference.entries(old?["Properties"], $0.written, $0.registered) } ?? []
    let named = Set(answer.details.compactMap(\.name))
    let attributes = Set(answer.details.map(\.attribute)).subtracting(["Properties", ""])
    for entry in old == nil ? [] : entries {
      let name = Self.first(entry.path)
      // A detail may name only the whole of tags.
      guard answer.details.isEmpty || named.contains(name) || attributes.contains(name) else { continue }
      found.append(property(entry, resource))
    }
    let seen = Set(found.map { Self.first($0.path) })
    var causes: Set<String> = []
    for detail in answer.details {
      let name = detail.name ?? detail.attribute
      guard !name.isEmpty, !seen.contains(name) else { continue }
      let cause = detail.cause.map { $0.split(separator: ".").first.map(String.init) ?? $0 }
      guard causes.insert("\(name) \(cause ?? "")").inserted else { continue }
      let isAttribute = detail.name == nil && Resource.attributeNames.contains(name)
      let after = isAttribute ? resource?.attributes[name] : detail.after
      found.append(
        Change.Property(
          path: name, before: SecretValues.shown(name, isAttribute ? old?[name] : detail.before),
          after: SecretValues.shown(name, after?.written), writer: isAttribute ? after?.place : nil, cause: cause))
    }
    return found
  }

  private func property(_ entry: PropertyDifference.Entry, _ resource: Resource?) -> Change.Property {
    let provenance = resource.flatMap { PropertyPath(resource: $0).find(entry.path) }
    let image = self.image(provenance?.writers.first)
    return Change.Property(
      path: entry.path, before: SecretValues.shown(entry.path, entry.before),
      after: SecretValues.shown(entry.path, entry.after), writer: image ?? provenance?.writers.first?.place, cause: nil)
  }
}

extension ChangeGrouping {
  /// Where a service stands of which the file keeps something.
  private func place(of subject: String) -> Place? {
    guard subject.hasPrefix("services::") else { return nil }
    return planning.deployment.project.services[String(subject.dropFirst(10))]?.keyPlace
  }

  /// The line of `composex.images.json` behind a value that is the parameter of a built image.
  private func image(_ writer: Provenance.Writer?) -> Place? {
    guard case .reference(let reference)? = writer?.value?.value else { return nil }
    return planning.deployment.outcome.images.parameters.first { $0.name == reference.id }?.place
  }
}
