/// Who reaches whom and who may do what, as a final template says it: the source of `composex query`, `graph`, `diff` and `report`.
///
/// Each fact knows the resource, the property and the line that it stands on. Facts come in the order of the template, so that two
/// renders of one project have the same list.
struct Facts {
  let template: FactTemplate
  /// Who can open a connection to whom.
  let reach: [Reach]
  /// Who may do what to which resource.
  let grants: [Grant]
  /// The roles, with all their policies.
  let roles: [RoleFacts]
  let endpoints: [Endpoint]
  let arns: ARNForms
  let resourcePolicies: ResourcePolicies
  let network: ReachReader

  /// The facts of what a run made.
  init(of stack: Stack) { self.init(FactTemplate(stack)) }

  init(_ template: FactTemplate) {
    self.template = template
    arns = ARNForms(template)
    let reader = RoleReader(template: template, arns: arns)
    roles = reader.read()
    resourcePolicies = ResourcePolicies(template, arns, reader)
    grants = GrantReader(template: template, arns: arns, roles: roles, policies: resourcePolicies).read()
    network = ReachReader(template)
    endpoints = network.endpoints
    reach = network.read()
  }

  /// Everything that has a name: definitions of the project, then whom facts name beside them.
  var subjects: [String] {
    var seen: Set<String> = []
    let named = template.resources.flatMap(\.subjects) + reach.flatMap { [$0.from, $0.to] } + roles.map(\.name)
    return named.filter { seen.insert($0).inserted }
  }
}
