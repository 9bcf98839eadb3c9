import ComposeXLua

/// `engine`, what the built-in generators of `lua/` see beside `composex`: the model, the template, and findings at compose lines.
enum Primitives {
  typealias Primitive = @Sendable (ScriptSession, LuaCall) throws -> LuaValue

  private static let all: [(name: String, body: Primitive)] = [
    ("use", use), ("section", section), ("root", root), ("at", at), ("services", services), ("find", find),
    ("add", add),
    ("fill", fill), ("parameter", parameter), ("parameter_default", parameterDefault), ("condition", condition),
    ("create_only", createOnly), ("output", output), ("run_as", runAs), ("has_built", hasBuilt),
    ("tag", tag),
    ("name", name),
    ("placed", placed), ("written", written), ("has_key", hasKey),
    ("error", error), ("warn", warn), ("note", note), ("within", within), ("near", near), ("images", images),
    ("add_section", addSection), ("overriding", overriding), ("steps", steps),
    ("modules", modules), ("pascal", pascal), ("disabled", disabled), ("of_script", ofScript), ("kind", kind),
    ("attribute", attribute),
    ("property", property), ("files", files), ("variable", variable), ("failed", failed), ("attributes", attributes),
    ("file_text", ContentPrimitives.fileText), ("json_text", ContentPrimitives.jsonText),
    ("json_string", ContentPrimitives.jsonString), ("joined", ContentPrimitives.joined),
    ("nanoseconds", QuantityPrimitives.nanoseconds),
    ("bytes", QuantityPrimitives.bytes), ("ports", QuantityPrimitives.ports),
    ("template", ContractPrimitives.template), ("plain", ContractPrimitives.plain),
    ("refuse", ContractPrimitives.refuse), ("refused", refused), ("resolve_strings", PointerPrimitives.resolveStrings),
    ("respell", RespellPrimitive.respell), ("keys", RespellPrimitive.keys),
  ]

  /// A plain table, so that a call does not cross to Swift twice.
  static func table(_ session: ScriptSession) -> LuaValue {
    .table(
      LuaTable(
        fields: all.map { name, body in
          (name, session.function("engine.\(name)") { [unowned session] call in try body(session, call) })
        }))
  }
}
