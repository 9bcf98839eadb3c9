import CYAML

/// What a document may ask of us.
struct YAMLLimits: Sendable {
  /// Nested collections. libyaml needs quadratic time on deep flow nesting, and later passes recurse.
  var depth = 200
  /// Nodes written out in one file.
  var nodes = 1_000_000
  /// Nodes that aliases may add to one file.
  var aliased = 250_000
  /// Bytes that texts of aliases may add to one file.
  var aliasedBytes = 64 << 20
  /// Bytes of one key: each finding below it names it.
  var key = 4096
  /// Bytes of one file.
  var bytes = 64 << 20

  init() {}
}

/// Turns the text of a YAML file into nodes that know their file, line and column.
///
/// Rules: YAML 1.2 scalars (`YAMLScalar`), aliases are copies, `<<` merges, keys are texts and stand once in a mapping,
/// `!reset` and `!override` stay on their nodes as `tag`, CloudFormation's short tags become the long form inside `x-` keys.
struct YAMLComposer {
  let file: SourceFile
  let findings: Findings
  let limits: YAMLLimits
  /// At a fixed address: libyaml keeps a pointer to the parser inside the parser.
  let parser: UnsafeMutablePointer<yaml_parser_t>
  /// The current event.
  let event: UnsafeMutablePointer<yaml_event_t>
  var anchors: [String: Anchor] = [:]
  var written = 0
  var aliased = 0
  /// Bytes of the texts that aliases stand for, in all documents of the file.
  var aliasedBytes = 0
  var depth = 0
  /// The greatest depth visited in the collection that is being read, aliases included.
  var deepest = 0
  /// How many of the mapping keys around the current node begin with `x-`.
  var extensions = 0
  var path: [Step] = []

  enum Step {
    case key(String)
    case item(Int)
  }

  enum Anchor {
    case open(Place)
    case done(Node, nodes: Int, height: Int)
  }

  init(
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
  static func documents(
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

  mutating func stream(_ bytes: [UInt8]) throws(Finding) -> [Node] {
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
  mutating func next(_ bytes: [UInt8]) throws(Finding) {
    yaml_event_delete(event)
    if yaml_parser_parse(parser, event) == 0 { throw syntaxError(bytes) }
  }

  func place(_ mark: yaml_mark_t) -> Place {
    Place(file: file, line: Int(clamping: mark.line) &+ 1, column: Int(clamping: mark.column) &+ 1)
  }
}

// MARK: - Nodes

extension YAMLComposer {
  /// The node that begins with the current event.
  mutating func node(_ bytes: [UInt8]) throws(Finding) -> Node {
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
        anchor: text(event.pointee.data.sequence_start.anchor), tag: text(event.pointee.data.sequence_start.tag),
        at: place, bytes)
    case YAML_MAPPING_START_EVENT:
      return try collection(
        anchor: text(event.pointee.data.mapping_start.anchor), tag: text(event.pointee.data.mapping_start.tag),
        at: place, bytes)
    default:
      throw .error(at: place, "a value is missing here")
    }
  }

  mutating func collection(
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
    if let anchor {
      anchors[anchor] = .done(result, nodes: written + aliased - before + 1, height: deepest - depth + 1)
    }
    return result
  }

  mutating func sequence(_ bytes: [UInt8]) throws(Finding) -> [Node] {
    var items: [Node] = []
    try next(bytes)
    while event.pointee.type != YAML_SEQUENCE_END_EVENT {
      path.append(.item(items.count))
      let item = try node(bytes)
      path.removeLast()
      // A reset item of Compose's own lists only vanishes from its own document.
      if item.tag != "!reset" || extensions > 0 { items.append(item) }
      try next(bytes)
    }
    return items
  }

  mutating func mapping(_ bytes: [UInt8]) throws(Finding) -> Node.Fields {
    var fields = Node.Fields()
    var merges: [Merge] = []
    try next(bytes)
    while event.pointee.type != YAML_MAPPING_END_EVENT {
      let keyPlace = place(event.pointee.start_mark)
      guard let key = try key(at: keyPlace) else {
        try next(bytes)
        merges.append(try merge(bytes, at: keyPlace, previous: merges))
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
      if let old = fields.updateValue(value, forKey: key) {
        duplicate(key, at: keyPlace, first: old.keyPlace ?? old.place)
      }
      try next(bytes)
    }
    for merge in merges { try add(merge.source, to: &fields) }
    return fields
  }

  /// The text of the key at the current event, or nil for a merge key.
  mutating func key(at place: Place) throws(Finding) -> String? {
    if event.pointee.type == YAML_ALIAS_EVENT {
      let node = try alias(at: place)
      guard let key = node.string else { throw nonTextKey(node.source ?? node.kind, at: place) }
      if key.utf8.count > limits.key { throw longKey(key.utf8.count, at: place) }
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
    if bytes.count > limits.key { throw longKey(bytes.count, at: place) }
    let key = String(decoding: bytes, as: UTF8.self)
    if isPlain, tag == nil {
      switch YAMLScalar.resolve(bytes) {
      case .string: break
      // Sections of ours are keyed by port (`x-elbv2: {public: {Listeners: {443: ...}}}`).
      case .int where extensions > 0: break
      default: findings.report(nonTextKey(key, at: place))
      }
    }
    if let anchor = text(scalar.anchor) { anchors[anchor] = .done(Node(.string(key), at: place), nodes: 1, height: 0) }
    return key
  }

  private func longKey(_ bytes: Int, at place: Place) -> Finding {
    .error(at: place, "a key has \(bytes) bytes; at most \(limits.key) are read", remedy: "use a shorter name")
  }

  func text(_ pointer: UnsafeMutablePointer<yaml_char_t>?) -> String? {
    pointer.map { String(cString: $0) }
  }
}
