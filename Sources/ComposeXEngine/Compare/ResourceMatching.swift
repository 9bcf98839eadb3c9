/// Which resource of one version is which of another: by its id, by what it was made for, or because it is the same by all it says.
///
/// One of another id is another resource to CloudFormation, which makes the new one and deletes the old one; people should be told that
/// it is meant to be the same.
struct ResourceMatching {
  /// For each new resource the index of the old one; nil for what is new.
  private(set) var partner: [Int?]
  /// What has no partner, in the order of the templates.
  private(set) var gone: [Int] = []

  private let old: [ComparedTemplates.Entry]
  private let new: [ComparedTemplates.Entry]

  init(_ old: [ComparedTemplates.Entry], _ new: [ComparedTemplates.Entry]) {
    (self.old, self.new) = (old, new)
    partner = Array(repeating: nil, count: new.count)
    var left = Set(old.indices)
    pair(by: { "\($0.stack).\($0.id)" }, &left)
    pair(by: { $0.id }, &left)
    gone = left.sorted()
    if gone.isEmpty || !partner.contains(nil) { return }
    let now = self
    pair(by: Self.origin, &left) { now.likeness([$0], [$1]) >= 0.75 }
    pairDefinitions(&left)
    pairAlike(&left)
    gone = left.sorted()
  }

  /// Pairs what has the same key on both sides and is the only one there that has it.
  private mutating func pair(
    by key: (ComparedTemplates.Entry) -> String?, _ left: inout Set<Int>,
    where isSame: (Int, Int) -> Bool = { _, _ in true }
  ) {
    var known: [String: [Int]] = [:]
    for index in left { if let key = key(old[index]) { known[key, default: []].append(index) } }
    var asked: [String: [Int]] = [:]
    for index in new.indices where partner[index] == nil {
      if let key = key(new[index]), known[key] != nil { asked[key, default: []].append(index) }
    }
    for (key, indices) in asked {
      guard let other = known[key], other.count == 1, indices.count == 1, isSame(other[0], indices[0]) else { continue }
      partner[indices[0]] = other[0]
      left.remove(other[0])
    }
  }

  /// What a resource was made for; nil for one that stands for itself.
  private static func origin(_ entry: ComparedTemplates.Entry) -> String? {
    guard let origin = entry.resource?.origin, !origin.key.isEmpty else { return nil }
    return "\(origin.key)::\(origin.name) \(origin.part) \(entry.type)"
  }

  // MARK: - Definitions

  /// A definition of which nothing is left on one side, and one of the same key of which nothing was there on the other.
  private mutating func pairDefinitions(_ left: inout Set<Int>) {
    let come = definitions(new, new.indices.filter { partner[$0] == nil })
    let went = definitions(old, left.sorted())
    let (before, after) = (Set(old.map(\.subject)), Set(new.map(\.subject)))
    var scores: [(score: Double, old: String, new: String)] = []
    for (subject, indices) in went where !after.contains(subject) {
      for (other, others) in come where !before.contains(other) && Self.key(subject) == Self.key(other) {
        let score = likeness(indices, others)
        if score >= 0.8 { scores.append((score, subject, other)) }
      }
    }
    scores.sort { ($1.score, $0.old, $0.new) < ($0.score, $1.old, $1.new) }
    var taken: Set<String> = []
    for (_, subject, other) in scores where !taken.contains("-\(subject)") && !taken.contains("+\(other)") {
      taken.formUnion(["-\(subject)", "+\(other)"])
      for index in come[other] ?? [] {
        let match = (went[subject] ?? []).filter { left.contains($0) && Self.part(old[$0]) == Self.part(new[index]) }
        guard let first = match.first, match.count == 1 else { continue }
        partner[index] = first
        left.remove(first)
      }
    }
  }

  private func definitions(_ entries: [ComparedTemplates.Entry], _ indices: [Int]) -> [String: [Int]] {
    var found: [String: [Int]] = [:]
    for index in indices where entries[index].resource.map({ !$0.origin.key.isEmpty }) ?? false {
      found[entries[index].subject, default: []].append(index)
    }
    return found
  }

  private static func key(_ subject: String) -> Substring { subject.split(separator: ":").first ?? "" }

  private static func part(_ entry: ComparedTemplates.Entry) -> String {
    "\(entry.type) \(entry.resource?.origin.part ?? "")"
  }

  /// How much of two definitions is the same, from 0 to 1; images must be.
  private func likeness(_ a: [Int], _ b: [Int]) -> Double {
    var (same, most) = (0, 0)
    var others = b
    for index in a {
      let mine = ResourceLeaves(old[index], among: ids)
      guard let at = others.firstIndex(where: { Self.part(new[$0]) == Self.part(old[index]) }) else {
        most += mine.count
        continue
      }
      let other = ResourceLeaves(new[others.remove(at: at)], among: ids)
      if mine.images != other.images { return 0 }
      same += mine.common(with: other)
      most += max(mine.count, other.count)
    }
    for index in others { most += ResourceLeaves(new[index], among: ids).count }
    return most == 0 ? 1 : Double(same) / Double(most)
  }

  // MARK: - Templates

  /// What was read from a template stands for itself: it is the same when it says the same.
  private mutating func pairAlike(_ left: inout Set<Int>) {
    func standsAlone(_ entry: ComparedTemplates.Entry) -> Bool { entry.resource?.origin.key.isEmpty ?? true }
    var open: [String: [Int]] = [:]
    for index in left.sorted() { open[old[index].type, default: []].append(index) }
    for index in new.indices where partner[index] == nil {
      guard let others = open[new[index].type], others.count <= 100 else { continue }
      let mine = ResourceLeaves(new[index], among: ids)
      var best: (score: Double, index: Int)?
      for other in others where left.contains(other) && (standsAlone(old[other]) || standsAlone(new[index])) {
        let theirs = ResourceLeaves(old[other], among: ids)
        let most = max(mine.count, theirs.count)
        let score = most == 0 ? 1 : Double(mine.common(with: theirs)) / Double(most)
        if mine.images == theirs.images, score >= (most < 5 ? 1 : 0.9), score > best?.score ?? 0 {
          best = (score, other)
        }
      }
      guard let best else { continue }
      partner[index] = best.index
      left.remove(best.index)
    }
  }

  /// Ids that only one side has, and their types: a reference to such a one is to something of that type.
  private var ids: [String: String] {
    let (a, b) = (Set(old.map(\.id)), Set(new.map(\.id)))
    var types: [String: String] = [:]
    for entry in old where !b.contains(entry.id) { types[entry.id] = entry.type }
    for entry in new where !a.contains(entry.id) { types[entry.id] = entry.type }
    return types
  }
}
