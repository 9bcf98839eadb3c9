import ArgumentParser
import ComposeXEngine

/// `composex restart`: new tasks.
struct Restart: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "restart", abstract: "Put new tasks in the place of those that run.",
    discussion: """
      Examples:
        composex restart
        composex restart web worker
      """)

  @OptionGroup var options: DeployOptions

  @Argument(help: "Services; none is all.", completion: CompletionNames.services)
  var services: [String] = []

  func run() throws {
    try options.deploying { try options.update(ServiceUpdates($0, services, .restart), $0) }
  }
}

/// `composex scale`: other numbers of tasks.
struct Scale: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "scale", abstract: "Run another number of tasks, until the template changes it again.",
    discussion: """
      Examples:
        composex scale web=3
        composex scale web=0 worker=0
      """)

  @OptionGroup var options: DeployOptions

  @Argument(help: "How many tasks, as web=3.")
  var numbers: [String]

  func validate() throws {
    for text in numbers where Self.pair(text) == nil {
      throw ValidationError("scale takes SERVICE=NUMBER, not \(text)")
    }
  }

  private static func pair(_ text: String) -> (String, Int)? {
    let parts = text.split(separator: "=", omittingEmptySubsequences: false)
    guard parts.count == 2, !parts[0].isEmpty, let count = Int(parts[1]), (0...5000).contains(count) else { return nil }
    return (String(parts[0]), count)
  }

  func run() throws {
    let counts = Dictionary(numbers.compactMap(Self.pair), uniquingKeysWith: { $1 })
    try options.deploying { try options.update(ServiceUpdates($0, counts.keys.sorted(), .scale(counts)), $0) }
  }
}

extension DeployOptions {
  /// Shows what would be sent, or sends it and says what was done.
  fileprivate func update(_ updates: ServiceUpdates, _ deployment: Deployment) throws {
    if dryRun { return try Process.emit(deployment.dryRun(updates)) }
    if policy { return try Process.emit(deployment.policy(updates)) }
    for line in try updates.run() { try Process.say(line) }
  }
}
