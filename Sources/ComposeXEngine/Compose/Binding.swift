/// Gives every value its canonical type, and inserts defaults and resolves paths on the way: sizes in bytes, times as Go prints them, words as lists, pairs as mappings of texts.
///
/// Runs on a checked model; a text with a variable that is not known yet stays as it is.
struct Binding {
  let findings: Findings
  let completion: Completion
  let allowsVariables: Bool
  /// Looks bare environment keys up; nil leaves them null.
  let lookup: VariableText.Lookup?
  private var path = ModelPath()

  init(findings: Findings, completion: Completion, allowsVariables: Bool = false, lookup: VariableText.Lookup? = nil) {
    self.findings = findings
    self.completion = completion
    self.allowsVariables = allowsVariables
    self.lookup = lookup
  }

  mutating func run(_ root: Node) { visit(root, .record(Fields.root)) }

  private mutating func visit(_ node: Node, _ shape: Shape) {
    switch shape {
    case .any, .string, .oneOf, .pattern: return
    case .short(.ulimit, _) where node.fields == nil: bindInteger(node)
    case .short(_, let long), .orNull(let long): visit(node, long)
    case .record(let record):
      completion.complete(node, record)
      for (key, child) in node.fields ?? [:] {
        guard let attribute = record[key], !attribute.passes.isDisjoint(with: [.binding, .completion]) else { continue }
        path.push(key)
        visit(child, attribute.shape)
        path.pop()
      }
    case .map(let value, _):
      for (key, child) in node.fields ?? [:] {
        path.push(key)
        visit(child, value)
        path.pop()
      }
    case .list(let item, _):
      for (index, child) in (node.list ?? []).enumerated() {
        path.push(index)
        visit(child, item)
        path.pop()
      }
    case .stringOrList: if node.string != nil { node.value = .list([Node(node.value, at: node.place)]) }
    case .command: command(node)
    case .healthTest:
      guard node.string != nil else { return }
      node.value = .list([Node(.string("CMD-SHELL"), at: node.place), Node(node.value, at: node.place)])
    case .pairs(let nullable): pairs(node, nullable: nullable)
    case .options: options(node)
    case .texts: texts(node)
    case .hosts: hosts(node)
    default: scalar(node, shape)
    }
  }

  private func scalar(_ node: Node, _ shape: Shape) {
    if let text = node.string, allowsVariables, VariableText.isNeeded(text) { return }
    switch shape {
    case .boolean: if let value = node.string.flatMap(Casts.boolean) { node.value = .bool(value) }
    case .integer: bindInteger(node)
    case .number:
      if case .int(let int) = node.value { node.value = .float(Double(int)) }
      if let value = node.string.flatMap(Casts.number) { node.value = .float(value) }
    case .bytes:
      if case .int(let int) = node.value { node.value = .string(String(int)) }
      if let bytes = node.string.flatMap(Quantities.bytes) { node.value = .string(String(bytes)) }
    case .duration:
      if let time = node.string.flatMap(Quantities.nanoseconds) {
        node.value = .string(Quantities.text(nanoseconds: time))
      }
    case .fileMode: fileMode(node)
    case .deviceCount:
      guard let text = node.string else { return }
      if let value = text == "all" ? -1 : Casts.integer(text) { node.value = .int(value) }
    case .published, .stringOrNumber, .stringOrBoolean:
      if let text = Casts.text(node) { node.value = .string(text) }
    default: return
    }
  }

  private func bindInteger(_ node: Node) {
    if case .float(let float) = node.value, let int = Int(exactly: float) { node.value = .int(int) }
    if let value = node.string.flatMap(Casts.integer) { node.value = .int(value) }
  }

  /// Octal text; a number is the mode itself (`0440` was read as 288).
  private func fileMode(_ node: Node) {
    let mode: Int?
    switch node.value {
    case .int(let int): mode = int
    case .string(let text): mode = Int(text.hasPrefix("0o") ? String(text.dropFirst(2)) : text, radix: 8)
    default: return
    }
    guard let mode, (0...0o7777).contains(mode) else {
      findings.report(
        .error(
          at: node.place, "\(path) is not a file mode: \"\(Casts.text(node) ?? "")\"",
          remedy: "write octal digits, such as \"0440\""))
      return
    }
    let digits = String(mode, radix: 8)
    node.value = .string(String(repeating: "0", count: max(0, 4 - digits.count)) + digits)
  }

