import ComposeXLua

/// The stack of the nested layout that a resource lives in: one for every service family, one for every kind of resource, the network.
struct StackHome: Hashable {
  /// The logical id of the stack's resource in the root template; empty for the root itself.
  var id: String
  /// The name of its template's file, without extension.
  var file: String
  /// What it is the stack of: two that are not of one thing must not share a file.
  var owner: String

  /// Whether it is the stack of one service.
  var isService = false
  /// What it is a part of, when that is divided: the name of its file.
  var divided: String?

  static let root = StackHome(id: "", file: "template", owner: "the root template")

  /// What the id of its stack is made of, for `composex.naming`: a name, and what it is. Empty where another tool gave the id.
  private(set) var name = ""
  private(set) var noun = ""

  /// The stack called `name`.
  fileprivate init(named name: String, owner: String) {
    self.init(id: PascalCase.name(name) + "Stack", file: Self.plain(name), owner: owner)
    (self.name, noun) = (name, "Stack")
  }

  private init(id: String, file: String, owner: String) {
    (self.id, self.file, self.owner) = (id, file, owner)
  }

  /// The stack that another tool called `id`; its file is called as that tool called it, in small letters.
  init(former id: String, owner: String) {
    self.init(id: id, file: Self.plain(id), owner: owner)
  }

  /// The stack of a service.
  fileprivate init(service name: String) {
    self.init(
      id: PascalCase.name(name) + "ServiceStack", file: "\(Self.plain(name))-service", owner: "services::\(name)")
    isService = true
    (self.name, noun) = (name, "ServiceStack")
  }

  /// A part of a stack that is divided.
  init(part: String, of file: String) {
    self.init(named: "\(file)-\(part)", owner: "\(file), part \(part)")
    divided = file
  }

  /// A name as that of a file: what is not plain becomes `-`.
  private static func plain(_ name: String) -> String {
    String(
      decoding: name.utf8.map { byte in
        let small = (65...90).contains(byte) ? byte | 0x20 : byte
        return isPlain(small) ? small : UInt8(ascii: "-")
      }, as: UTF8.self)
  }

  /// Whether a text consists of lower-case letters, digits, `-` and `_`, as the names of templates do.
  static func isPlain(_ text: some StringProtocol) -> Bool {
    !text.isEmpty && text.utf8.count <= 200 && text.utf8.allSatisfy { isPlain($0) }
  }

  private static func isPlain(_ byte: UInt8) -> Bool {
    (97...122).contains(byte) || (48...57).contains(byte) || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
  }
}

/// Which stack a resource lives in: the table of `lua/kinds/stacks.lua`.
struct StackHomes {
  /// Names of stacks that several keys share, by key.
  private let shared: [String: String]
  /// The keys that parts of services live with.
  private let parts: [String: String]
  /// Types that live in the root.
  private let ties: Set<String>
  /// The stacks of a tool whose layout is kept.
  let former: FormerStacks?
  /// Makes the ids of stacks of their names and nouns, where scripts have a say in that.
  var naming: ((_ name: String, _ noun: String) throws(Finding) -> String)?

  /// The logical id of the stack's resource in the root template.
  func id(of home: StackHome) throws(Finding) -> String {
    guard let naming, !home.noun.isEmpty else { return home.id }
    return try naming(home.name, home.noun)
  }

  init(_ table: LuaTable, former: FormerStacks? = nil) {
    self.former = former
    shared = Self.strings(table["shared"])
    parts = Self.strings(table["parts"])
    ties = Set((table["ties"]?.table?.items ?? []).compactMap(\.string))
  }

  static func strings(_ value: LuaValue?) -> [String: String] {
    var strings: [String: String] = [:]
    for (key, value) in value?.table?.fields ?? [] { strings[key] = value.string }
    return strings
  }

  /// The home of `resource`, by what it was made for and its type: nothing else moves it.
  func home(of resource: Resource) -> StackHome {
    if let former { return former.home(of: resource, isTie: ties.contains(resource.type)) }
    let origin = resource.origin
    switch origin.key {
    case "": return .root
    case "services": return parts[origin.part].map(home(ofKey:)) ?? StackHome(service: origin.name)
    default:
      return shared[origin.key] == nil && ties.contains(resource.type) ? .root : home(ofKey: origin.key)
    }
  }

  private func home(ofKey key: String) -> StackHome {
    if let name = shared[key] { return StackHome(named: name, owner: "the \(name)") }
    return StackHome(named: key.hasPrefix("x-") ? String(key.dropFirst(2)) : key, owner: key)
  }
}
