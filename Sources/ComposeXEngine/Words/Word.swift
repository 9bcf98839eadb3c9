import ComposeXLua

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
