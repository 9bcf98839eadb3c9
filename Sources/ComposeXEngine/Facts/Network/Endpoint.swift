/// What has addresses in the network: tasks, load balancers, databases, instances.
struct Endpoint {
  enum Kind { case service, balancer, store, instance }

  /// A port that is known to be listened on.
  struct Listening: Hashable {
    var transport: String
    var ports: PortRange
  }

  /// All names that it goes by: the services of a family.
  var subjects: [String]
  var key: String
  var kind: Kind
  /// Keys of its groups, ids of those from elsewhere.
  var groups: [String]
  var subnets: [String]
  /// Whether the internet can address it.
  var isPublic: Certainty
  /// What it listens on; nil where only its groups say.
  var listening: [Listening]?
  /// Of a family: which container, by its service, listens on what.
  var containers: [(subject: String, listening: Listening)] = []
  /// Whether it is a load balancer without groups, whom only its listeners limit.
  var isOpen = false
  var evidence: Evidence
}
