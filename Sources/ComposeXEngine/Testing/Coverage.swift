/// Which declarations acted in any of several runs.
struct Coverage {
  private var order: [String] = []
  private var fired: Set<String> = []

  /// Takes in the declarations of packs and scripts.
  mutating func add(_ session: ScriptSession) {
    for declaration in session.declarations.all {
      let name = "\(declaration.place.fileAndLine): \(declaration.title)"
      if !order.contains(name) { order.append(name) }
      if declaration.hasFired { fired.insert(name) }
    }
  }

  /// `rules.lua:3: each("AWS::SQS::Queue")`, in the order of declaration.
  var unfired: [String] { order.filter { !fired.contains($0) } }
}
