import CLua
import Glibc

/// What a function could compare a value with.
public struct LuaConstants {
  /// In the order in which they were found, each once.
  public var strings: [String] = []
  /// In the order in which they were found, each once.
  public var numbers: [Double] = []

  /// None, unless they are given.
  public init(strings: [String] = [], numbers: [Double] = []) {
    self.strings = strings
    self.numbers = numbers
  }
}

extension LuaHost {
  /// The constants of a function: its own, and those of the functions and tables that it has from around it. Long strings, and what
  /// comes after many, are left out.
  public func constants(of function: LuaReference) -> LuaConstants {
    guard function.home === home, clua_push_slot(state, function.slot) else { return LuaConstants() }
    var search = Search(L: L)
    search.visit(lua_gettop(L), depth: 0)
    lua_settop(L, -2)
    return LuaConstants(strings: search.strings, numbers: search.numbers)
  }

  private struct Search {
    static let most = 256
    static let longest = 256

    let L: OpaquePointer!
    var strings: [String] = []
    var numbers: [Double] = []
    private var seen: Set<String> = []
    private var visited: Set<UnsafeRawPointer> = []

    init(L: OpaquePointer!) { self.L = L }

    /// Calls only functions of Lua's interface that never raise.
    mutating func visit(_ index: Int32, depth: Int) {
      guard depth < 8, strings.count < Self.most, lua_checkstack(L, 4) != 0 else { return }
      switch lua_type(L, index) {
      case LUA_TSTRING:
        var length = 0
        guard let bytes = lua_tolstring(L, index, &length), length <= Self.longest else { return }
        add(UnsafeRawBufferPointer(start: bytes, count: length))
      case LUA_TNUMBER: add(lua_tonumberx(L, index, nil))
      case LUA_TTABLE:
        guard let address = lua_topointer(L, index), visited.insert(address).inserted else { return }
        lua_pushnil(L)
        while lua_next(L, index) != 0 {
          let top = lua_gettop(L)
          // A key is not converted, which would confuse lua_next: a number is read as one.
          visit(top - 1, depth: depth + 1)
          visit(top, depth: depth + 1)
          lua_settop(L, top - 1)
          if strings.count >= Self.most {
            lua_settop(L, top - 2)
            return
          }
        }
      case LUA_TFUNCTION:
        guard lua_iscfunction(L, index) == 0, let address = lua_topointer(L, index), visited.insert(address).inserted
        else { return }
        readConstants(at: index)
        var number: Int32 = 1
        while let name = lua_getupvalue(L, index, number) {
          if strcmp(name, "_ENV") != 0 { visit(lua_gettop(L), depth: depth + 1) }
          lua_settop(L, -2)
          number += 1
        }
      default: return
      }
    }

    private mutating func add(_ bytes: UnsafeRawBufferPointer) {
      guard let text = String(validating: bytes, as: UTF8.self), strings.count < Self.most,
        seen.insert(text).inserted
      else { return }
      strings.append(text)
    }

    private mutating func add(_ number: Double) {
      if numbers.count < 64, !numbers.contains(number) { numbers.append(number) }
    }

    private mutating func readConstants(at index: Int32) {
      guard let bytes = LuaBytecode.dump(L, index, strips: true) else { return }
      var reader = LuaBytecode(bytes)
      for constant in reader.constants() {
        switch constant {
        case .string(let text): text.withUnsafeBytes { add($0) }
        case .number(let number): add(number)
        }
      }
    }
  }
}

extension LuaHost {
  /// The lines on which a function, or one in it, does something, in order: those that a run can reach.
  public func lines(of function: LuaReference) -> [Int] {
    guard function.home === home, clua_push_slot(state, function.slot) else { return [] }
    defer { lua_settop(L, -2) }
    guard lua_iscfunction(L, -1) == 0, let bytes = LuaBytecode.dump(L, lua_gettop(L), strips: false) else { return [] }
    var reader = LuaBytecode(bytes)
    return reader.lines()
  }
}

