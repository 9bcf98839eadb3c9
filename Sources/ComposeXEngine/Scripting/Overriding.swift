import ComposeXLua

extension ScriptSession {
  /// The function that replaces a step; nil when none does. Of several, each is handed the one before it as the original.
  func overriding(_ step: String) -> LuaValue {
    let functions = (declarations.overrides[step] ?? []).compactMap { override -> LuaReference? in
      guard case .function(let function) = override.body else { return nil }
      override.hasFired = true
      return function
    }
    guard let only = functions.first else { return .nil }
    if functions.count == 1 { return .reference(only) }
    return host.function("override") { [unowned self] call in
      try run(functions[...], original: call.live(1), Self.arguments(call, from: 2))
    }
  }

  private func run(
    _ functions: ArraySlice<LuaReference>, original: LuaValue, _ arguments: [LuaValue]
  ) throws -> LuaValue {
    guard let last = functions.last else {
      guard case .reference(let step) = original else { return .nil }
      return try host.callLive(step, arguments)
    }
    let before = host.function("original") { [unowned self] call in
      try run(functions.dropLast(), original: original, Self.arguments(call, from: 1))
    }
    return try host.callLive(last, [before] + arguments)
  }

  private static func arguments(_ call: LuaCall, from first: Int) throws -> [LuaValue] {
    guard call.count >= first else { return [] }
    return try (first...call.count).map { try call.live($0) }
  }
}
