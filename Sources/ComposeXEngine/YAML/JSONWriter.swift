/// Writes nodes as JSON, keys in their order: the one writer of JSON, in the layouts that its readers want.
public struct JSONWriter {
  enum Layout {
    /// Two blanks per level, a line for each entry.
    case indented
    /// Without blanks: a text inside a template, whose length counts.
    case compact
    /// On one line, for messages: keys without quotes, functions with their short tags (`!Ref Queue`).
    case brief
  }

  private let layout: Layout
  private var out: [UInt8] = []

  private init(_ layout: Layout) { self.layout = layout }

  /// The text of a file: indented, with a line end after it.
  public static func write(_ node: Node) -> [UInt8] {
    var writer = JSONWriter(.indented)
    writer.write(node, indent: 0)
    writer.out.append(UInt8(ascii: "\n"))
    return writer.out
  }

  /// The text on one line, without a line end.
  static func line(_ node: Node, _ layout: Layout) -> String {
    var writer = JSONWriter(layout)
    writer.write(node, indent: 0)
    return String(decoding: writer.out, as: UTF8.self)
  }

  private mutating func write(_ node: Node, indent: Int) {
    switch node.value {
    case .null: add("null")
    case .bool(let value): add(value ? "true" : "false")
    case .int(let value): add(String(value))
    case .float(let value): write(value)
    case .string(let value): JSONText.write(value, into: &out)
    case .list(let items): writeItems(items, indent: indent)
    case .map(let fields): writeFields(fields, indent: indent)
    case .reference, .text: if layout == .brief { writeTagged(node) } else { write(node.longForm, indent: indent) }
    }
  }

  /// JSON has no infinities: they stay the texts that YAML reads as such.
  private mutating func write(_ number: Double) {
    let text = YAMLScalar.text(of: number)
    if number.isFinite || layout == .brief { add(text) } else { JSONText.write(text, into: &out) }
  }

  private mutating func writeTagged(_ node: Node) {
    guard let (tag, argument) = node.shortForm else { return }
    add("\(tag) ")
    if let text = argument.string { add(text) } else { write(argument, indent: 0) }
  }

  private mutating func writeItems(_ items: [Node], indent: Int) {
    if items.isEmpty { return add("[]") }
    add("[")
    for (index, item) in items.enumerated() {
      separate(index, indent + 2)
      write(item, indent: indent + 2)
    }
    end(indent)
    add("]")
  }

  private mutating func writeFields(_ fields: Node.Fields, indent: Int) {
    if fields.isEmpty { return add("{}") }
    add("{")
    for (index, (key, value)) in fields.enumerated() {
      separate(index, indent + 2)
      if layout == .brief { add(key) } else { JSONText.write(key, into: &out) }
      add(layout == .compact ? ":" : ": ")
      write(value, indent: indent + 2)
    }
    end(indent)
    add("}")
  }

  /// What stands before entry `index`.
  private mutating func separate(_ index: Int, _ indent: Int) {
    if index > 0 { add(layout == .brief ? ", " : ",") }
    end(indent)
  }

  /// Ends the line in the layout that has lines.
  private mutating func end(_ indent: Int) {
    guard layout == .indented else { return }
    out.append(UInt8(ascii: "\n"))
    out.append(contentsOf: repeatElement(UInt8(ascii: " "), count: indent))
  }

  private mutating func add(_ text: String) { out.append(contentsOf: text.utf8) }
}

extension Node {
  /// The value on one line, as messages show it.
  var brief: String { JSONWriter.line(self, .brief) }
}
