/// A warning that a project accepts, with a reason: an entry of `x-composex: {accept: [...]}`.
final class Acceptance {
  let code: String
  /// The definition or the path that it is for, `services::web`; nil for all.
  let subject: String?
  let reason: String
  /// The last day on which it holds, `2027-01-31`; nil without end.
  let until: String?
  /// Where it is written.
  let place: Place
  /// Whether its last day is over.
  let isOver: Bool
  /// How many warnings it took.
  var count = 0
  /// The places that lie in what `subject` names; nil when nothing has that name.
  private let places: Set<Spot>?

  /// A place by which things are found again.
  struct Spot: Hashable {
    let file: ObjectIdentifier
    let line: Int32
    let column: Int32

    init?(_ place: Place) {
      guard let file = place.file else { return nil }
      (self.file, line, column) = (ObjectIdentifier(file), place.line, place.column)
    }
  }

  init(
    code: String, subject: String?, places: Set<Spot>?, reason: String, until: String?, isOver: Bool, place: Place
  ) {
    (self.code, self.subject, self.places, self.reason) = (code, subject, places, reason)
    (self.until, self.isOver, self.place) = (until, isOver, place)
  }

  /// Whether it takes a warning of that code.
  func covers(_ finding: Finding, _ code: String) -> Bool {
    guard code == self.code, !isOver else { return false }
    guard let subject else { return true }
    if let spot = Spot(finding.place), places?.contains(spot) == true { return true }
    return finding.message.split(whereSeparator: { $0 == " " || $0 == "," })
      .contains { $0 == subject || $0 == "\(subject):" }
  }

  /// Whether it can take nothing: its last day is over, or nothing has the name of its subject.
  var isVoid: Bool { isOver || subject != nil && places == nil }

  /// What a run says of it: of one that is void at once, of others at its end.
  var outcome: Finding {
    let what = "\(code)\(subject.map { " at \($0)" } ?? "")"
    if isOver, let until {
      return .warning(
        at: place, "the acceptance of \(what) ended on \(until)",
        remedy: "mend what it tells of, or write another until")
    }
    if count == 0 {
      let isUnknown = subject != nil && places == nil
      return Finding(
        .note, at: place, "the acceptance of \(what) is not used",
        remedy: isUnknown ? "nothing is called \(subject ?? ""): mend its name" : "remove it")
    }
    let end = until.map { " until \($0)" } ?? ""
    return Finding(
      .note, at: place, "\(what) is accepted\(end): \(count) warning\(count == 1 ? "" : "s")", notes: [reason])
  }
}
