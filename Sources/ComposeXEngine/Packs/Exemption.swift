import ComposeXLua
import Glibc

/// Leave for one definition to break one rule of a pack, until a day.
final class Exemption {
  /// The rule: the sentence of the check, `must be encrypted with an acme key`.
  let check: String
  /// What is exempt: a selector of one definition, `x-sqs::jobs`, or a logical id, `#JobsQueue`.
  let scope: String
  let owner: String
  let reason: String
  /// The last day on which it holds, `2027-01-31`.
  let expires: String
  /// The project that it is for, by its name; nil for all.
  let project: String?
  /// The pack whose rule it is; nil for the one that holds it.
  let otherPack: String?
  /// The pack that holds it.
  let pack: Pack
  let place: Place
  var isUsed = false
  /// Whether something breaks the rule that it is about, be it used or expired.
  var isAsked = false

  private static let needed = ["check", "scope", "owner", "reason", "expires"]
  private static let fields = needed + ["project", "pack"]

  /// All fields are texts, and the first five needed.
  init(_ table: LuaTable, pack: Pack, place: Place) throws {
    for (field, _) in table.fields where !Self.fields.contains(field) {
      throw ScriptError(
        "an exemption has no field \"\(field)\"", remedy: NearName.remedy(field, in: Self.fields, what: "it has"))
    }
    func text(_ field: String) throws -> String {
      guard case .string(let text)? = table[field], !text.isEmpty else {
        throw ScriptError(
          "an exemption needs its \(field), a string", remedy: "its fields are \(Self.needed.joined(separator: ", "))")
      }
      return text
    }
    check = try text("check")
    scope = try text("scope")
    owner = try text("owner")
    reason = try text("reason")
    expires = try text("expires")
    project = table["project"] == nil ? nil : try text("project")
    otherPack = table["pack"] == nil ? nil : try text("pack")
    guard Self.isDay(expires) else {
      throw ScriptError(
        "\"\(expires)\" is not the day on which an exemption expires",
        remedy: "write a day that there is, as 2027-01-31")
    }
    guard !scope.contains("*"), scope.hasPrefix("#") || scope.contains("::") else {
      throw ScriptError(
        "the scope of an exemption is one definition, not \"\(scope)\"",
        remedy: "write \"x-sqs::jobs\", or a logical id: \"#JobsQueue\"")
    }
    self.pack = pack
    self.place = place
  }

  /// Whether a text is a day that there is.
  static func isDay(_ text: String) -> Bool {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.map({ $0.utf8.count }) == [4, 2, 2] else { return false }
    let numbers = parts.compactMap { Int($0) }
    guard numbers.count == 3, (1...12).contains(numbers[1]) else { return false }
    let (year, month) = (numbers[0], numbers[1])
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    let days = month == 2 ? (isLeap ? 29 : 28) : [4, 6, 9, 11].contains(month) ? 30 : 31
    return (1...days).contains(numbers[2])
  }

  var isExpired: Bool { expires < Self.today }

  /// The pack whose rule it is.
  var ruleOwner: String { otherPack ?? pack.name }

  /// Whether it is for another project than that of this name.
  func isElsewhere(_ name: String) -> Bool { project.map { $0 != name } ?? false }

  /// `#JobsQueue` is what was made under that id, not what has it now: a script can give an id to anything.
  func covers(_ resource: Resource, _ must: String) -> Bool {
    check == must
      && (scope.hasPrefix("#") ? resource.isFirst && scope == "#\(resource.firstID)" : scope == resource.name)
  }

  /// Today in UTC, as `2026-11-24`. SOURCE_DATE_EPOCH is for what a run writes: it would let anybody turn the clock back.
  static var today: String {
    var seconds = time(nil)
    var parts = tm()
    guard gmtime_r(&seconds, &parts) != nil else { return "9999-12-31" }
    func two(_ number: Int32) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return "\(parts.tm_year + 1900)-\(two(parts.tm_mon + 1))-\(two(parts.tm_mday))"
  }
}
