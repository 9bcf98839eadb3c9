/// One resource of a template.
public final class Resource {
  public var id: String
  public let type: String

  public init(id: String, type: String) {
    self.id = id
    self.type = type
  }
}
