import CYAML

/// What a document may ask of us.
public struct YAMLLimits: Sendable {
  /// Nested collections. libyaml needs quadratic time on deep flow nesting, and later passes recurse.
  public var depth = 200
  /// Nodes written out in one file.
  public var nodes = 1_000_000
  /// Nodes that aliases may add to one file.
  public var aliased = 250_000
  /// Bytes of one file.
  public var bytes = 64 << 20

  public init() {}
}

/// Turns the text of a YAML file into nodes that know their file, line and column.
///
/// Rules: YAML 1.2 scalars (`YAMLScalar`), aliases are copies, `<<` merges, keys are texts and stand once in a mapping,
/// `!reset` and `!override` stay on their nodes as `tag`, CloudFormation's short tags become the long form inside `x-` keys.
public struct YAMLComposer {
  private let file: SourceFile
  private let findings: Findings
  private let limits: YAMLLimits
  /// At a fixed address: libyaml keeps a pointer to the parser inside the parser.
  private let parser: UnsafeMutablePointer<yaml_parser_t>
  /// The current event.
  private let event: UnsafeMutablePointer<yaml_event_t>
  private var anchors: [String: Anchor] = [:]
  private var written = 0
  private var aliased = 0
  private var depth = 0
  /// The greatest depth met in the collection that is being read, aliases included.
  private var deepest = 0
  /// How many of the mapping keys around the current node begin with `x-`.
  private var extensions = 0
  private var path: [Step] = []

  private enum Step {
    case key(String)
    case item(Int)
  }

  private enum Anchor {
    case open(Place)
    case done(Node, nodes: Int, height: Int)
  }

  private init(
    file: SourceFile, findings: Findings, limits: YAMLLimits, parser: UnsafeMutablePointer<yaml_parser_t>,
    event: UnsafeMutablePointer<yaml_event_t>
  ) {
    self.parser = parser
    self.event = event
    self.file = file
    self.findings = findings
    self.limits = limits
  }

  /// The documents of a file, in order; a file of comments only has none.
  /// Throws the finding that ends the reading (syntax, limits); reports those that do not (duplicate keys, keys that are not text).
  public static func documents(
    _ bytes: [UInt8], file: SourceFile, findings: Findings, limits: YAMLLimits = YAMLLimits()
  ) throws(Finding) -> [Node] {
    if bytes.count > limits.bytes {
      throw .error(
        at: Place(file: file), "the file has \(bytes.count) bytes; at most \(limits.bytes) are read",
        remedy: "split it into several files")
    }
    let parser = UnsafeMutablePointer<yaml_parser_t>.allocate(capacity: 1)
    let event = UnsafeMutablePointer<yaml_event_t>.allocate(capacity: 1)
    event.initialize(to: yaml_event_t())
    defer {
      event.deallocate()
      parser.deallocate()
    }
    guard yaml_parser_initialize(parser) == 1 else {
      throw .error(at: Place(file: file), "out of memory while reading YAML")
    }
    defer { yaml_parser_delete(parser) }
    var composer = YAMLComposer(file: file, findings: findings, limits: limits, parser: parser, event: event)
    let result: Result<[Node], Finding> = bytes.withUnsafeBufferPointer { buffer in
      yaml_parser_set_input_string(parser, buffer.baseAddress, buffer.count)
      do throws(Finding) { return .success(try composer.stream(bytes)) } catch { return .failure(error) }
    }
    return try result.get()
  }

  private mutating func stream(_ bytes: [UInt8]) throws(Finding) -> [Node] {
    var documents: [Node] = []
    defer { yaml_event_delete(event) }
    while true {
      try next(bytes)
      switch event.pointee.type {
      case YAML_STREAM_END_EVENT: return documents
      case YAML_DOCUMENT_START_EVENT:
        anchors.removeAll()
        try next(bytes)
        documents.append(try node(bytes))
      default: continue
      }
    }
  }

  /// Moves to the next event.
  private mutating func next(_ bytes: [UInt8]) throws(Finding) {
    yaml_event_delete(event)
    if yaml_parser_parse(parser, event) == 0 { throw syntaxError(bytes) }
  }

  private func place(_ mark: yaml_mark_t) -> Place {
    Place(file: file, line: Int(clamping: mark.line) &+ 1, column: Int(clamping: mark.column) &+ 1)
  }
}

