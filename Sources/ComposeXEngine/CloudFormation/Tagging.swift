/// Tags on resources, in the form that each type takes: a list of keys and values, a mapping, or none.
enum Tagging {
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

  private static func holder(_ property: String, _ empty: Node.Value, of resource: Resource, at place: Place) -> Node {
    if let node = resource.properties[property] { return node }
    let node = Node(empty, at: place)
    resource.properties.set(property, node)
    return node
  }
}
