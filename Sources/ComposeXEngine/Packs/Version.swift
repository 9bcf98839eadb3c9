/// A version: up to three numbers, `1`, `1.2` or `1.2.3`; what is not written is 0.
public struct Version: Comparable, CustomStringConvertible, Sendable {
  let numbers: [Int]
  /// As it was written.
  public let description: String

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

/// What a pack asks of a version: `>= 1.0`, or several conditions with commas between: `>= 1.0, < 2`.
struct Requirement: CustomStringConvertible, Sendable {
  private let conditions: [(comparison: String, version: Version)]
  let description: String

  /// nil when the text is no requirement.
  init?(_ text: String) {
    var conditions: [(String, Version)] = []
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      let trimmed = part.drop { $0 == " " }
      let comparison = trimmed.prefix { "<>=".contains($0) }
      var rest = trimmed.dropFirst(comparison.count).drop { $0 == " " }
      while rest.last == " " { rest = rest.dropLast() }
      guard ["", "=", "==", ">=", "<=", ">", "<"].contains(comparison), let version = Version(String(rest)) else {
        return nil
      }
      conditions.append((String(comparison), version))
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
