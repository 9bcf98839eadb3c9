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
}

/// A word of `composex`: its documentation, which states the arguments too, where it may be called, and what it does.
struct Word: Sendable {
  typealias Body = @Sendable (ScriptSession, LuaCall) throws -> LuaValue

  let doc: WordDoc
  /// The only phase that it may be called in; nil for one that checks that itself.
  let phase: ScriptSession.Phase?
  let run: Body

  init(_ doc: WordDoc, phase: ScriptSession.Phase? = nil, _ run: @escaping Body) {
    (self.doc, self.phase, self.run) = (doc, phase, run)
  }
}

/// A method of an object in a script's hand: its documentation and what it does with its receiver.
struct WordMethod<Receiver>: Sendable {
  typealias Body = @Sendable (Receiver, LuaCall) throws -> LuaValue

  let doc: WordDoc
  let run: Body

  init(_ doc: WordDoc, _ run: @escaping Body) { (self.doc, self.run) = (doc, run) }
}
