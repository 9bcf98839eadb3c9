/// A reference in a template, symbolic until the linker runs, so that a rename or a move to another stack carries it along.
public struct Reference {
  public enum Target {
    case resource(Resource)
    /// A parameter or a pseudo parameter (`AWS::Region`), or a logical id that only the linker can tell.
    case name(String)
  }

  public var target: Target
  /// nil for `Ref`; the attribute's name for `Fn::GetAtt`.
  public var attribute: String?

  public init(_ target: Target, attribute: String? = nil) {
    self.target = target
    self.attribute = attribute
  }
}

/// A piece of a text with references inside (`Fn::Sub`).
public enum TextPart {
  case literal(String)
  case reference(Reference)
}
