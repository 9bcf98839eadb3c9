/// Merges one model over another (compose-spec, merge; section "merge rules" of the loader notes).
///
/// The override's nodes are moved into the result, never copied; a scalar that takes the place of another remembers it. `!reset` and
/// `!override` stay on the nodes of the result, because the same document is merged onto what extends, include and earlier files give.
struct MergeRules {
  let findings: Findings
  private var path: ModelPath

  init(findings: Findings, path: ModelPath = ModelPath()) {
    self.findings = findings
    self.path = path
  }

  /// `override` over `base`; either may be changed and used up.
  mutating func merge(_ base: Node, _ override: Node, _ shape: Shape?, _ rule: Merge = .general) -> Node {
    if override.tag == "!reset" || override.tag == "!override" {
      override.replaced = base
      return override
    }
    if base.tag == "!reset" { return override }
    switch rule {
    case .general, .consumed: return general(base, override, shape)
    case .replace:
      if override.isNull, base.isNull { return base }
      override.replaced = base
      return override
    case .sequence: return sequence(base, override, distinct: false)
    case .hosts: return sequence(base, override, distinct: true)
    case .entries: return entries(base, override, shape)
    case .build: return deep(base, override, shape) { Self.context($0) }
    case .dependsOn: return deep(base, override, shape) { Self.dependencies($0) }
    case .names: return deep(base, override, shape) { Self.names($0) }
    case .logging: return logging(base, override, shape)
    case .ipam: return ipam(base, override, shape)
    }
  }

  private mutating func general(_ base: Node, _ override: Node, _ shape: Shape?) -> Node {
    switch (base.value, override.value) {
    case (_, .null): return base
    case (.null, _):
      override.replaced = base
      return override
    case (.map, .map): return fields(base, override, shape)
    case (.list, .list): return list(base, override, shape)
    case (.map, .list(let tags)) where isExtension(shape) && ListIdentity.isTags(path.last):
      override.value = Self.fields(ofTags: tags) ?? override.value
      return override.fields == nil ? mismatch(base, override) : fields(base, override, nil)
    case (.list, .map(let tags)) where isExtension(shape) && ListIdentity.isTags(path.last):
      override.value = .list(Self.tags(tags))
      return list(base, override, shape)
    case (.map, _), (_, .map), (.list, _), (_, .list): return mismatch(base, override)
    default:
      override.replaced = base
      return override
    }
  }

  private func mismatch(_ base: Node, _ override: Node) -> Node {
    findings.report(
      .error(
        at: override.place,
        "cannot override \(path): it is \(base.kind) in \(base.place.fileAndLine) and \(override.kind) here",
        remedy: "write it in the same form, or put !override before the value"))
    return base
  }

  private mutating func fields(_ base: Node, _ override: Node, _ shape: Shape?, rule: Merge? = nil) -> Node {
    guard case .map(var result) = base.value, case .map(let added) = override.value else { return base }
    base.value = .null
    let shape = shape?.long
    for (key, node) in added {
      guard let old = result[key] else {
        result[key] = node
        continue
      }
      path.push(key)
      switch shape {
      case .record(let record):
        let attribute = record[key]
        result[key] = merge(old, node, attribute?.shape, attribute?.merge ?? .general)
      case .map(let value, _): result[key] = merge(old, node, value, rule ?? .general)
      default: result[key] = merge(old, node, nil)
      }
      path.pop()
    }
    base.value = .map(result)
    return base
  }

  private mutating func deep(_ base: Node, _ override: Node, _ shape: Shape?, _ long: (Node) -> Void) -> Node {
    if base.isNull || override.isNull { return general(base, override, shape) }
    long(base)
    long(override)
    return general(base, override, shape)
  }

  private mutating func entries(_ base: Node, _ override: Node, _ shape: Shape?) -> Node {
    guard base.fields != nil, override.fields != nil else { return general(base, override, shape) }
    return fields(base, override, shape, rule: .replace)
  }

  private mutating func logging(_ base: Node, _ override: Node, _ shape: Shape?) -> Node {
    let (old, new) = (base["driver"]?.string, override["driver"]?.string)
    if override.fields != nil, base.fields != nil, let old, let new, old != new {
      override.replaced = base
      return override
    }
    return general(base, override, shape)
  }
}

// MARK: - Sequences

extension MergeRules {
  private mutating func sequence(_ base: Node, _ override: Node, distinct: Bool) -> Node {
    if override.isNull { return base }
    if base.isNull {
      override.replaced = base
      return override
    }
    if let resets = override.fields?.filter({ $0.value.tag == "!reset" || $0.value.tag == "!override" }) {
      base.removeFields { key, _ in resets[key] != nil }
      override.removeFields { key, _ in resets[key]?.tag == "!reset" }
    }
    var items = Self.items(base)
    let added = Self.items(override)
    if distinct {
      let known = Set(items.compactMap(\.string))
      items += added.filter { $0.string.map { !known.contains($0) } ?? true }
    } else {
      items += added
    }
    base.value = .list(items)
    return base
  }

