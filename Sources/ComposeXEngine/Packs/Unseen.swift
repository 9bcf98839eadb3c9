/// What becomes other resources while a stack is deployed, so that no rule sees them. A pack of an organisation refuses it, unless its
/// manifest says `allow` with the name.
enum Unseen: String, CaseIterable {
  /// A macro; `Fn::ForEach` is one of CloudFormation's.
  case transform = "Fn::Transform"
  /// A stack of a template that lies elsewhere. Those that a layout makes are not among the resources of the template.
  case stack = "AWS::CloudFormation::Stack"
  case stackSet = "AWS::CloudFormation::StackSet"
  /// A stack of a template that a catalog has.
  case product = "AWS::ServiceCatalog::CloudFormationProvisionedProduct"

  func isIn(_ resource: Resource) -> Bool {
    switch self {
    case .transform: resource.properties.holdsTransform || resource.attributes.holdsTransform
    case .stack, .stackSet, .product: resource.type == rawValue
    }
  }

  /// What is wrong with a resource, after its name.
  var message: String {
    switch self {
    case .transform: "has Fn::Transform, whose result no rule can see"
    case .stack: "is a stack of another template, whose resources no rule can see"
    case .stackSet, .product: "deploys another template, whose resources no rule can see"
    }
  }
}
