/// What a deployment does to one resource.
struct Change {
  /// What happens to it in the template.
  enum Action: String { case add, modify, remove, rename }

  /// What happens to it in AWS.
  enum Effect: String, CaseIterable {
    case create, update, interrupt, replace
    case maybeReplace = "maybe-replace"
    case delete, retain
  }

  /// One property, and who wrote what it becomes.
  struct Property {
    /// `ContainerDefinitions.web.Image`, as `composex explain` names it.
    var path: String
    /// nil when it was not there.
    var before: Node?
    /// nil when it is taken out.
    var after: Node?
    /// The line that wrote it; nil when nobody did, as for what follows from another resource.
    var writer: Place?
    /// The resource whose change changes this one.
    var cause: String?
  }

  var logicalId: String
  var type: String
  var action: Action
  var effect: Effect
  /// Whether data is gone afterwards.
  var losesData = false
  var properties: [Property] = []
}

/// The changes of one thing that the user wrote: a service, a queue, the network.
struct ChangeGroup {
  /// `services::web`, `x-sqs::jobs`, `x-vpc`; `#OldQueue` for what nobody wrote any more.
  var subject: String
  var place: Place?
  var changes: [Change]
}

/// All that a deployment changes.
struct ChangeReport {
  var stack: String
  /// The ARN of the change set.
  var changeSet: String
  /// `CREATE` or `UPDATE`.
  var type: String
  /// Account and region, for people.
  var target: String
  var groups: [ChangeGroup]
  /// What else there is to say, a line each.
  var notes: [String] = []

  var changes: [Change] { groups.flatMap(\.changes) }
  var isEmpty: Bool { groups.isEmpty }

  /// How many changes have an effect.
  func count(_ effects: Change.Effect...) -> Int { changes.count { effects.contains($0.effect) } }

  /// How many lose data.
  var losses: Int { changes.count(where: \.losesData) }
}
