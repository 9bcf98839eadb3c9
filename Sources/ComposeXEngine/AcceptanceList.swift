/// `x-composex: {accept: [{code: CX3101, at: services.web, reason: ..., until: 2027-01-31}]}`: what it says, read and checked.
struct AcceptanceList {
  private(set) var items: [Acceptance] = []

  private static let fields = ["code", "at", "reason", "until"]
  private static let form = "write {code: CX3101, at: services.web, reason: why}"

  init(_ node: Node, _ project: ComposeProject, _ codes: FindingCodes, _ findings: Findings) {
    for item in node.list ?? [node] {
      do throws(Finding) { items.append(try Self.read(item, project, codes)) } catch { findings.report(error) }
    }
  }

  private static func read(
    _ item: Node, _ project: ComposeProject, _ codes: FindingCodes
  ) throws(Finding) -> Acceptance {
    guard let fields = item.fields else {
      throw .error(at: item.place, "an entry of accept must be a mapping, not \(item.kind)", remedy: form)
    }
    for (name, node) in fields where !Self.fields.contains(name) {
      throw .error(
        at: node.keyPlace ?? node.place, "an entry of accept has no key \"\(name)\"",
        remedy: NearName.remedy(name, in: Self.fields, what: "it has"))
    }
    func text(_ name: String) throws(Finding) -> String? {
      guard let node = fields[name], !node.isNull else { return nil }
      if let text = node.scalarText, !text.isEmpty { return text }
      throw .error(at: node.place, "\(name) of an entry of accept must be a string, not \(node.shown)", remedy: form)
    }
    guard let code = try text("code") else {
      throw .error(at: item.place, "an entry of accept needs its code", remedy: "composex help findings lists them")
    }
    let place = fields["code"]?.place ?? item.place
    let kinds = codes.rows.filter { !$0.isStage }.map(\.code)
    guard let row = codes.row(code) else {
      throw .error(
        at: place, "no finding has the code \"\(code)\"",
        remedy: NearName.find(code, in: kinds).map { "did you mean \"\($0)\"?" } ?? "composex help findings lists them")
    }
    guard !row.isStage else {
      throw .error(
        at: place, "\(code) is the code of errors, which cannot be accepted", remedy: "mend what they tell of")
    }
    guard let reason = try text("reason") else {
      throw .error(
        at: item.place, "the acceptance of \(code) needs a reason", remedy: "say why, for whoever reads it next year")
    }
    let until = try text("until")
    if let until, !Exemption.isDay(until) {
      throw .error(
        at: fields["until"]?.place ?? item.place, "\"\(until)\" is not the day on which an acceptance ends",
        remedy: "write a day that there is, as 2027-01-31")
    }
    let subject = try text("at")
    return Acceptance(
      code: code, subject: subject.map(Self.selector), places: subject.flatMap { Self.places($0, project) },
      reason: reason, until: until, isOver: until.map { $0 < Exemption.today } ?? false, place: place)
  }

  /// `services.web.ports` as messages have it: `services::web.ports`.
  private static func selector(_ text: String) -> String {
    if text.contains("::") { return text }
    let parts = text.split(separator: ".", maxSplits: 1)
    return parts.count == 2 ? "\(parts[0])::\(parts[1])" : text
  }

  /// All places in what a path of the compose file names; nil when there is no such thing.
  private static func places(_ text: String, _ project: ComposeProject) -> Set<Acceptance.Spot>? {
    let words = selector(text).split(separator: "::", maxSplits: 1).map(String.init)
    var steps = [words[0]]
    if words.count > 1 { steps += words[1].split(separator: ".").map(String.init) }
    guard let node = find(steps[...], in: project.root) else { return nil }
    var spots: Set<Acceptance.Spot> = []
    collect(node, &spots)
    return spots
  }

  /// Names may hold dots: the longest that there is counts.
  private static func find(_ steps: ArraySlice<String>, in node: Node) -> Node? {
    if steps.isEmpty { return node }
    for length in stride(from: steps.count, to: 0, by: -1) {
      let name = steps.prefix(length).joined(separator: ".")
      let index = length == 1 ? Int(name) : nil
      let child =
        node[name] ?? index.flatMap { index in node.list.flatMap { $0.indices.contains(index) ? $0[index] : nil } }
      if let child, let found = find(steps.dropFirst(length), in: child) { return found }
    }
    return nil
  }

  private static func collect(_ node: Node, _ spots: inout Set<Acceptance.Spot>) {
    for place in [node.place, node.keyPlace ?? node.place] {
      if let spot = Acceptance.Spot(place) { spots.insert(spot) }
    }
    for (_, child) in node.fields ?? [:] { collect(child, &spots) }
    for child in node.list ?? [] { collect(child, &spots) }
  }
}
