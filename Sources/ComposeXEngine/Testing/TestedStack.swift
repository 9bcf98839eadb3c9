import ComposeXLua

/// The template in a test's hand: all that a script has of it, and who reaches whom, who may do what.
final class TestedStack: StackView {
  private lazy var facts = Facts(of: session.stack)

  override func luaGet(_ key: LuaValue, _ call: LuaCall) throws -> LuaValue {
    guard case .string(let name) = key, let doc = LuaInterface.testedStack.first(where: { $0.name == name }) else {
      return try super.luaGet(key, call)
    }
    return session.function("stack:\(name) of a test") { call in
      guard case .object(let stack as TestedStack) = try call[1] else {
        throw ScriptError("\(name)() is called with a colon", remedy: "write stack:\(doc.form)")
      }
      return try doc.call("stack:") {
        let answer = try name == "reaches" ? stack.reaches(call) : stack.may(call)
        // What is not certain is an answer of its own: neither a right nor an isolation is proven by it.
        return answer == .maybe ? .string("maybe") : .boolean(answer == .yes)
      }
    }
  }

  private func reaches(_ call: LuaCall) throws -> Certainty {
    let from = try call.text(2, of: "reaches", "who opens the connection")
    let to = try call.text(3, of: "reaches", "who is reached")
    let port: Question.Port? =
      switch try call[4] {
      case .nil: nil
      case .integer(let number): try asked { () throws(Finding) in try Question.port("\(number)") }
      default:
        try asked { [text = try call.text(4, of: "reaches", "a port")] () throws(Finding) in
          try Question.port(text)
        }
      }
    return try asked { () throws(Finding) in try facts.answer(.reach(from: from, to: to, port)) }
  }

  private func may(_ call: LuaCall) throws -> Certainty {
    let role = try call.text(2, of: "may", "whose role")
    let action = try call.text(3, of: "may", "an action")
    var text = "may \(role) \(action)"
    if case .nil = try call[4] {} else { text += " \(try call.text(4, of: "may", "a resource"))" }
    return try asked { () throws(Finding) in try facts.answer(try Question(text)) }
  }

  private func asked(_ answer: () throws(Finding) -> Query.Answer) throws -> Certainty {
    guard case .one(let certainty, _) = try asked(answer) as Query.Answer else { return .no }
    return certainty
  }

  /// What a question finds wrong, as an error of the line that asked.
  private func asked<Answer>(_ answer: () throws(Finding) -> Answer) throws -> Answer {
    do throws(Finding) { return try answer() } catch { throw ScriptError(error.message, remedy: error.remedy) }
  }
}