/// The constants and lines in what `lua_dump` writes of a function (Lua 5.4, `ldump.c`).
struct LuaBytecode {
  enum Constant {
    case string([UInt8])
    case number(Double)
  }

  private let bytes: [UInt8]
  /// Behind the header: signature, version, format, data, three sizes, an integer and a number, and the count of upvalues.
  private var at = 4 + 1 + 1 + 6 + 3 + 8 + 8 + 1
  private var found: [Constant] = []
  private var foundLines: Set<Int> = []

  /// What `lua_dump` writes of the function at `index`.
  static func dump(_ L: OpaquePointer!, _ index: Int32, strips: Bool) -> [UInt8]? {
    final class Bytes { var all: [UInt8] = [] }
    let bytes = Bytes()
    guard lua_checkstack(L, 1) != 0 else { return nil }
    lua_pushvalue(L, index)
    let status = lua_dump(
      L,
      { _, piece, size, data in
        guard let data, let piece else { return 0 }
        Unmanaged<Bytes>.fromOpaque(data).takeUnretainedValue().all += UnsafeRawBufferPointer(start: piece, count: size)
        return 0
      }, Unmanaged.passUnretained(bytes).toOpaque(), strips ? 1 : 0)
    lua_settop(L, -2)
    return status == 0 ? bytes.all : nil
  }

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// The constants of the function and of those in it.
  mutating func constants() -> [Constant] {
    function(depth: 0)
    return found
  }

  /// The lines of the function and of those in it.
  mutating func lines() -> [Int] {
    function(depth: 0)
    return foundLines.sorted()
  }

  private mutating func byte() -> UInt8 {
    guard at < bytes.count else { return 0 }
    defer { at += 1 }
    return bytes[at]
  }

  /// Seven bits a byte, the highest first; the last one is marked.
  private mutating func size() -> Int {
    var value = 0
    while at < bytes.count {
      let next = byte()
      value = value &<< 7 | Int(next & 0x7F)
      if next & 0x80 != 0 { break }
    }
    return value
  }

  private mutating func skip(_ count: Int) { at = count >= 0 && count <= bytes.count - at ? at + count : bytes.count }

  private mutating func string() -> [UInt8] {
    let length = size() - 1
    guard length > 0, length <= bytes.count - at else { return [] }
    defer { at += length }
    return Array(bytes[at..<at + length])
  }

  private mutating func eight() -> UInt64 {
    var value: UInt64 = 0
    for place in 0..<8 { value |= UInt64(byte()) << UInt64(8 * place) }
    return value
  }

  private mutating func function(depth: Int) {
    guard depth < 200 else {
      at = bytes.count
      return
    }
    _ = string()
    let defined = size()
    _ = size()
    _ = byte()
    let takesMore = byte() != 0
    _ = byte()
    skip(4 * size())
    for _ in 0..<min(size(), bytes.count) {
      switch byte() {
      case 0x03: found.append(.number(Double(Int64(bitPattern: eight()))))
      case 0x13: found.append(.number(Double(bitPattern: eight())))
      case 0x04, 0x14: found.append(.string(string()))
      default: break
      }
    }
    skip(3 * size())
    for _ in 0..<min(size(), bytes.count) { function(depth: depth + 1) }
    let steps = (0..<min(size(), bytes.count)).map { _ in Int8(bitPattern: byte()) }
    var places: [Int: Int] = [:]
    for _ in 0..<min(size(), bytes.count) {
      let place = size()
      places[place] = size()
    }
    var line = defined
    for (place, step) in steps.enumerated() {
      line = step == Int8.min ? places[place] ?? line : line + Int(step)
      // The last instruction is the return that every function ends with: its line is that of `end`. The first of one that takes any number
      // of arguments is told to no hook.
      if line > 0, place < steps.count - 1, place > 0 || !takesMore { foundLines.insert(line) }
    }
    for _ in 0..<min(size(), bytes.count) { _ = (string(), size(), size()) }
    for _ in 0..<min(size(), bytes.count) { _ = string() }
  }
}
