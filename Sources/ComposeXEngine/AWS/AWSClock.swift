import Glibc

/// The time: what deployments wait by. Tests set it (`COMPOSEX_CLOCK=2026-01-01T00:00:00Z`): then it goes on only while somebody waits,
/// which takes no time.
final class AWSClock {
  private var scripted: Int?

  /// The clock of the process, unless the variable sets it.
  init(_ environment: [String: String]) { scripted = environment["COMPOSEX_CLOCK"].flatMap(AWSTime.seconds) }

  /// Seconds since 1970.
  var now: Int { scripted ?? time(nil) }

  /// Whether it is a set one.
  var isSet: Bool { scripted != nil }

  /// Waits; Ctrl-C ends it early.
  func wait(_ seconds: Int) {
    if let start = scripted {
      scripted = start + seconds
      return
    }
    let end = time(nil) + seconds
    while time(nil) < end, !Interruption.isRequested { usleep(100_000) }
  }
}

/// Times as AWS and the aws command write them, as seconds since 1970.
enum AWSTime {
  /// `2026-01-01T00:00:00Z`, `2026-01-01T00:00:00.123000+02:00`, or a number, as version 1 has it.
  static func seconds(_ text: String) -> Int? {
    if let number = Double(text) { return Int(number) }
    let digits = text.utf8.map { (48...57).contains($0) ? Int($0) - 48 : -1 }
    func number(_ start: Int, _ count: Int) -> Int? {
      guard start + count <= digits.count else { return nil }
      let part = digits[start..<start + count]
      return part.contains(-1) ? nil : part.reduce(0) { $0 * 10 + $1 }
    }
    guard let year = number(0, 4), let month = number(5, 2), let day = number(8, 2), let hour = number(11, 2),
      let minute = number(14, 2), let second = number(17, 2)
    else { return nil }
    let local = ((days(year, month, day) * 24 + hour) * 60 + minute) * 60 + second
    let bytes = Array(text.utf8)
    guard let sign = bytes[19...].firstIndex(where: { $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "-") }),
      let hours = number(sign + 1, 2)
    else { return local }
    let minutes = number(sign + 4, 2) ?? number(sign + 3, 2) ?? 0
    let offset = (hours * 60 + minutes) * 60
    return bytes[sign] == UInt8(ascii: "+") ? local - offset : local + offset
  }

  /// The time that a field of an answer holds.
  static func seconds(_ node: Node?) -> Int? { node?.scalarText.flatMap { seconds($0) } }

  /// `2026-01-01T00:00:00Z`
  static func text(_ seconds: Int) -> String {
    let (year, month, day) = date(Int((Double(seconds) / 86400).rounded(.down)))
    let rest = ((seconds % 86400) + 86400) % 86400
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return "\(year)-\(two(month))-\(two(day))T\(two(rest / 3600)):\(two(rest / 60 % 60)):\(two(rest % 60))Z"
  }

  /// Days since 1970 of a date. https://howardhinnant.github.io/date_algorithms.html
  private static func days(_ year: Int, _ month: Int, _ day: Int) -> Int {
    let y = month <= 2 ? year - 1 : year
    let era = (y >= 0 ? y : y - 399) / 400
    let ofEra = y - era * 400
    let ofYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    return era * 146_097 + ofEra * 365 + ofEra / 4 - ofEra / 100 + ofYear - 719_468
  }

  private static func date(_ days: Int) -> (year: Int, month: Int, day: Int) {
    let z = days + 719_468
    let era = (z >= 0 ? z : z - 146_096) / 146_097
    let doe = z - era * 146_097
    let yoe = (doe - doe / 1460 + doe / 36524 - doe / 146_096) / 365
    let doy = doe - (365 * yoe + yoe / 4 - yoe / 100)
    let mp = (5 * doy + 2) / 153
    let month = mp < 10 ? mp + 3 : mp - 9
    return (yoe + era * 400 + (month <= 2 ? 1 : 0), month, doy - (153 * mp + 2) / 5 + 1)
  }
}
