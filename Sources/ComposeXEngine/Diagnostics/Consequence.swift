/// What happens on AWS to who leaves a warning alone, the worst first. Warnings are shown in this order.
public enum Consequence: String, CaseIterable, Sendable, Comparable {
  /// A container does not start, or ends at once.
  case start
  /// Data is lost, or anybody may read a secret.
  case data
  /// Nobody reaches a service that somebody calls.
  case reach
  /// It works, but not as in Docker.
  case differs
  /// It has no effect, and nobody will miss it.
  case none

  /// How the summary of a run counts it.
  var summary: String {
    switch self {
    case .start: "will not start"
    case .data: "lose data"
    case .reach: "unreachable"
    case .differs: "differ from Docker"
    case .none: "without effect"
    }
  }

  /// The worst first.
  public static func < (a: Consequence, b: Consequence) -> Bool { a.rank < b.rank }

  private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}
