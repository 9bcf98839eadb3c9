/// A version: up to three numbers, `1`, `1.2` or `1.2.3`; what is not written is 0.
public struct Version: Comparable, CustomStringConvertible, Sendable {
  let numbers: [Int]
  /// As it was written.
  public let description: String
  /// The first number.
  public var major: Int { numbers[0] }

  /// nil when the text is no version.
  public init?(_ text: String) {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    let numbers = parts.compactMap { part in part.utf8.allSatisfy { (48...57).contains($0) } ? Int(part) : nil }
    guard numbers.count == parts.count, (1...3).contains(numbers.count) else { return nil }
    self.numbers = numbers + Array(repeating: 0, count: 3 - numbers.count)
    description = text
  }

  /// Versions with the same numbers are equal, whatever their texts.
  public static func == (a: Version, b: Version) -> Bool { a.numbers == b.numbers }
  /// By the first number that differs.
  public static func < (a: Version, b: Version) -> Bool { a.numbers.lexicographicallyPrecedes(b.numbers) }
}

extension Version {
  /// The first version that a mark such as `^` leaves out.
  fileprivate func next(after mark: String) -> Version {
    let written = description.split(separator: ".").count
    let index =
      switch mark {
      case "^": numbers[..<(written - 1)].firstIndex { $0 > 0 } ?? written - 1
      case "~>": max(0, written - 2)
      default: min(written - 1, 1)
      }
    let (risen, isTooLarge) = numbers[index].addingReportingOverflow(1)
    let head = numbers[..<index] + [isTooLarge ? Int.max : risen]
    return Version(head.map(String.init).joined(separator: "."))!
  }
}

/// What a pack asks of a version: `>= 1.0`, or several conditions with commas between: `>= 1.0, < 2`. `^1.2` is below the next version
/// that may break (2; `^0.2` is below 0.3), `~> 1.2` lets the last number that is written rise (below 2), `~1.2` those behind it (below 1.3).
struct Requirement: CustomStringConvertible, Sendable {
  private let conditions: [(comparison: String, version: Version)]
  let description: String

  /// nil when the text is no requirement.
  init?(_ text: String) {
    var conditions: [(String, Version)] = []
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      let trimmed = part.drop { $0 == " " }
      let comparison = trimmed.prefix { "<>=^~".contains($0) }
      var rest = trimmed.dropFirst(comparison.count).drop { $0 == " " }
      while rest.last == " " { rest = rest.dropLast() }
      guard let version = Version(String(rest)) else { return nil }
      switch comparison {
      case "", "=", "==", ">=", "<=", ">", "<": conditions.append((String(comparison), version))
      case "^", "~", "~>": conditions += [(">=", version), ("<", version.next(after: String(comparison)))]
      default: return nil
      }
    }
    self.conditions = conditions
    description = text
  }

  func allows(_ version: Version) -> Bool {
    conditions.allSatisfy { condition in
      switch condition.comparison {
      case ">=": version >= condition.version
      case "<=": version <= condition.version
      case ">": version > condition.version
      case "<": version < condition.version
      default: version == condition.version
      }
    }
  }
}
