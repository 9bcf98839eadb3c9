@testable import ComposeXLua

/// Loads and runs a text as `test.lua`.
@discardableResult
func run(
  _ source: String, in host: LuaHost = LuaHost(), name: String = "test.lua", globals: [(String, LuaValue)] = []
) throws(LuaFailure) -> LuaValue {
  try host.call(try host.load(source, name: name, globals: globals))
}

/// What running a text fails with.
func fails(
  _ source: String, in host: LuaHost = LuaHost(), name: String = "test.lua", globals: [(String, LuaValue)] = []
) -> LuaFailure? {
  do {
    try run(source, in: host, name: name, globals: globals)
    return nil
  } catch {
    return error
  }
}

/// A short text of a value, for comparisons.
func text(_ value: LuaValue?) -> String {
  switch value {
  case nil: "none"
  case .nil: "nil"
  case .boolean(let value): "\(value)"
  case .integer(let value): "\(value)"
  case .number(let value): "\(value)"
  case .string(let value): "\"\(value)\""
  case .object(let value): "<\(value.luaTypeName)>"
  case .reference(let value): value.isFunction ? "<function>" : "<table>"
  case .table(let table):
    "{" + (table.items.map { text($0) } + table.fields.map { "\($0.key)=\(text($0.value))" }).joined(separator: ", ")
      + "}"
  }
}

func isSame(_ a: LuaValue, _ b: LuaValue) -> Bool {
  switch (a, b) {
  case (.integer(let a), .integer(let b)): a == b
  case (.string(let a), .string(let b)): a == b
  default: false
  }
}

/// A tally that objects of a test change.
final class Tally {
  var alive = 0
  var made = 0
}

struct Wrong: Error, Equatable, CustomStringConvertible {
  let code: Int
  var description: String { "wrong \(code)" }
}

/// A record with fields in the order they were set, as the host's users have them.
final class Record: LuaObject {
  let tally: Tally?
  var fields: [(key: LuaValue, value: LuaValue)] = []
  var onGet: ((LuaValue, LuaCall) throws -> LuaValue?)?

  init(_ tally: Tally? = nil) {
    self.tally = tally
    tally?.alive += 1
    tally?.made += 1
  }

  deinit { tally?.alive -= 1 }

  var luaTypeName: String { "record" }
  var luaDescription: String { "record of \(fields.count)" }

  func luaGet(_ key: LuaValue, _ call: LuaCall) throws -> LuaValue {
    if let value = try onGet?(key, call) { return value }
    return fields.first { isSame($0.key, key) }?.value ?? .nil
  }

  func luaSet(_ key: LuaValue, _ value: LuaValue, _ call: LuaCall) throws {
    if key.string == "refused" { throw Wrong(code: 7) }
    fields.removeAll { isSame($0.key, key) }
    if !value.isNil { fields.append((key, value)) }
  }

  func luaLength(_ call: LuaCall) throws -> Int { fields.count { $0.key.integer != nil } }
  func luaPairs(_ call: LuaCall) throws -> [(LuaValue, LuaValue)] { fields.map { ($0.key, $0.value) } }
  func luaCall(_ call: LuaCall) throws -> LuaValue { .integer(call.count) }

  func luaConcatenate(left: LuaValue, right: LuaValue, _ call: LuaCall) throws -> LuaValue {
    .string("\(left.string ?? "record")..\(right.string ?? "record")")
  }
}
