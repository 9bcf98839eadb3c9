import ComposeXLua

/// What is written of a word, a value, a method or a field of the Lua interface: help, editor types and reference pages are made of it.
struct WordDoc: Sendable {
  var name: String
  var parameters: [(name: String, type: String)] = []
  var returns: String?
  var text: String

  init(_ name: String, _ parameters: [(String, String)] = [], returns: String? = nil, _ text: String) {
    (self.name, self.parameters, self.returns, self.text) = (
      name, parameters.map { (name: $0.0, type: $0.1) }, returns, text
    )
  }

  /// How a call is written, without the marks of what may be left out: `check(selector, must, fn)`.
  var form: String {
    let names = parameters.map { $0.name.hasSuffix("?") ? String($0.name.dropLast()) : $0.name }
    return "\(name)(\(names.joined(separator: ", ")))"
  }

  /// Runs a call of it, as `holder` has it (`composex.`, `stack:`): wrong arguments get its form as the remedy.
  func call<Result>(_ holder: String, _ run: () throws -> Result) throws -> Result {
    do {
      return try run()
    } catch var error as ScriptError where error.isOfArguments && error.remedy == nil {
      error.remedy = "write \(holder)\(form)"
      throw error
    }
  }
}

/// A method of an object in a script's hand: its documentation and what it does with its receiver.
struct WordMethod<Receiver>: Sendable {
  typealias Body = @Sendable (Receiver, LuaCall) throws -> LuaValue

  let doc: WordDoc
  let run: Body

  init(_ doc: WordDoc, _ run: @escaping Body) { (self.doc, self.run) = (doc, run) }
}
