import CYAML

/// Scalars, and what tags make of nodes.
extension YAMLComposer {
  func scalar(tag: String?, at place: Place) throws(Finding) -> Node {
    let scalar = event.pointee.data.scalar
    let bytes = UnsafeBufferPointer(start: scalar.value, count: scalar.length)
    guard let tag else {
      guard scalar.style == YAML_PLAIN_SCALAR_STYLE else {
        return Node(.string(String(decoding: bytes, as: UTF8.self)), at: place)
      }
      let value = YAMLScalar.resolve(bytes)
      if case .string = value { return Node(value, at: place) }
      return Node(value, at: place, source: String(decoding: bytes, as: UTF8.self))
    }
    let string = String(decoding: bytes, as: UTF8.self)
    guard tag.hasPrefix("tag:yaml.org,2002:") else {
      // The value of an empty `!reset` or `!override` is null, as if the tag were not there.
      let isOurs = tag == "!reset" || tag == "!override"
      if isOurs, scalar.style == YAML_PLAIN_SCALAR_STYLE {
        return Node(YAMLScalar.resolve(bytes), at: place, source: string)
      }
      return Node(.string(string), at: place)
    }
    let name = tag.dropFirst("tag:yaml.org,2002:".count)
    guard let value = Self.tagged(String(name), string, bytes) else {
      throw .error(
        at: place, "\"\(string)\" is not a value of type !!\(name)",
        remedy: "drop the tag, or write a value of that type")
    }
    return Node(value, at: place, source: string)
  }

  /// The value of a scalar with one of YAML's own tags; nil when the text does not fit.
  static func tagged(_ name: String, _ string: String, _ bytes: UnsafeBufferPointer<UInt8>) -> Node.Value? {
    let resolved = YAMLScalar.resolve(bytes)
    switch (name, resolved) {
    case ("int", .int), ("bool", .bool), ("null", .null), ("float", .float): return resolved
    case ("float", .int(let int)): return .float(Double(int))
    case ("int", _), ("bool", _), ("float", _), ("null", _): return nil
    case ("binary", _): return Base64.text(string).map { .string($0) }
    default: return .string(string)
    }
  }

  /// Acts on the tag of a finished node.
  func finish(_ node: Node, tag: String?, at place: Place) throws(Finding) -> Node {
    guard let tag, tag.utf8.first == UInt8(ascii: "!"), tag.utf8.count > 1 else { return node }
    switch tag {
    case "!reset":
      // An item below an x- key says which one of an earlier file goes.
      if extensions > 0, case .item = path.last {
        node.tag = tag
        return node
      }
      let reset = Node(.null, at: place)
      reset.tag = tag
      return reset
    case "!override":
      node.tag = tag
      return node
    default: break
    }
    guard let key = YAMLTags.longKey(tag) else {
      if extensions > 0, let near = YAMLTags.near(tag) {
        findings.report(.warning(at: place, "the tag \(tag) is not known", remedy: "did you mean \"\(near)\"?"))
      }
      return node
    }
    if extensions > 0 { return YAMLTags.expand(node, key: key) }
    findings.report(
      .warning(
        at: place, "the tag \(tag) has no effect here", remedy: "CloudFormation's functions belong into x- sections"))
    return node
  }
}
