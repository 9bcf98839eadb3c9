import CYAML

/// Where the nodes of a YAML file stand in its bytes: what an edit of the text needs, and nodes do not keep.
struct SourceMap {
  /// A position as nodes have it.
  struct Position: Hashable {
    var line: Int32
    var column: Int32

    init(_ place: Place) { (line, column) = (place.line, place.column) }
  }

  /// An entry of a mapping.
  struct Entry {
    /// The bytes of the key, and of the value; that of a block collection ends where its last scalar does.
    var key: Range<Int>
    var value: Range<Int>
    /// The mapping that it is an entry of, and which it is.
    var holder: Position
    var index: Int
  }

  struct Collection {
    var range: Range<Int>
    var isFlow: Bool
    /// The keys of a mapping; the first bytes of the items of a list.
    var keys: [Position] = []
    var items: [Range<Int>] = []
    /// The key that it is the value of; nil in a list, and for the root.
    var key: Position?
  }

  let bytes: [UInt8]
  /// Where each line begins.
  let lines: [Int]
  /// By the place of the key.
  private(set) var entries: [Position: Entry] = [:]
  /// By the place of the node.
  private(set) var mappings: [Position: Collection] = [:]
  private(set) var lists: [Position: Collection] = [:]
  /// Scalars, aliases and keys, in the order of the text.
  private(set) var leaves: [Range<Int>] = []

  /// Reads the text again; nil when it is no YAML, or has line ends that only YAML takes for such.
  init?(_ bytes: [UInt8]) {
    var lines = [0]
    for (index, byte) in bytes.enumerated() where byte == 10 { lines.append(index + 1) }
    (self.bytes, self.lines) = (bytes, lines)
    // A lone carriage return, NEL, LS and PS end a line of YAML as well.
    for (index, byte) in bytes.enumerated() {
      let next = index + 1 < bytes.count ? bytes[index + 1] : 0
      if byte == 13, next != 10 { return nil }
      if byte == 0xC2, next == 0x85 { return nil }
      if byte == 0xE2, next == 0x80, index + 2 < bytes.count, [0xA8, 0xA9].contains(bytes[index + 2]) { return nil }
    }
    guard read() else { return nil }
  }

  /// The byte at a position.
  func offset(_ position: Position) -> Int {
    guard position.line >= 1, Int(position.line) <= lines.count else { return bytes.count }
    var offset = lines[Int(position.line) - 1]
    for _ in 1..<max(1, position.column) {
      offset += 1
      while offset < bytes.count, bytes[offset] & 0xC0 == 0x80 { offset += 1 }
    }
    return min(offset, bytes.count)
  }

  /// Where the line begins that holds a byte, and where the one after it does.
  func line(of offset: Int) -> Range<Int> {
    var low = 0
    var high = lines.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if lines[middle] <= offset { low = middle } else { high = middle }
    }
    return lines[low]..<(low + 1 < lines.count ? lines[low + 1] : bytes.count)
  }

  func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

  /// The comments in a part of the text.
  func comments(in range: Range<Int>) -> [String] {
    var found: [String] = []
    var offset = range.lowerBound
    var leaf = leaves.firstIndex { $0.upperBound > offset } ?? leaves.count
    while offset < range.upperBound {
      while leaf < leaves.count, leaves[leaf].upperBound <= offset { leaf += 1 }
      if leaf < leaves.count, leaves[leaf].contains(offset) {
        offset = leaves[leaf].upperBound
      } else if bytes[offset] == UInt8(ascii: "#"), offset == 0 || bytes[offset - 1] <= 32 {
        let end = bytes[offset...].firstIndex { $0 == 10 || $0 == 13 } ?? bytes.count
        found.append(text(offset..<end))
        offset = end
      } else {
        offset += 1
      }
    }
    return found
  }
}

// MARK: - Reading

extension SourceMap {
  /// What an open collection waits for.
  private struct Open {
    var position: Position
    var isMapping: Bool
    var collection: Collection
    var key: (position: Position, range: Range<Int>)?
    var end = 0
  }

  private mutating func read() -> Bool {
    let parser = UnsafeMutablePointer<yaml_parser_t>.allocate(capacity: 1)
    defer { parser.deallocate() }
    guard yaml_parser_initialize(parser) == 1 else { return false }
    defer { yaml_parser_delete(parser) }
    let bytes = bytes
    return bytes.withUnsafeBufferPointer { buffer in
      yaml_parser_set_input_string(parser, buffer.baseAddress, buffer.count)
      var open: [Open] = []
      var event = yaml_event_t()
      while yaml_parser_parse(parser, &event) == 1 {
        let isDone = event.type == YAML_STREAM_END_EVENT
        take(event, &open)
        yaml_event_delete(&event)
        if isDone { return true }
      }
      return false
    }
  }

  private func position(_ mark: yaml_mark_t) -> Position {
    Position(Place(file: nil, line: Int(mark.line) + 1, column: Int(mark.column) + 1))
  }

  private mutating func take(_ event: yaml_event_t, _ open: inout [Open]) {
    let start = position(event.start_mark)
    switch event.type {
    case YAML_SCALAR_EVENT, YAML_ALIAS_EVENT:
      var end = offset(position(event.end_mark))
      let begin = offset(start)
      // A block scalar ends where the next line begins.
      while end > begin, bytes[end - 1] <= 32 { end -= 1 }
      let range = begin..<max(begin, end)
      leaves.append(range)
      put(start, range, &open)
    case YAML_MAPPING_START_EVENT:
      let isFlow = event.data.mapping_start.style == YAML_FLOW_MAPPING_STYLE
      begin(start, isMapping: true, isFlow: isFlow, &open)
    case YAML_SEQUENCE_START_EVENT:
      let isFlow = event.data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE
      begin(start, isMapping: false, isFlow: isFlow, &open)
    case YAML_MAPPING_END_EVENT, YAML_SEQUENCE_END_EVENT:
      guard var done = open.popLast() else { return }
      let begin = done.collection.range.lowerBound
      let end = done.collection.isFlow ? offset(position(event.end_mark)) : max(begin, done.end)
      done.collection.range = begin..<end
      if done.isMapping { mappings[done.position] = done.collection } else { lists[done.position] = done.collection }
      put(done.position, begin..<end, &open)
    default: break
    }
  }

  private mutating func begin(_ start: Position, isMapping: Bool, isFlow: Bool, _ open: inout [Open]) {
    let begin = offset(start)
    var collection = Collection(range: begin..<begin, isFlow: isFlow)
    if let around = open.last, around.isMapping { collection.key = around.key?.position }
    open.append(Open(position: start, isMapping: isMapping, collection: collection, end: begin))
  }

  /// A node is complete: a key, the value of one, or an item.
  private mutating func put(_ position: Position, _ range: Range<Int>, _ open: inout [Open]) {
    guard var around = open.popLast() else { return }
    defer { open.append(around) }
    around.end = max(around.end, range.upperBound)
    if !around.isMapping {
      around.collection.items.append(range)
    } else if let key = around.key {
      entries[key.position] = Entry(
        key: key.range,
        value: range.isEmpty ? key.range.upperBound..<max(key.range.upperBound, range.upperBound) : range,
        holder: around.position, index: around.collection.keys.count)
      around.collection.keys.append(key.position)
      around.key = nil
    } else {
      around.key = (position, range)
    }
  }
}
