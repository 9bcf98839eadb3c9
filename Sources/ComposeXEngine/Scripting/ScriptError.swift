import ComposeXLua

/// What a primitive refuses; it becomes a finding at the script's line.
struct ScriptError: Error, CustomStringConvertible {
  var message: String
  var remedy: String?

  init(_ message: String, remedy: String? = nil) {
    self.message = message
    self.remedy = remedy
  }

  var description: String { message }
}

extension ScriptSession {
  /// A finding for what a script ran into: at the place that the cause names, else at the script's line.
  func finding(_ error: any Error, notes: [String] = []) -> Finding {
    var finding: Finding
    switch error {
    case let failure as LuaFailure: finding = self.finding(failure)
    case let given as Finding: finding = given
    case let error as ScriptError: finding = .error(at: .unknown, error.message, remedy: error.remedy)
    default: finding = .error(at: .unknown, "\(error)")
    }
    finding.notes += notes
    return finding
  }

  private func finding(_ failure: LuaFailure) -> Finding {
    let place = Place(file: failure.chunk.map(file(named:)), line: failure.line)
    switch failure.cause {
    case let finding as Finding: return finding
    case let error as ScriptError: return .error(at: place, error.message, remedy: error.remedy)
    default: return .error(at: place, failure.message)
    }
  }

  /// The line of the user's script that a call came from; the built-in line when no script is involved.
  func place(_ call: LuaCall) -> Place {
    let caller = call.caller { [self] chunk in file(named: chunk).role != .module } ?? call.caller()
    return caller.map { Place(file: file(named: $0.chunk), line: $0.line) } ?? .unknown
  }
}