  /// A mapping as `key=value` texts in the order of the texts, a scalar as its only item.
  static func items(_ node: Node) -> [Node] {
    switch node.value {
    case .list(let items): return items
    case .map(let fields):
      var items: [Node] = []
      for (key, value) in fields {
        let values = value.list ?? [value]
        for value in values {
          let item = Node(.string(value.isNull ? key : "\(key)=\(Casts.text(value) ?? "")"), at: value.place)
          item.keyPlace = value.keyPlace
          items.append(item)
        }
      }
      return items.sorted { ($0.string ?? "") < ($1.string ?? "") }
    case .null: return []
    default:
      let item = Node(node.value, at: node.place, source: node.source)
      return [item]
    }
  }

  /// By `subnet`: an entry of the override takes the place of, or joins, the one of the base.
  private mutating func ipam(_ base: Node, _ override: Node, _ shape: Shape?) -> Node {
    guard let old = base.list, let new = override.list else { return general(base, override, shape) }
    var result = old
    var indexes: [String?: Int] = [:]
    for (index, entry) in old.enumerated() where indexes[entry["subnet"]?.string] == nil {
      indexes[entry["subnet"]?.string] = index
    }
    for entry in new {
      let subnet = entry["subnet"]?.string
      if let index = indexes[subnet] {
        result[index] = merge(result[index], entry, shape?.item)
      } else {
        indexes[subnet] = result.count
        result.append(entry)
      }
    }
    base.value = .list(result)
    return base
  }
}

// MARK: - Lists below x- keys

extension MergeRules {
  /// Whether the value stands below an `x-` key, of which no table of Compose knows the shape.
  private func isExtension(_ shape: Shape?) -> Bool {
    guard shape == nil else { return false }
    return path.segments.contains { if case .key(let key) = $0 { key.hasPrefix("x-") } else { false } }
  }

  /// Items that are one by `ListIdentity` are merged where the earlier one stands; the others are appended.
  private mutating func list(_ base: Node, _ override: Node, _ shape: Shape?) -> Node {
    guard case .list(var result) = base.value, case .list(let added) = override.value else { return base }
    guard isExtension(shape), let fields = ListIdentity.fields(of: path.last) else {
      base.append(contentsOf: added)
      return base
    }
    let pairs = ListIdentity.pairs(result, added, by: fields)
    for (index, item) in added.enumerated() {
      if let place = pairs[index] {
        path.push(place)
        result[place] = item.fields != nil && result[place].fields == nil ? item : merge(result[place], item, nil)
        path.pop()
      } else {
        result.append(item)
      }
    }
    base.value = .list(result)
    return base
  }

  /// A list of tags as a mapping; nil when an item is something else.
  private static func fields(ofTags items: [Node]) -> Node.Value? {
    var fields = Node.Fields()
    for item in items {
      guard let key = item["Key"]?.string, let value = item["Value"], item.fields?.count == 2 else { return nil }
      if item.tag != nil { value.tag = item.tag }
      value.keyPlace = item.place
      fields[key] = value
    }
    return .map(fields)
  }

  /// A mapping of tags as the list that CloudFormation takes.
  private static func tags(_ fields: Node.Fields) -> [Node] {
    fields.map { key, value in
      let place = value.keyPlace ?? value.place
      let tag = Node(.map(["Key": Node(.string(key), at: place), "Value": value]), at: place)
      tag.tag = value.tag == "!reset" ? value.tag : nil
      return tag
    }
  }
}

// MARK: - Short forms that merge as their long ones

extension MergeRules {
  static func context(_ node: Node) {
    guard node.string != nil else { return }
    let context = Node(node.value, at: node.place)
    node.value = .map(["context": context])
  }

  static func dependencies(_ node: Node) {
    guard let items = node.list else { return }
    var fields = Node.Fields()
    for item in items {
      guard let name = item.string else { return }
      let entry = Node(.map([:]), at: item.place)
      entry.set("condition", Node(.string("service_started"), at: item.place))
      entry.set("required", Node(.bool(true), at: item.place))
      entry.keyPlace = item.place
      fields[name] = entry
    }
    node.value = .map(fields)
  }

  static func names(_ node: Node) {
    guard let items = node.list else { return }
    var fields = Node.Fields()
    for item in items {
      guard let name = item.string else { return }
      let entry = Node(.null, at: item.place)
      entry.keyPlace = item.place
      fields[name] = entry
    }
    node.value = .map(fields)
  }
}

extension Node {
  /// Takes `!reset` nodes out of the tree, and the tags off the others.
  func dropTags() {
    tag = nil
    switch value {
    case .list(let items):
      if items.contains(where: { $0.tag == "!reset" }) { value = .list(items.filter { $0.tag != "!reset" }) }
      for item in items { item.dropTags() }
    case .map(let fields):
      var hasResets = false
      for child in fields.values {
        if child.tag == "!reset" { hasResets = true } else { child.dropTags() }
      }
      if hasResets { removeFields { _, child in child.tag == "!reset" } }
    default: return
    }
  }
}
