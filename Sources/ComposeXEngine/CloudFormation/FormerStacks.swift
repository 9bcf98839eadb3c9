import ComposeXLua

/// The nested stacks and logical ids of another tool, which a project keeps so that its running stack is updated: the table of
/// `lua/kinds/peer_stacks.lua`.
struct FormerStacks {
  /// Ids of stacks by the key that they are for.
  private let stacks: [String: String]
  /// Ids of stacks by the part of a service that lives in them.
  private let parts: [String: String]
  /// Types that live with the key that they are for, although they tie kinds together.
  private let kept: Set<String>
  /// Forms of ids, by key, part and type: the first row that fits is taken.
  private let rows: [Row]

  private struct Row {
    var key: String?
    var part: String?
    var type: String?
    var id: String

    /// What follows a part that ends in `*`; nil when the row is about something else.
    func rest(of resource: Resource) -> String? {
      guard key == nil || key == resource.origin.key, type == nil || type == resource.type else { return nil }
      guard let part, part != resource.origin.part else { return "" }
      guard part.hasSuffix("*"), resource.origin.part.hasPrefix(part.dropLast()) else { return nil }
      return String(resource.origin.part.dropFirst(part.count - 1))
    }
  }

  init(_ table: LuaTable) {
    stacks = StackHomes.strings(table["stacks"])
    parts = StackHomes.strings(table["parts"])
    kept = Set((table["kept"]?.table?.items ?? []).compactMap(\.string))
    rows = (table["ids"]?.table?.items ?? []).compactMap { item in
      guard let row = item.table, let id = row["id"]?.string else { return nil }
      return Row(key: row["key"]?.string, part: row["part"]?.string, type: row["type"]?.string, id: id)
    }
  }

  /// The stack that a resource lives in.
  func home(of resource: Resource, isTie: Bool) -> StackHome {
    let origin = resource.origin
    switch origin.key {
    case "", "x-cluster": return .root
    case "services":
      if let id = parts[origin.part] { return Self.shared(id) }
      if isTie { return .root }
      let family = Self.plain(origin.family ?? origin.name)
      return StackHome(former: family, owner: "services::\(origin.name)")
    default:
      if isTie, !kept.contains(resource.type) { return .root }
      let plain = Self.plain(origin.key.hasPrefix("x-") ? String(origin.key.dropFirst(2)) : origin.key)
      return Self.shared(stacks[origin.key] ?? plain)
    }
  }

  /// The stack of a kind, which parts of services may live in as well.
  private static func shared(_ id: String) -> StackHome { StackHome(former: id, owner: "the stack \(id)") }

  /// The id that the tool gave the resource within its stack; nil where it had none, or another shape.
  func id(of resource: Resource) -> String? {
    for row in rows {
      guard let rest = row.rest(of: resource) else { continue }
      let family = Self.plain(resource.origin.family ?? resource.origin.name)
      return row.id.replacing("{name}", with: Self.plain(resource.origin.name))
        .replacing("{family}", with: family).replacing("{rest}", with: Self.plain(rest))
    }
    return nil
  }

  /// A name without all but letters and digits.
  private static func plain(_ name: String) -> String {
    String(decoding: name.utf8.filter(isPlain), as: UTF8.self)
  }

  private static func isPlain(_ byte: UInt8) -> Bool {
    (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
  }
}
