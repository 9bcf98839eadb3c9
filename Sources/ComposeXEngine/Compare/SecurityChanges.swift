/// What changes for who attacks and who defends: ports, rights, encryption, public access.
struct SecurityChanges {
  /// A way to open a connection.
  struct Port: Hashable {
    var from: String
    var to: String
    var transport: String
    /// The port, or the first of several.
    var port: Int?
    /// The last of several.
    var lastPort: Int?
  }

  /// A right of a role.
  struct Action: Hashable {
    var role: String
    var action: String
    var resource: String
  }

  /// Something that stands in a version, and where.
  struct Fact<Value: Hashable> {
    var value: Value
    var place: Place?
    /// Whether a condition or a value of the deployment decides.
    var isMaybe = false
  }

  /// A property that encrypts, or that lets the public in.
  struct Setting {
    var subject: String
    var logicalId: String
    var property: Change.Property
  }

  var portsOpened: [Fact<Port>] = []
  var portsClosed: [Fact<Port>] = []
  var actionsGranted: [Fact<Action>] = []
  var actionsRevoked: [Fact<Action>] = []
  var encryption: [Setting] = []
  var publicAccess: [Setting] = []

  var isEmpty: Bool {
    portsOpened.isEmpty && portsClosed.isEmpty && actionsGranted.isEmpty && actionsRevoked.isEmpty
      && encryption.isEmpty && publicAccess.isEmpty
  }
}

extension SecurityChanges {
  /// Takes the properties of changes that encrypt or let the public in.
  mutating func take(_ groups: [ChangeGroup]) {
    for group in groups {
      for change in group.changes where change.action != .remove {
        for property in change.properties where property.cause == nil {
          let setting = Setting(subject: group.subject, logicalId: change.logicalId, property: property)
          let names = property.path.split(separator: ".").map { $0.lowercased() }
          if names.contains(where: Self.encrypts) { encryption.append(setting) }
          if Self.isPublic(change.type, names) { publicAccess.append(setting) }
        }
      }
    }
  }

  /// Names of properties of the registry: `StorageEncrypted`, `KmsKeyId`, `SSESpecification`, `SqsManagedSseEnabled`, `SslPolicy`.
  private static func encrypts(_ name: String) -> Bool {
    name.contains("encrypt") || name.hasPrefix("kms") || name.hasPrefix("sse") || name.contains("managedsse")
      || name.hasPrefix("ssl") || name.hasPrefix("tls") || name == "enforcehttps"
  }

  /// `PubliclyAccessible`, `PublicAccessBlockConfiguration`, `AssignPublicIp`, `MapPublicIpOnLaunch`; the scheme of a load balancer.
  private static func isPublic(_ type: String, _ names: [String]) -> Bool {
    names.contains { $0.contains("public") || $0 == "accesscontrol" }
      || type == "AWS::ElasticLoadBalancingV2::LoadBalancer" && names == ["scheme"]
  }
}