// MARK: - Nodes

extension YAMLComposer {
  /// The node that begins with the current event.
  private mutating func node(_ bytes: [UInt8]) throws(Finding) -> Node {
    let place = place(event.pointee.start_mark)
    if event.pointee.type == YAML_ALIAS_EVENT { return try alias(at: place) }
    written += 1
    if written > limits.nodes {
      throw .error(at: place, "the file has more than \(limits.nodes) values", remedy: "split it into several files")
    }
    switch event.pointee.type {
    case YAML_SCALAR_EVENT:
      let anchor = text(event.pointee.data.scalar.anchor)
      let tag = text(event.pointee.data.scalar.tag)
      let node = try scalar(tag: tag, at: place)
      let result = try finish(node, tag: tag, at: place)
      if let anchor { anchors[anchor] = .done(result, nodes: 1, height: 0) }
      return result
    case YAML_SEQUENCE_START_EVENT:
      return try collection(
        anchor: text(event.pointee.data.sequence_start.anchor), tag: text(event.pointee.data.sequence_start.tag), at: place, bytes)
    case YAML_MAPPING_START_EVENT:
      return try collection(
        anchor: text(event.pointee.data.mapping_start.anchor), tag: text(event.pointee.data.mapping_start.tag), at: place, bytes)
    default:
      throw .error(at: place, "a value is missing here")
    }
  }

  private mutating func collection(
    anchor: String?, tag: String?, at place: Place, _ bytes: [UInt8]
  ) throws(Finding) -> Node {
    let deepestAround = deepest
    depth += 1
    deepest = depth
    defer {
      depth -= 1
      deepest = max(deepest, deepestAround)
    }
    if depth > limits.depth { throw tooDeep(at: place) }
    if let anchor { anchors[anchor] = .open(place) }
    let before = written + aliased
    let isMapping = event.pointee.type == YAML_MAPPING_START_EVENT
    let node = Node(isMapping ? .map(try mapping(bytes)) : .list(try sequence(bytes)), at: place)
    let result = try finish(node, tag: tag, at: place)
    if let anchor { anchors[anchor] = .done(result, nodes: written + aliased - before + 1, height: deepest - depth + 1) }
    return result
  }

  private mutating func sequence(_ bytes: [UInt8]) throws(Finding) -> [Node] {
    var items: [Node] = []
    try next(bytes)
    while event.pointee.type != YAML_SEQUENCE_END_EVENT {
      path.append(.item(items.count))
      let item = try node(bytes)
      path.removeLast()
      // A reset item only vanishes from its own document.
      if item.tag != "!reset" { items.append(item) }
      try next(bytes)
    }
    return items
  }

  private mutating func mapping(_ bytes: [UInt8]) throws(Finding) -> Node.Fields {
    var fields = Node.Fields()
    var merges: [Node] = []
    try next(bytes)
    while event.pointee.type != YAML_MAPPING_END_EVENT {
      let keyPlace = place(event.pointee.start_mark)
      guard let key = try key(at: keyPlace) else {
        try next(bytes)
        if let source = try merge(bytes, at: keyPlace, previous: merges) { merges.append(source) }
        try next(bytes)
        continue
      }
      try next(bytes)
      let isExtension = key.isExtension
      if isExtension { extensions += 1 }
      path.append(.key(key))
      let value = try node(bytes)
      path.removeLast()
      if isExtension { extensions -= 1 }
      value.keyPlace = keyPlace
      if let old = fields.updateValue(value, forKey: key) { duplicate(key, at: keyPlace, first: old.keyPlace ?? old.place) }
      try next(bytes)
    }
    for source in merges { try add(source, to: &fields) }
    return fields
  }

