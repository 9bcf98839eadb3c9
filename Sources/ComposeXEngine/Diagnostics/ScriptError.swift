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
