import ComposeXLua

/// A list or a mapping in the hand of a rule: its values as CloudFormation will see them, without those that are absent.
final class CheckedView: NodeView {
  private let run: CheckRun
  /// The items of a list, once somebody asks.
  private var items: [LuaValue]?

  init(_ session: ScriptSession, _ node: Node, _ owner: Owner, depth: Int, run: CheckRun) {
    self.run = run
    super.init(session, node, owner, depth: depth)
  }

  override func luaGet(_ key: LuaValue, _ call: LuaCall) throws -> LuaValue {
    guard case .integer(let index) = key, node.list != nil else { return try super.luaGet(key, call) }
    let items = listItems
    return items.indices.contains(index - 1) ? items[index - 1] : .nil
  }

  override func luaLength(_ call: LuaCall) throws -> Int {
    node.list == nil ? try luaPairs(call).count : listItems.count
  }

  override func luaPairs(_ call: LuaCall) throws -> [(LuaValue, LuaValue)] {
    guard node.list == nil else { return listItems.enumerated().map { (.integer($0.offset + 1), $0.element) } }
    return try super.luaPairs(call).filter { !$0.1.isNil }
  }

  override func luaEquals(_ other: any LuaObject) -> Bool { (other as? NodeView)?.node === node }

  private var listItems: [LuaValue] {
    if let items { return items }
    let made = (node.list ?? []).map { session.checked($0, child("*"), depth: depth + 1, in: run) }.filter { !$0.isNil }
    items = made
    return made
  }
}

/// A value in the hand of an organisation's rule that nobody knows before the stack is deployed: it is there, and equal to itself.
final class UnknownView: ReferenceView {
  private let subject: String
  private let run: CheckRun

  init(_ node: Node, _ subject: String, _ run: CheckRun) {
    self.subject = subject
    self.run = run
    super.init(node.value)
  }

  override func luaGet(_ key: LuaValue, _ call: LuaCall) throws -> LuaValue { throw run.refusal(of: subject) }
  override func luaLength(_ call: LuaCall) throws -> Int { throw run.refusal(of: subject) }
  override func luaPairs(_ call: LuaCall) throws -> [(LuaValue, LuaValue)] { throw run.refusal(of: subject) }
  override func luaCall(_ call: LuaCall) throws -> LuaValue { throw run.refusal(of: subject) }
  override func luaDescribe(_ call: LuaCall) throws -> String { throw run.refusal(of: subject) }

  override func luaConcatenate(left: LuaValue, right: LuaValue, _ call: LuaCall) throws -> LuaValue {
    throw run.refusal(of: subject)
  }
}
