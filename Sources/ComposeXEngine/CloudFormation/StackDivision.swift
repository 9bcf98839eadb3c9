/// Into how many stacks a stack of the nested layout is divided, because one would break a quota of CloudFormation.
///
/// What is divided is divided by names: a resource moves when its own name changes, and not when others come or go. What refers to
/// another part of the divided stack is in stacks of its own (`level`), so that these never refer to each other in a cycle.
struct StackDivision: Equatable {
  /// How many stacks the services share; 0: each has its own.
  private(set) var services = 0
  /// How many stacks hold what ties kinds together; 0: the root does.
  private(set) var ties = 0
  /// How many stacks hold what is in one otherwise, by the name of that one's file.
  private(set) var homes: [String: Int] = [:]

  private static let steps = [16, 64, 256]
  private static let servicesName = "services"
  private static let tiesName = "rules"

  var isWhole: Bool { self == StackDivision() }

  /// What is divided, and into how many, for a message.
  var description: String {
    var parts = homes.sorted { $0.key < $1.key }.map { "\($0.key) (\($0.value))" }
    if services > 0 { parts.append("\(Self.servicesName) (\(services))") }
    if ties > 0 { parts.append("\(Self.tiesName) (\(ties))") }
    return parts.joined(separator: ", ")
  }

  /// The division that mends what is too large in these parts; nil when nothing is, or when nothing more can be divided.
  func further(_ parts: [NestedLayout.Part], _ format: TemplateFormat) -> StackDivision? {
    var next = self
    for part in parts where Limits.isBroken(by: part.stack, format) { next.divide(part) }
    return next == self ? nil : next
  }

  private mutating func divide(_ part: NestedLayout.Part) {
    guard part.home != .root else { return divideRoot(part.stack) }
    switch part.home.divided {
    case Self.servicesName?: services = Self.after(services, first: 64)
    case Self.tiesName?: ties = Self.after(ties, first: 16)
    case let name?: homes[name] = Self.after(homes[name] ?? 0, first: 16)
    case nil where !part.home.isService: homes[part.home.file] = Self.after(0, first: 16)
    case nil: break
    }
  }

  private mutating func divideRoot(_ root: Stack) {
    let stacks = root.resources.values.count { $0.type == "AWS::CloudFormation::Stack" }
    if stacks > Limits.resources / 2 { services = Self.after(services, first: 64) }
    if root.resources.count - stacks > Limits.resources / 4 { ties = Self.after(ties, first: 16) }
  }

  private static func after(_ count: Int, first: Int) -> Int {
    count == 0 ? first : steps.first { $0 > count } ?? count
  }

  /// The home of a resource that would be in `home`. `level` counts what its definition refers to within that home.
  func home(of resource: Resource, in home: StackHome, level: Int, isAwaited: Bool) -> StackHome {
    if home == .root {
      guard ties > 0, !resource.origin.key.isEmpty, !isAwaited else { return home }
      return StackHome(part: Self.part(resource.id, of: ties), of: Self.tiesName)
    }
    if home.isService {
      guard services > 0 else { return home }
      return StackHome(part: Self.part(home.file, of: services), of: Self.servicesName)
    }
    guard let count = homes[home.file], !resource.origin.name.isEmpty else { return home }
    let part = Self.part("\(resource.origin.key) \(resource.origin.name)", of: count)
    return StackHome(part: (level > 0 ? "\(level)-" : "") + part, of: home.file)
  }

  /// The number of the part that a name is in (FNV-1a), with two or three digits.
  private static func part(_ name: String, of count: Int) -> String {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in name.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    hash ^= hash >> 29
    let number = String(hash % UInt64(count))
    return String(repeating: "0", count: max(0, 2 - number.utf8.count)) + number
  }
}

/// How far the definitions of one home are from those that refer to nothing else there.
struct DefinitionLevels {
  private struct Definition: Hashable {
    let home: String
    let key: String
    let name: String
  }

  private var targets: [Definition: Set<Definition>] = [:]
  private var levels: [Definition: Int] = [:]

  /// The levels of `resources`, each in the home that `home` says.
  init(_ resources: some Sequence<Resource>, home: (Resource) -> StackHome) {
    for resource in resources {
      let own = Self.definition(resource, home(resource))
      for id in NestedLayout.referents(in: [resource.attributes, resource.properties]) {
        let other = Self.definition(id, home(id))
        if other != own, other.home == own.home, !other.name.isEmpty { targets[own, default: []].insert(other) }
      }
    }
    for definition in targets.keys { _ = level(of: definition, []) }
  }

  func level(of resource: Resource, in home: StackHome) -> Int { levels[Self.definition(resource, home)] ?? 0 }

  private static func definition(_ resource: Resource, _ home: StackHome) -> Definition {
    Definition(home: home.file, key: resource.origin.key, name: resource.origin.name)
  }

  /// A cycle of definitions ends where it began: the layout reports it.
  private mutating func level(of definition: Definition, _ path: [Definition]) -> Int {
    if let level = levels[definition] { return level }
    guard path.count < 100, !path.contains(definition) else { return 0 }
    var level = 0
    for target in targets[definition] ?? [] { level = max(level, self.level(of: target, path + [definition]) + 1) }
    levels[definition] = level
    return level
  }
}

extension NestedLayout {
  /// The layout of a stack in which each template is within the quotas of CloudFormation, as far as dividing helps, and its parts.
  static func fitting(
    _ stack: Stack, homes: StackHomes, format: TemplateFormat
  ) throws(Finding) -> (layout: NestedLayout, parts: [Part]) {
    var division = StackDivision()
    while true {
      var layout = NestedLayout(stack.copy(), homes: homes, division: division, format: format)
      let parts = try layout.cut()
      guard let further = division.further(parts, format) else { return (layout, parts) }
      division = further
    }
  }

  /// Says what a division means to whoever deploys.
  func report(to findings: Findings) {
    guard !division.isWhole else { return }
    findings.report(
      Finding(
        .note, at: .unknown,
        "the layout has several stacks each for \(division.description): one would break a quota of CloudFormation",
        remedy: "what was deployed in one stack before is replaced: move such a project once, and with care"))
    guard let (service, other) = unordered.first else { return }
    let more = unordered.count > 1 ? " (and \(unordered.count - 1) more)" : ""
    findings.report(
      Finding(
        .warning, at: service.origin.place,
        "\(service.subject) is not created after \(other.subject)\(more): services that share stacks would wait for each other",
        remedy: "deploy it once more after the first time, or split the compose file into several projects"))
  }
}
