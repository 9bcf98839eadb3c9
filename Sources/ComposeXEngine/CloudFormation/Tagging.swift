/// Tags on resources, in the form that each type takes: a list of keys and values, a mapping, or none.
enum Tagging {
  /// Refuses a key that no service takes: 1 to 128 letters, and `aws:` is AWS's own.
  /// https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html
  static func checkKey(_ key: String) throws {
    guard (1...128).contains(key.unicodeScalars.count) else {
      throw ScriptError("a tag key has 1 to 128 letters, not \(key.unicodeScalars.count)", remedy: "shorten it")
    }
    if key.lowercased().hasPrefix("aws:") {
      throw ScriptError("tag \"\(key)\" begins with aws:, which is reserved", remedy: "choose another key")
    }
  }

  /// Sets one tag; a resource whose type takes no tags is left alone. One that is there stays when `keeping`.
  static func tag(_ resource: Resource, _ name: String, _ value: Node, keeping: Bool = false) {
    switch resource.registered?.tags {
    case .map(let property)?:
      let map = holder(property, .map([:]), of: resource, at: value.place)
      if !keeping || map[name] == nil { map.set(name, value) }
    case .list(let property, let key, let valueKey, let more)?:
      let list = holder(property, .list([]), of: resource, at: value.place)
      if let old = list.list?.first(where: { $0[key]?.string == name }) {
        if !keeping { old.set(valueKey, value) }
        return
      }
      var fields: Node.Fields = [key: Node(.string(name), at: value.place), valueKey: value]
      // Auto Scaling groups want to know of every tag whether instances get it too.
      for flag in more { fields[flag] = Node(.bool(true), at: value.place) }
      list.append(Node(.map(fields), at: value.place))
    case .some(.none), nil: return
    }
  }

  /// Whether another tag would replace the resource.
  static func isLasting(_ resource: Resource) -> Bool {
    let property: String? =
      switch resource.registered?.tags {
      case .map(let property)?: property
      case .list(let property, _, _, _)?: property
      case .some(.none), nil: nil
      }
    return property.map { resource.registered?.createOnly.contains($0) == true } ?? false
  }

  /// User tags that a resource takes.
  static let most = 50

  static func count(of resource: Resource) -> Int {
    switch resource.registered?.tags {
    case .map(let property)?: resource.properties[property]?.fields?.count ?? 0
    case .list(let property, _, _, _)?: resource.properties[property]?.list?.count ?? 0
    case .some(.none), nil: 0
    }
  }

  private static func holder(_ property: String, _ empty: Node.Value, of resource: Resource, at place: Place) -> Node {
    if let node = resource.properties[property] { return node }
    let node = Node(empty, at: place)
    resource.properties.set(property, node)
    return node
  }
}
