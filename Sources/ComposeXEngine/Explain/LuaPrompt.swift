import ComposeXLua

/// Lua at a prompt, over a project that was rendered: what `composex console` evaluates.
///
/// Each line is a chunk of its own in the sandbox of scripts; `name = value` keeps a value for the lines behind it.
public final class LuaPrompt {
  /// What a line comes to.
  public enum Answer {
    /// It is not whole: another line belongs to it.
    case more
    /// What to print; nil for nothing.
    case value(String?)
    case fault(Finding)
  }

  private let session: ScriptSession
  private let words: WordsTable
  private var values: [(String, LuaValue)] = []
  private let file = SourceFile(name: "console", role: .script)

  /// `print` gets what the lines print.
  public init(_ outcome: Pipeline.Outcome, print: @escaping (String) -> Void) {
    session = outcome.session
    words = WordsTable(session)
    session.phase = .transform
    session.checkRun = nil
    session.host.sharesTime = false
    session.host.print = { text, _ in print(text) }
    session.files.add(file)
  }

  /// Evaluates what was typed: an expression, an assignment, or any statement.
  public func evaluate(_ text: String) -> Answer {
    do {
      if let (name, expression) = Self.assignment(text), let chunk = try? load("return \(expression)") {
        let value = try session.host.callLive(chunk)
        values.removeAll { $0.0 == name }
        if !value.isNil { values.append((name, value)) }
        return .value(nil)
      }
      if let chunk = try? load("return \(text)") { return .value(try shown(session.host.callLive(chunk))) }
      let chunk: LuaReference
      do throws(LuaFailure) { chunk = try load(text) } catch {
        if error.message.hasSuffix("near <eof>") { return .more }
        throw error
      }
      return .value(try shown(session.host.callLive(chunk)))
    } catch {
      return .fault(session.finding(error))
    }
  }

  private func load(_ text: String) throws(LuaFailure) -> LuaReference {
    try session.host.load(
      text, name: file.name, globals: [("composex", .object(words)), ("type", session.typeFunction)] + values)
  }

  /// `local name = expression`, `name = expression`.
  private static func assignment(_ text: String) -> (name: String, expression: String)? {
    var rest = text[...].drop { $0 == " " }
    if rest.hasPrefix("local ") { rest = rest.dropFirst(6).drop { $0 == " " } }
    let name = rest.prefix { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }
    rest = rest.dropFirst(name.count).drop { $0 == " " }
    guard let first = name.first, !first.isNumber, rest.first == "=", rest.dropFirst().first != "=" else { return nil }
    return (String(name), String(rest.dropFirst()))
  }

  private func shown(_ value: LuaValue) throws -> String? {
    switch value {
    case .nil: return nil
    case .string(let text): return text
    case .reference(let table) where !table.isFunction:
      return try Dump(session).text(.table(session.host.copy(of: table)))
    default: return try Dump(session).text(value)
    }
  }

  /// The words, methods and fields that a line may hold, for completion.
  public static var words: [String] {
    LuaInterface.holders.flatMap { holder in holder.docs.map { holder.prefix + $0.name } }
  }
}
