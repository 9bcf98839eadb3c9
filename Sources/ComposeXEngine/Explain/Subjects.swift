/// The names in a project that a command takes, for completion.
public struct Subjects {
  /// The services of the compose file.
  public let services: [String]
  /// What `composex explain` takes: services and definitions as selectors, and logical ids.
  public let explained: [String]

  /// The names of what a run came to, sorted.
  public init(_ outcome: Pipeline.Outcome) {
    services = outcome.project.services.keys.sorted()
    let resources = outcome.stack.resources.values
    explained = (Set(resources.map(\.name)).filter { $0.contains("::") } + Set(resources.map(\.id))).sorted()
  }
}
