/// The objects that Lua has proxies of, by handle.
struct LuaObjects {
  private(set) var slots: [(any LuaObject)?] = []
  /// The type of each handle: the index of its name in `types`, -1 for functions.
  private var typeOf: [Int32] = []
  private var handles = ObjectTable<Int32>()
  private var free: [Int32] = []
  private var types: [String: Int32] = [:]
  /// Handles made since the last crossing: whether a proxy came of them is not known yet.
  var fresh: [Int32] = []

  subscript(handle: Int32) -> (any LuaObject)? {
    let place = Int(handle)
    return place >= 0 && place < slots.count ? slots[place] : nil
  }

  /// How many objects Lua keeps alive.
  var count: Int { handles.count }

  func handle(of object: any LuaObject) -> Int32? { handles[object] }

  /// The handle that the next new object gets.
  var nextHandle: Int32 { free.last ?? Int32(clamping: slots.count) }

  mutating func add(_ object: any LuaObject, type: Int32) -> Int32 {
    let handle: Int32
    if let reused = free.popLast() {
      handle = reused
      slots[Int(handle)] = object
      typeOf[Int(handle)] = type
    } else {
      handle = Int32(clamping: slots.count)
      slots.append(object)
      typeOf.append(type)
    }
    handles[object] = handle
    fresh.append(handle)
    return handle
  }

  /// Lets go of an object that has no proxy any more. The object is returned so that it dies in the caller's hands,
  /// when this table is whole again.
  mutating func remove(_ handle: Int32) -> (any LuaObject)? {
    guard let object = self[handle] else { return nil }
    slots[Int(handle)] = nil
    handles[object] = nil
    free.append(handle)
    return object
  }

  func type(of handle: Int32) -> Int32 { typeOf[Int(handle)] }

  var nextType: Int32 { Int32(clamping: types.count) }

  func type(named name: String) -> Int32? { types[name] }

  mutating func addType(_ name: String) -> Int32 {
    let type = nextType
    types[name] = type
    return type
  }
}
