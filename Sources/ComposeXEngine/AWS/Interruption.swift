import Glibc

/// Ctrl-C: what runs ends in order instead of at once.
public enum Interruption {
  nonisolated(unsafe) private static var count: sig_atomic_t = 0

  /// From now on Ctrl-C, and being asked to end, is noted only; what waits is woken.
  public static func watch() {
    count = 0
    for number in [SIGINT, SIGTERM] {
      var action = sigaction()
      action.__sigaction_handler.sa_handler = { _ in Interruption.count += 1 }
      sigemptyset(&action.sa_mask)
      sigaction(number, &action, nil)
    }
  }

  /// Whether that happened.
  public static var isRequested: Bool { count > 0 }

  /// Does what has to be done though it was requested, as taking away what was made.
  static func postponed(_ work: () -> Void) {
    let before = count
    count = 0
    work()
    count += before
  }
}
