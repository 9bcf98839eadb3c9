/// Makes the entries of a list unique by their key: the last content wins at the first position.
struct Uniqueness {
  /// Makes the entries of `list` unique, when it is a list.
  static func enforce(_ unique: UniqueKey, in list: Node) {
    if case .list(let items) = list.value, items.count > 1 { enforce(unique, items, in: list) }
  }

  private static func enforce(_ unique: UniqueKey, _ items: [Node], in list: Node) {
    // Most lists are short, and have nothing twice.
    if items.count <= 4 {
      let keys = items.map { key(of: $0, unique) }
      let isUnique = keys.indices.allSatisfy { index in keys[index] == nil || !keys[..<index].contains(keys[index]) }
      if isUnique { return }
    }
    var positions: [String: Int] = [:]
    var result: [Node] = []
    for item in items {
      guard let key = key(of: item, unique) else {
        result.append(item)
        continue
      }
      if let position = positions[key] {
        item.replaced = result[position]
        result[position] = item
      } else {
        positions[key] = result.count
        result.append(item)
      }
    }
    if result.count < items.count { list.value = .list(result) }
  }

  /// What makes `item` the same as another; nil when it has no such thing.
  private static func key(of item: Node, _ unique: UniqueKey) -> String? {
    let text = Casts.text(item)
    switch unique {
    case .key: return text.map { $0.utf8.prefix { $0 != UInt8(ascii: "=") }.text }
    case .text: return text
    case .path: return text ?? item["path"]?.string
    case .mount:
      guard let text else { return item["target"]?.string }
      return (try? VolumeSpec.parse(text))?.target ?? text
    case .device:
      guard let text else { return item["target"]?.string ?? item["source"]?.string }
      let parts = text.split(separator: ":")
      return parts.count > 1 ? String(parts[1]) : text
    case .secret, .config:
      if let target = item["target"]?.string { return target }
      let prefix = unique == .secret ? "/run/secrets/" : "/"
      return (text ?? item["source"]?.string).map { prefix + $0 }
    case .port:
      if let text { return text }
      guard let target = item["target"].flatMap(Casts.text) else { return nil }
      let address = item["host_ip"]?.string ?? "0.0.0.0"
      let published = item["published"].flatMap(Casts.text) ?? ""
      return "\(address):\(published):\(target)/\(item["protocol"]?.string ?? "tcp")"
    }
  }
}
