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
    /// The line that wrote it, or that wrote what is gone; nil when nobody did, as for what follows from another resource.
    var writer: Place?
    /// Whether the writer stands in what was before.
    var isFormer = false
    /// The pack of the writer, or composex: name and version.
    var tool: (name: String, version: String)?
    /// The resource whose change changes this one.
    var cause: String?
  }

  var logicalId: String
  var type: String
  var action: Action
  var effect: Effect
  /// The id that it had, of one that is renamed.
  var formerId: String?
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

/// All that changes.
struct ChangeReport {
  /// What is compared.
  enum Scope {
    /// A change set of a stack: its ARN, `CREATE` or `UPDATE`, and account and region, for people.
    case deployment(changeSet: String, type: String, target: String)
    /// Two versions of a project.
    case versions(from: String, to: String)
  }

  /// The name of the stack.
  var stack: String
  var scope: Scope
  var groups: [ChangeGroup]
  /// What it means for security; nil where it is not known.
  var security: SecurityChanges?
  /// What else there is to say, a line each.
  var notes: [String] = []

  var changes: [Change] { groups.flatMap(\.changes) }
  var isEmpty: Bool { groups.isEmpty }

  /// How many changes have an effect.
  func count(_ effects: Change.Effect...) -> Int { changes.count { effects.contains($0.effect) } }

  /// How many lose data.
  var losses: Int { changes.count(where: \.losesData) }
}
