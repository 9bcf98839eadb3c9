/// How sure an answer is that is read from a template.
enum Certainty: Int, Comparable {
  case no
  /// A condition, a value of the deployment, or a policy that is not in the template decides.
  case maybe
  case yes

  static func < (a: Certainty, b: Certainty) -> Bool { a.rawValue < b.rawValue }

  init(_ flag: Bool) { self = flag ? .yes : .no }

  /// `yes`, `no`, `maybe`.
  var word: String {
    switch self {
    case .no: "no"
    case .maybe: "maybe"
    case .yes: "yes"
    }
  }
}

/// Where a fact stands in the template, and who wrote it.
struct Evidence: Hashable {
  let logicalId: String
  /// The property as `composex explain` names it; empty for the resource as a whole.
  let path: String
  /// The line that wrote it, or the definition for which composex did by itself.
  let place: Place

  static func == (a: Evidence, b: Evidence) -> Bool { a.logicalId == b.logicalId && a.path == b.path }

  func hash(into hasher: inout Hasher) {
    hasher.combine(logicalId)
    hasher.combine(path)
  }
}
