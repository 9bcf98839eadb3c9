/// Writes nodes as block YAML, two blanks per level, keys in their order; the same nodes always give the same bytes.
public struct YAMLWriter {
  /// How references and intrinsic functions are written.
  public enum Functions {
    /// As mappings: `Ref: Queue`.
    case long
    /// With CloudFormation's tags where one can say it: `!Ref Queue`.
    case short
  }

  private let functions: Functions
  private var out: [UInt8] = []

  /// The text of a document, with a line end at its end.
  public static func write(_ node: Node, functions: Functions = .long) -> [UInt8] {
    var writer = YAMLWriter(functions: functions)
    writer.write(node, indent: 0, after: .start)
    return writer.out
  }

  private init(functions: Functions) { self.functions = functions }

  /// What stands on the line before a value.
  private enum Before { case start, key, dash, tag }

  /// Writes a value and the end of its last line; the lines of a block stand `indent` blanks in.
  private mutating func write(_ node: Node, indent: Int, after before: Before) {
    if functions == .short, before != .tag, let (tag, argument) = node.shortForm {
      separate(before)
      out.append(contentsOf: tag.utf8)
      return write(argument, indent: indent, after: .tag)
    }
    switch node.value {
    case .reference, .text: write(node.longForm, indent: indent, after: before)
    case .list(let items) where !items.isEmpty:
      let inPlace = open(before)
      for (index, item) in items.enumerated() {
        if index > 0 || !inPlace { blanks(indent) }
        out.append(contentsOf: "-".utf8)
        write(item, indent: indent + 2, after: .dash)
      }
    case .map(let fields) where !fields.isEmpty:
      let inPlace = open(before)
      for (index, field) in fields.enumerated() {
        if index > 0 || !inPlace { blanks(indent) }
        writeKey(field.key, indent: indent)
        write(field.value, indent: indent + 2, after: .key)
      }
    default:
      separate(before)
      writeScalar(node, indent: indent)
      out.append(UInt8(ascii: "\n"))
    }
  }

  /// A key and its colon. YAML knows one of more than 1,024 characters by a question mark only.
  private mutating func writeKey(_ key: String, indent: Int) {
    let start = out.count
    YAMLText.write(key, into: &out)
    if out.count - start > 1_000 {
      out.insert(contentsOf: "? ".utf8, at: start)
      out.append(UInt8(ascii: "\n"))
      blanks(indent)
    }
    out.append(UInt8(ascii: ":"))
  }

  /// Begins a block collection: true when its first line goes on where the writer is.
  private mutating func open(_ before: Before) -> Bool {
    switch before {
    case .start: return true
    case .dash:
      out.append(UInt8(ascii: " "))
      return true
    case .key, .tag:
      out.append(UInt8(ascii: "\n"))
      return false
    }
  }

  private mutating func separate(_ before: Before) {
    if before != .start { out.append(UInt8(ascii: " ")) }
  }

  /// A scalar or an empty collection; a block scalar's lines stand `indent` blanks in.
  private mutating func writeScalar(_ node: Node, indent: Int) {
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
    case .list: out.append(contentsOf: "[]".utf8)
    case .map: out.append(contentsOf: "{}".utf8)
    case .reference, .text: break
    }
  }

  private mutating func blanks(_ count: Int) {
    out.append(contentsOf: repeatElement(UInt8(ascii: " "), count: count))
  }
}

extension Node {
  /// About how many bytes the node has as block YAML or indented JSON: small models may hold one long text thousands of times.
  public var writtenBytes: Int { writtenBytes(depth: 0) }

  private func writtenBytes(depth: Int) -> Int {
    switch value {
    case .list(let items): items.reduce(0) { $0 + 2 * depth + 2 + $1.writtenBytes(depth: depth + 1) }
    case .map(let fields):
      fields.reduce(0) { $0 + 2 * depth + $1.key.utf8.count + 2 + $1.value.writtenBytes(depth: depth + 1) }
    case .string(let text): text.utf8.count + 1
    default: 8
    }
  }
}
