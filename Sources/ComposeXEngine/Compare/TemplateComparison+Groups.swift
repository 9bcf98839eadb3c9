import OrderedCollections

extension TemplateComparison {
  /// The changes by what the user wrote, in the order of the templates; what is gone stands with its kind where that is still there.
  func groups(_ pairs: [Pair]) -> [ChangeGroup] {
    var groups: OrderedDictionary<String, ChangeGroup> = [:]
    for pair in pairs {
      guard let entry = pair.after ?? pair.before else { continue }
      // A template says no subject: the other side may know it.
      let known = pair.after?.resource ?? pair.before?.resource
      let subject = known?.name ?? entry.subject
      groups[subject, default: ChangeGroup(subject: subject, place: nil, changes: [])].changes.append(pair.change)
      if groups[subject]?.place == nil { groups[subject]?.place = known?.definition }
    }
    return Array(groups.values)
  }

  /// What changes beside resources.
  var notes: [String] {
    var notes: [String] = []
    if let before = old.project, let after = new.project, before != after {
      notes.append("the project is called \(after), and was \(before): another stack, unless --stack-name keeps it")
    }
    for pack in new.packs {
      if let former = old.packs.first(where: { $0.name == pack.name }), former.version != pack.version {
        notes.append("pack \(pack.name): \(former.version) -> \(pack.version)")
      }
    }
    for change in report.changes where change.properties.contains(where: { $0.path == "Type" }) {
      notes.append("CloudFormation refuses another type for \(change.logicalId): give the new resource another id")
    }
    return notes + parameters + outputs
  }

  /// Parameters that come and go, and those whose values nobody may read.
  private var parameters: [String] {
    let (before, after) = (old.sections["Parameters"]?.fields ?? [:], new.sections["Parameters"]?.fields ?? [:])
    return names(before, after).compactMap { name -> String? in
      switch (before[name], after[name]) {
      case (nil, _?): return "parameter \(name) is new"
      case (_?, nil): return "parameter \(name) is gone"
      case (let a?, let b?):
        guard ComparedTemplates.isHidden(a) || ComparedTemplates.isHidden(b),
          !(a["Default"] ?? .nothing).equals(b["Default"] ?? .nothing)
        else { return nil }
        return "parameter \(name) has another default"
      default: return nil
      }
    }
  }

  /// Outputs that come, go and change: other stacks may import them.
  private var outputs: [String] {
    let (before, after) = (old.sections["Outputs"]?.fields ?? [:], new.sections["Outputs"]?.fields ?? [:])
    return names(before, after).compactMap { name -> String? in
      switch (before[name], after[name]) {
      case (nil, _?): "output \(name) is new"
      case (_?, nil): "output \(name) is gone"
      case (let a?, let b?):
        if a.equals(b) {
          nil
        } else {
          "output \(name): \((a["Value"] ?? a).briefFunctions) -> \((b["Value"] ?? b).briefFunctions)"
        }
      default: nil
      }
    }
  }

  private func names(_ a: Node.Fields, _ b: Node.Fields) -> [String] { Set(a.keys).union(b.keys).sorted() }
}