  /// The text of the key at the current event, or nil for a merge key.
  private mutating func key(at place: Place) throws(Finding) -> String? {
    if event.pointee.type == YAML_ALIAS_EVENT {
      let node = try alias(at: place)
      guard let key = node.string else { throw nonTextKey(node.source ?? node.kind, at: place) }
      return key
    }
    guard event.pointee.type == YAML_SCALAR_EVENT else { throw nonTextKey("a collection", at: place) }
    written += 1
    let scalar = event.pointee.data.scalar
    let bytes = UnsafeBufferPointer(start: scalar.value, count: scalar.length)
    let tag = text(scalar.tag)
    let isPlain = scalar.style == YAML_PLAIN_SCALAR_STYLE
    if isPlain, tag == nil || tag == "tag:yaml.org,2002:merge", bytes.count == 2,
      bytes[0] == UInt8(ascii: "<"), bytes[1] == UInt8(ascii: "<")
    {
      return nil
    }
    let key = String(decoding: bytes, as: UTF8.self)
    if isPlain, tag == nil {
      switch YAMLScalar.resolve(bytes) {
      case .string: break
      // Sections of ours are keyed by port (`x-elbv2: {public: {Listeners: {443: ...}}}`).
      case .int where isInExtension: break
      default: findings.report(nonTextKey(key, at: place))
      }
    }
    if let anchor = text(scalar.anchor) { anchors[anchor] = .done(Node(.string(key), at: place), nodes: 1, height: 0) }
    return key
  }

  private func text(_ pointer: UnsafeMutablePointer<yaml_char_t>?) -> String? {
    pointer.map { String(cString: $0) }
  }
}

// MARK: - Scalars and tags

extension YAMLComposer {
  private func scalar(tag: String?, at place: Place) throws(Finding) -> Node {
    let scalar = event.pointee.data.scalar
    let bytes = UnsafeBufferPointer(start: scalar.value, count: scalar.length)
    guard let tag else {
      guard scalar.style == YAML_PLAIN_SCALAR_STYLE else { return Node(.string(String(decoding: bytes, as: UTF8.self)), at: place) }
      let value = YAMLScalar.resolve(bytes)
      if case .string = value { return Node(value, at: place) }
      return Node(value, at: place, source: String(decoding: bytes, as: UTF8.self))
    }
    let string = String(decoding: bytes, as: UTF8.self)
    guard tag.hasPrefix("tag:yaml.org,2002:") else {
      // The value of an empty `!reset` or `!override` is null, as if the tag were not there.
      let isOurs = tag == "!reset" || tag == "!override"
      if isOurs, scalar.style == YAML_PLAIN_SCALAR_STYLE { return Node(YAMLScalar.resolve(bytes), at: place, source: string) }
      return Node(.string(string), at: place)
    }
    let name = tag.dropFirst("tag:yaml.org,2002:".count)
    guard let value = Self.tagged(String(name), string, bytes) else {
      throw .error(at: place, "\"\(string)\" is not a value of type !!\(name)", remedy: "drop the tag, or write a value of that type")
    }
    return Node(value, at: place, source: string)
  }

  /// The value of a scalar with one of YAML's own tags; nil when the text does not fit.
  private static func tagged(_ name: String, _ string: String, _ bytes: UnsafeBufferPointer<UInt8>) -> Node.Value? {
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
  private func finish(_ node: Node, tag: String?, at place: Place) throws(Finding) -> Node {
    guard let tag, tag.utf8.first == UInt8(ascii: "!"), tag.utf8.count > 1 else { return node }
    switch tag {
    case "!reset":
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
      .warning(at: place, "the tag \(tag) has no effect here", remedy: "CloudFormation's functions belong into x- sections"))
    return node
  }
}

// MARK: - Aliases and merge keys

extension YAMLComposer {
  private mutating func alias(at place: Place) throws(Finding) -> Node {
    let name = text(event.pointee.data.alias.anchor) ?? ""
    switch anchors[name] {
    case nil:
      throw .error(
        at: place, "the alias *\(name) has no anchor",
        remedy: NearName.remedy(name, in: anchors.keys.sorted(), what: "anchors of this document"))
    case .open(let start):
      throw .error(
        at: place, "cycle detected: \(shownPath) refers to &\(name) (line \(start.line)), which it is a part of",
        remedy: "move the anchor to a part that does not hold its own alias")
    case .done(let node, let nodes, let height):
      aliased &+= nodes
      deepest = max(deepest, depth + height)
      if deepest > limits.depth { throw tooDeep(at: place) }
      // An alias bomb: thousands of values, nearly all of them from aliases.
      if aliased > limits.aliased || (aliased > 1_000 && aliased / 100 > written) {
        throw .error(
          at: place, "the document contains excessive aliasing: its aliases stand for more than \(aliased) values",
          remedy: "write the repeated parts out, or use fewer levels of aliases")
      }
      return node.copy()
    }
  }

