/// Why a script could not be compiled or did not finish.
public struct LuaFailure: Error {
  /// What is wrong, without the position.
  public var message: String
  /// The name of the chunk where it happened, as it was given to `load`; nil when no script was involved.
  public var chunk: String?
  /// The line in `chunk`, from 1; 0 when unknown.
  public var line: Int
  /// The lines that were being run where the error was raised, from the innermost outwards: a function, then who called it.
  public var frames: [Frame] = []
  /// The Lua stack where the error was raised; empty unless the host's `wantsTraceback` is set.
  public var traceback: String
  /// What a Swift function threw, unchanged, however often the script caught it and raised it again.
  public var cause: (any Error)?
  /// Whether the time limit ended it: what runs next had better not.
  public internal(set) var isOverTime = false
  /// Whether the memory limit ended it.
  public internal(set) var isOverMemory = false
  /// Where in a table the value stands that could not cross: `.a[2].b`. Becomes part of the message.
  var path = ""

  /// A line of a chunk that is being run.
  public struct Frame: Sendable {
    /// The name of the chunk.
    public let chunk: String
    /// The line in it, from 1.
    public let line: Int
  }

  /// A failure of Swift's own: one that is thrown in a function called by Lua gets the caller's position.
  public init(
    _ message: String, chunk: String? = nil, line: Int = 0, traceback: String = "", cause: (any Error)? = nil
  ) {
    self.message = message
    self.chunk = chunk
    self.line = line
    self.traceback = traceback
    self.cause = cause
  }
}

extension LuaFailure {
  /// The message with the path.
  var text: String { path.isEmpty ? message : "\(message) (at \(path))" }
}

extension LuaFailure: CustomStringConvertible {
  /// `chunk:line: message`.
  public var description: String {
    guard let chunk else { return message }
    return line > 0 ? "\(chunk):\(line): \(message)" : "\(chunk): \(message)"
  }
}

/// The error value that a failure becomes inside Lua: it prints as its message, has a field `message`, and carries
/// the failure through any number of pcalls.
final class LuaError: LuaObject {
  let failure: LuaFailure

  init(_ failure: LuaFailure) { self.failure = failure }

  var luaTypeName: String { "error" }
  var luaDescription: String { failure.message }

  func luaGet(_ key: LuaValue, _ call: LuaCall) throws -> LuaValue {
    switch key.string {
    case "message": .string(failure.message)
    case "chunk": failure.chunk.map(LuaValue.string) ?? .nil
    case "line": failure.line > 0 ? .integer(failure.line) : .nil
    default: .nil
    }
  }

  func luaConcatenate(left: LuaValue, right: LuaValue, _ call: LuaCall) throws -> LuaValue {
    .string(try text(left) + text(right))
  }

  private func text(_ value: LuaValue) throws -> String {
    switch value {
    case .string(let text): return text
    case .integer(let number): return "\(number)"
    case .number(let number): return "\(number)"
    case .object(let object): return object.luaDescription
    default: throw LuaFailure("an error cannot be joined with a \(value.typeName)")
    }
  }
}
