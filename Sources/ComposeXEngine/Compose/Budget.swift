/// How much a project may unfold to: a few lines (a range of ports, a large `env_file` at every service, a chain of `extends`) must
/// not ask for everything.
final class Budget {
  private var left: Int
  /// Bytes of texts that variables, files of variables and copies may still make.
  private var bytes = 64 << 20

  /// Whether something was refused, which is reported once.
  private(set) var isSpent = false

  init(values: Int = 1_000_000) { left = values }

  /// Takes some more values; false when they are too many.
  func take(_ values: Int) -> Bool {
    if values > left { isSpent = true }
    if isSpent { return false }
    left -= values
    return true
  }

  /// Takes the values of a text: one has at least some ten bytes.
  func take(textOf bytes: Int) -> Bool { take(bytes / 10) }

  /// Takes some more bytes of texts; false when they are too many.
  func take(bytes count: Int) -> Bool {
    bytes -= count
    return !areTextsSpent
  }

  /// Whether there were more texts than there may be.
  var areTextsSpent: Bool { bytes < 0 }
}