  private func command(_ node: Node) {
    guard let text = node.string, !allowsVariables else { return }
    guard let words = Quantities.shellWords(text) else {
      findings.report(
        .error(
          at: node.place, "\(path): invalid command line string: \"\(text.prefix(80))\"",
          remedy: "close the quotes, or write a list of words"))
      return
    }
    if let sign = words.first(where: { [";", "&", "&&", "|", "||", ">", "<", ">>"].contains($0) }) {
      findings.report(
        .warning(
          at: node.place, "\(path): \"\(sign)\" is an ordinary word here: no shell runs the command",
          remedy: "write [\"sh\", \"-c\", \"...\"]"))
    }
    node.value = .list(words.map { Node(.string($0), at: node.place) })
  }
}

// MARK: - Pairs

extension Binding {
  private mutating func pairs(_ node: Node, nullable: Bool) {
    if let items = node.list, nullable {
      for item in items {
        guard let key = item.string?.utf8.prefix(while: { $0 != UInt8(ascii: "=") }), key.last == UInt8(ascii: " ")
        else { continue }
        findings.report(
          .error(
            at: item.place, "\(path): environment variable \(Substring(key)) is declared with a trailing space",
            remedy: "remove the blank before ="))
      }
    }
    var fields = Self.pairs(node)
    for (key, value) in fields {
      switch value.value {
      case .string: continue
      case .null:
        if !nullable {
          fields[key] = text("", value)
        } else if let found = lookup?(key) {
          fields[key] = text(found, value)
          if DynamicReference.isNew(in: found, before: "") {
            findings.report(DynamicReference.byVariable(at: value.place, "\(path).\(key)"))
          }
        }
      default:
        let string = Casts.text(value) ?? ""
        if let source = value.source, source != string {
          findings.report(
            .warning(
              at: value.place, "\(path).\(key): the number \(source) becomes the string \"\(string)\"",
              remedy: "put it into quotes to keep it as it is: \"\(source)\""))
        }
        fields[key] = text(string, value)
      }
    }
    node.value = .map(fields)
  }

  /// `node` as a mapping: `key=value`, bare keys as null, the last of equal keys at the first one's position.
  static func pairs(_ node: Node) -> Node.Fields {
    if case .map(let fields) = node.value { return fields }
    var fields = Node.Fields()
    for item in node.list ?? [] {
      guard let text = item.string else { continue }
      let mark = text.utf8.firstIndex(of: UInt8(ascii: "="))
      let value = Node(mark.map { .string(String(text[text.utf8.index(after: $0)...])) } ?? .null, at: item.place)
      value.keyPlace = item.keyPlace ?? item.place
      value.replaced = item.replaced
      fields[mark.map { String(text[..<$0]) } ?? text] = value
    }
    return fields
  }

  private func text(_ text: String, _ old: Node) -> Node {
    let node = Node(.string(text), at: old.place)
    node.keyPlace = old.keyPlace
    node.replaced = old.replaced
    return node
  }

  private func options(_ node: Node) {
    guard case .map(let fields) = node.value else { return }
    for value in fields.values { value.value = .string(Casts.text(value) ?? "") }
  }

  private func texts(_ node: Node) {
    func item(_ node: Node) -> Node { Node(.string(Casts.text(node) ?? ""), at: node.place) }
    node.value = .list(node.list?.map(item) ?? [item(node)])
  }

  /// Host to list of addresses; hosts that are listed twice collect theirs.
  private mutating func hosts(_ node: Node) {
    var result = Node.Fields()
    func add(_ host: String, _ addresses: [Node], _ item: Node) {
      if host.isEmpty || host.contains(":") || host.contains("=") {
        findings.report(.error(at: item.place, "\(path): bad host name '\(host)'", remedy: "write host=address"))
      }
      let list = result[host] ?? Node(.list([]), at: item.place)
      if list.keyPlace == nil { list.keyPlace = item.keyPlace ?? item.place }
      for address in addresses {
        let text = address.string ?? ""
        let bare = text.first == "[" && text.last == "]" ? String(text.dropFirst().dropLast()) : text
        list.append(Node(.string(bare), at: address.place))
      }
      result[host] = list
    }
    switch node.value {
    case .map(let fields):
      for (host, value) in fields { add(host, value.list ?? [value], value) }
    case .list(let items):
      for item in items {
        guard let text = item.string else { continue }
        guard let mark = text.firstIndex(of: "=") ?? text.firstIndex(of: ":") else {
          findings.report(
            .error(
              at: item.place, "\(path): invalid additional host, missing IP: \(text)", remedy: "write host=address"))
          continue
        }
        let addresses = text[text.index(after: mark)...].split(separator: ",", omittingEmptySubsequences: false)
        add(String(text[..<mark]), addresses.map { Node(.string(String($0)), at: item.place) }, item)
      }
    default: return
    }
    node.value = .map(result)
  }
}