  /// The value of a merge key, which the current event begins.
  private mutating func merge(_ bytes: [UInt8], at place: Place, previous: [Node]) throws(Finding) -> Node? {
    if let first = previous.first { duplicate("<<", at: place, first: first.keyPlace ?? first.place) }
    let source = try node(bytes)
    source.keyPlace = place
    return source
  }

  /// Adds what `fields` does not have yet: explicit keys win over merged ones, earlier mappings over later ones.
  private func add(_ source: Node, to fields: inout Node.Fields) throws(Finding) {
    switch source.value {
    case .map(let merged):
      for (key, value) in merged where fields[key] == nil { fields[key] = value }
    case .list(let items) where items.allSatisfy({ $0.fields != nil }):
      for item in items { try add(item, to: &fields) }
    default:
      findings.report(
        .error(
          at: source.place, "map merge requires map or sequence of maps as the value, not \(source.kind)",
          remedy: "write <<: *anchor, where the anchor stands on a mapping"))
    }
  }
}

// MARK: - Findings

extension YAMLComposer {
  private var shownPath: String {
    var text = ""
    for step in path {
      switch step {
      case .key(let key): text += text.isEmpty ? key : "." + key
      case .item(let index): text += "[\(index)]"
      }
    }
    return text
  }

  /// Whether this is below a key that begins with `x-`.
  private var isInExtension: Bool {
    path.contains { if case .key(let key) = $0 { key.hasPrefix("x-") } else { false } }
  }

  private func tooDeep(at place: Place) -> Finding {
    .error(at: place, "values are nested more than \(limits.depth) deep", remedy: "flatten this part of the file")
  }

  private func nonTextKey(_ key: String, at place: Place) -> Finding {
    let where_ = path.isEmpty ? "at top level" : "in " + shownPath
    return .error(at: place, "non-string key \(where_): \(key)", remedy: "put the key into quotes: \"\(key)\"")
  }

  private func duplicate(_ key: String, at place: Place, first: Place) {
    findings.report(
      .error(
        at: place, "mapping key \"\(key)\" already defined at line \(first.line)",
        remedy: "keep one of the two, or merge their values"))
  }

  private func syntaxError(_ bytes: [UInt8]) -> Finding {
    let problem = parser.pointee.problem.map { String(cString: $0) } ?? "not YAML"
    if parser.pointee.error == YAML_READER_ERROR {
      return .error(at: place(ofByte: parser.pointee.problem_offset, in: bytes), "\(problem)", remedy: readerRemedy)
    }
    if parser.pointee.error == YAML_MEMORY_ERROR { return .error(at: Place(file: file), "out of memory while reading YAML") }
    let place = place(parser.pointee.problem_mark)
    // libyaml's wording differs by version; a tab is the one slip that nobody sees.
    if startsWithTab(line: Int(clamping: parser.pointee.problem_mark.line), in: bytes) || problem.contains("tab character") {
      return .error(
        at: place, "found a tab character that violates indentation", remedy: "indent with spaces: YAML does not allow tabs there")
    }
    var notes: [String] = []
    if let context = parser.pointee.context, parser.pointee.context_mark.line != parser.pointee.problem_mark.line {
      notes.append("\(String(cString: context)) (line \(parser.pointee.context_mark.line &+ 1))")
    }
    return .error(at: place, problem, remedy: "the text is not YAML from here on", notes: notes)
  }

  private var readerRemedy: String {
    parser.pointee.problem_value == 0
      ? "remove the NUL byte" : "save the file as UTF-8, without control characters"
  }

  /// libyaml gives no mark for bytes that it cannot read.
  private func place(ofByte offset: Int, in bytes: [UInt8]) -> Place {
    var line = 1
    var column = 1
    for byte in bytes.prefix(max(0, offset)) {
      if byte == UInt8(ascii: "\n") {
        line += 1
        column = 1
      } else if byte & 0xC0 != 0x80 {
        column += 1
      }
    }
    return Place(file: file, line: line, column: column)
  }

  private func startsWithTab(line: Int, in bytes: [UInt8]) -> Bool {
    var current = 0
    var atIndentation = true
    for byte in bytes {
      if byte == UInt8(ascii: "\n") {
        if current == line { return false }
        current += 1
        atIndentation = true
      } else if current == line, atIndentation {
        if byte == UInt8(ascii: "\t") { return true }
        if byte != UInt8(ascii: " ") { return false }
      }
    }
    return false
  }
}
