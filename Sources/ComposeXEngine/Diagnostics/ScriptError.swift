import ComposeXLua

/// What a primitive refuses; it becomes a finding at the script's line.
struct ScriptError: Error, CustomStringConvertible {
  var message: String
  var remedy: String?
  /// Whether the arguments of a call are wrong: the form of the call is the remedy.
  var isOfArguments = false

  init(_ message: String, remedy: String? = nil) {
    self.message = message
    self.remedy = remedy
  }

  /// Wrong arguments of a call.
  static func arguments(_ message: String) -> ScriptError {
    var error = ScriptError(message)
    error.isOfArguments = true
    return error
  }

  var description: String { message }
}
