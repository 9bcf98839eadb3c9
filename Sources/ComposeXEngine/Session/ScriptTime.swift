import Glibc

/// The time that the functions of scripts take together: many that are slow are as bad as one that does not end.
struct ScriptTime {
  private let seconds: Double
  private var spent = 0.0
  private var started = 0.0
  /// Set when the time is over: nothing else is run.
  var isOver = false

  init(seconds: Double) { self.seconds = seconds }

  mutating func start() { started = Self.now }

  /// Throws when the limit is reached.
  mutating func stop(_ declaration: Declaration) throws {
    spent += Self.now - started
    guard spent > seconds else { return }
    isOver = true
    throw Finding.error(
      at: declaration.place, "the functions of scripts ran longer than \(YAMLScalar.text(of: seconds)) s together",
      remedy: "make them do less, or raise --script-timeout")
  }

  /// Processor time of the thread, in seconds.
  private static var now: Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}
