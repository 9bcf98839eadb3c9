import ComposeXLua

/// What a rule says of what it refuses, beside that: its second result, a string or the element that is wrong.
struct RuleDetail {
  /// Where the element stands.
  var place: Place?
  /// `: ContainerDefinitions.web`, which the sentence of the rule ends with.
  var text = ""
}

extension ScriptSession {
  /// Whether a rule holds. The first refusal says what is wrong.
  func ask(_ rule: LuaReference, _ resource: Resource, _ detail: inout RuleDetail) throws -> Bool {
    guard let answer = try module("base/answer").function else { return false }
    let results = try host.call(answer, [.reference(rule), .object(view(resource))]).table?.items ?? []
    if results.first?.isTruthy == true { return true }
    if results.count > 1, detail.text.isEmpty { detail = Self.detail(results[1], of: resource) }
    return false
  }

  func isExempt(_ resource: Resource, _ must: String, of pack: Pack?) -> Bool {
    guard let exemption = exemption(resource, must, of: pack), !exemption.isExpired else { return false }
    exemption.isUsed = true
    return true
  }

  private static func detail(_ value: LuaValue, of resource: Resource) -> RuleDetail {
    switch value {
    case .string(let text): return RuleDetail(text: ": \(text)")
    case .integer(let number): return RuleDetail(text: ": \(number)")
    case .object(let view as NodeView):
      let path = resource.properties.path(to: view.node)
      // A line of the generators says nothing to whoever reads it.
      let isOfUser = view.node.place.file.map { $0.role != .module } ?? false
      return RuleDetail(place: isOfUser ? view.node.place : nil, text: path.map { ": \($0)" } ?? "")
    default: return RuleDetail()
    }
  }
}

extension Node {
  /// The names down to a node, items by their keys: `ContainerDefinitions.web`.
  fileprivate func path(to wanted: Node) -> String? {
    if self === wanted { return "" }
    func joined(_ name: String, _ child: Node) -> String? {
      child.path(to: wanted).map { $0.isEmpty ? name : "\(name).\($0)" }
    }
    switch value {
    case .map(let fields):
      for (name, child) in fields { if let path = joined(name, child) { return path } }
    case .list(let items):
      for (index, item) in items.enumerated() {
        let key = ["Name", "Key", "Sid", "Id", "PolicyName"].lazy.compactMap { item[$0]?.string }.first
        if let path = joined(key ?? String(index + 1), item) { return path }
      }
    default: break
    }
    return nil
  }
}
