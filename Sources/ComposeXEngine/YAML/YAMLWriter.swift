/// Writes nodes as block YAML, two blanks per level, keys in their order; the same nodes always give the same bytes.
public struct YAMLWriter {
  public static func write(_ node: Node) -> [UInt8] {
    var out: [UInt8] = []
    switch node.value {
    case .list(let items) where !items.isEmpty: writeItems(items, indent: 0, into: &out)
    case .map(let fields) where !fields.isEmpty: writeFields(fields, indent: 0, into: &out)
    default:
      writeValue(node, indent: 0, into: &out)
      out.append(UInt8(ascii: "\n"))
    }
    return out
  }

  private static func writeFields(_ fields: Node.Fields, indent: Int, into out: inout [UInt8], isFirstInPlace: Bool = false) {
    var isInPlace = isFirstInPlace
    for (key, value) in fields {
      if !isInPlace { blanks(indent, into: &out) }
      isInPlace = false
      YAMLText.write(key, into: &out)
      out.append(UInt8(ascii: ":"))
      switch value.value {
      case .list(let items) where !items.isEmpty:
        out.append(UInt8(ascii: "\n"))
        writeItems(items, indent: indent + 2, into: &out)
      case .map(let fields) where !fields.isEmpty:
        out.append(UInt8(ascii: "\n"))
        writeFields(fields, indent: indent + 2, into: &out)
      case .reference, .text:
        out.append(UInt8(ascii: "\n"))
        writeFields(value.longForm.fields ?? [:], indent: indent + 2, into: &out)
      default:
        out.append(UInt8(ascii: " "))
        writeValue(value, indent: indent + 2, into: &out)
        out.append(UInt8(ascii: "\n"))
      }
    }
  }

  private static func writeItems(_ items: [Node], indent: Int, into out: inout [UInt8], isFirstInPlace: Bool = false) {
    var isInPlace = isFirstInPlace
    for item in items {
      if !isInPlace { blanks(indent, into: &out) }
      isInPlace = false
      out.append(contentsOf: "- ".utf8)
      switch item.value {
      case .list(let items) where !items.isEmpty: writeItems(items, indent: indent + 2, into: &out, isFirstInPlace: true)
      case .map(let fields) where !fields.isEmpty: writeFields(fields, indent: indent + 2, into: &out, isFirstInPlace: true)
      case .reference, .text:
        writeFields(item.longForm.fields ?? [:], indent: indent + 2, into: &out, isFirstInPlace: true)
      default:
        writeValue(item, indent: indent + 2, into: &out)
        out.append(UInt8(ascii: "\n"))
      }
    }
  }

  /// A scalar or an empty collection; a block scalar's lines stand `indent` blanks in.
  private static func writeValue(_ node: Node, indent: Int, into out: inout [UInt8]) {
    switch node.value {
    case .null: out.append(contentsOf: "null".utf8)
    case .bool(let value): out.append(contentsOf: (value ? "true" : "false").utf8)
    case .int(let value): out.append(contentsOf: String(value).utf8)
    case .float(let value): out.append(contentsOf: YAMLScalar.text(of: value).utf8)
    case .string(let value):
      if indent > 0, YAMLText.isBlock(value) {
        YAMLText.writeBlock(value, indent: indent, into: &out)
      } else {
        YAMLText.write(value, into: &out)
      }
    case .list(let items):
      if items.isEmpty { return out.append(contentsOf: "[]".utf8) }
    case .map(let fields):
      if fields.isEmpty { return out.append(contentsOf: "{}".utf8) }
    case .reference, .text:
      return
    }
  }

  private static func blanks(_ count: Int, into out: inout [UInt8]) {
    out.append(contentsOf: repeatElement(UInt8(ascii: " "), count: count))
  }
}

extension Node {
  /// A reference or a text with references, in CloudFormation's long form: `Ref`, `Fn::GetAtt` or `Fn::Sub`.
  var longForm: Node {
    func name(_ reference: Reference) -> String {
      switch reference.target {
      case .resource(let resource): resource.id
      case .name(let name): name
      }
    }
    func string(_ text: String) -> Node { Node(.string(text), at: place) }
    switch value {
    case .reference(let reference):
      guard let attribute = reference.attribute else { return Node(.map(["Ref": string(name(reference))]), at: place) }
      return Node(.map(["Fn::GetAtt": Node(.list([string(name(reference)), string(attribute)]), at: place)]), at: place)
    case .text(let parts):
      var text = ""
      for part in parts {
        switch part {
        case .literal(let literal): text += literal.replacing("${", with: "${!")
        case .reference(let reference):
          text += "${" + name(reference) + (reference.attribute.map { "." + $0 } ?? "") + "}"
        }
      }
      return Node(.map(["Fn::Sub": string(text)]), at: place)
    default: return self
    }
  }
}
