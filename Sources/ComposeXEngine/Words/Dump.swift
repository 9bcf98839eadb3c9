import ComposeXLua

/// Any value of a script as YAML that is meant to be looked at.
struct Dump {
  private let session: ScriptSession

  init(_ session: ScriptSession) { self.session = session }

  func text(_ value: LuaValue) throws -> String {
    var bytes = YAMLWriter.write(try node(value), functions: .short)
    while bytes.last == UInt8(ascii: "\n") { bytes.removeLast() }
    try session.host.charge(bytes.count)
    return String(decoding: bytes, as: UTF8.self)
  }

  private func node(_ value: LuaValue) throws -> Node {
    switch value {
    case .object(let view as ResourceView):
      let resource = view.resource
      var fields: Node.Fields = ["Type": Node(.string(resource.type), at: .unknown)]
      if resource.properties.fields?.isEmpty == false { fields["Properties"] = resource.properties }
      for (name, attribute) in resource.attributes.fields ?? [:] { fields[name] = attribute }
      return Node(.map([resource.id: Node(.map(fields), at: .unknown)]), at: .unknown)
    case .object(let view as ServiceView): return view.node
    case .object(let view as TaskView): return Node(.string(view.luaDescription), at: .unknown)
    case .object(let object)
    where !(object is NodeView || object is ReferenceView || object is PlacedValue || object is Marker):
      return Node(.string("(\(object.luaTypeName))"), at: .unknown)
    case .object(let marker as Marker) where marker.meaning == .unset:
      return Node(.string("(composex.unset)"), at: .unknown)
    case .reference: return Node(.string("(function)"), at: .unknown)
    case .table(let table):
      if table.fields.isEmpty, !table.items.isEmpty { return Node(.list(try table.items.map(node)), at: .unknown) }
      var fields: Node.Fields = [:]
      for (index, item) in table.items.enumerated() { fields[String(index + 1)] = try node(item) }
      for (key, field) in table.fields { fields[key] = try node(field) }
      return Node(.map(fields), at: .unknown)
    default: return try Conversion.node(value, at: .unknown, session: nil, host: session.host)
    }
  }
}
