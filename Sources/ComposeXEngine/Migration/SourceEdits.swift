/// What was read in older spellings, as edits of the text: only what moves is written anew, everything else keeps its bytes.
struct SourceEdits {
  private typealias Position = SourceMap.Position

  private let map: SourceMap
  /// In the order in which they were made; those at one position stay so, but that what is deeper comes first.
  private var edits: [(range: Range<Int>, text: String, column: Int)] = []
  /// Keys whose entries go, and those that something else takes the place of.
  private var gone: Set<Position> = []
  private var changed: Set<Position> = []
  /// Nodes that were made, with the outermost around them: what is put below one is written with it.
  private var made: [ObjectIdentifier: ObjectIdentifier] = [:]
  /// The comments of what goes into a node that is written.
  private var comments: [ObjectIdentifier: [String]] = [:]
  /// What the text cannot be changed for, as messages have it.
  private(set) var leftOut: [(key: String, place: Place)] = []

  init(_ map: SourceMap) { self.map = map }

  /// The text after `respellings`.
  mutating func apply(_ respellings: [Respelling]) -> [UInt8] {
    for each in respellings { plan(each) }
    removeEmptied()
    for each in respellings { gather(each) }
    for each in respellings { write(each) }
    for position in gone.subtracting(changed) { remove(position) }
    var out: [UInt8] = []
    var offset = 0
    let sorted = edits.enumerated().sorted {
      ($0.element.range.lowerBound, $0.element.range.isEmpty ? 1 : 0, -$0.element.column, $0.offset)
        < ($1.element.range.lowerBound, $1.element.range.isEmpty ? 1 : 0, -$1.element.column, $1.offset)
    }
    for (_, edit) in sorted where edit.range.lowerBound >= offset {
      out += map.bytes[offset..<edit.range.lowerBound]
      out += edit.text.utf8
      offset = edit.range.upperBound
    }
    return out + map.bytes[offset...]
  }

  private func position(of respelling: Respelling) -> Position? {
    respelling.old.keyPlace.map { Position($0) }.flatMap { map.entries[$0] == nil ? nil : $0 }
  }

  // MARK: - Planning

  private mutating func plan(_ each: Respelling) {
    guard let position = position(of: each) else {
      leftOut.append((each.key, each.old.keyPlace ?? each.old.place))
      return
    }
    let stays = each.isRename || each.targets.contains { $0.base === each.holder && $0.items == nil }
    if stays { changed.insert(position) } else { gone.insert(position) }
  }

  /// A mapping of which nothing stays goes with its last entry.
  private mutating func removeEmptied() {
    while true {
      let emptied = map.mappings.values.compactMap { mapping -> Position? in
        guard let key = mapping.key, !gone.contains(key), !mapping.keys.isEmpty,
          mapping.keys.allSatisfy({ gone.contains($0) && !changed.contains($0) })
        else { return nil }
        return key
      }
      if emptied.isEmpty { return }
      gone.formUnion(emptied)
    }
  }

  // MARK: - Writing

  /// Notes which nodes are written, and with which comments.
  private mutating func gather(_ each: Respelling) {
    guard let position = position(of: each), let entry = map.entries[position], !each.isRename else { return }
    var found = map.comments(in: lines(of: entry, whole: gone.contains(position)))
    for target in each.targets {
      let node = ObjectIdentifier(target.node)
      let around = made[ObjectIdentifier(target.base)] ?? made[node]
      if around == nil, target.items != nil { continue }
      if around == nil { remember(target.node, in: node) }
      comments[around ?? node, default: []] += found
      // They are written once, however many services a value goes to.
      found = []
    }
  }

  /// The bytes of an entry; those of its last line up to the end where the whole line goes.
  private func lines(of entry: SourceMap.Entry, whole: Bool) -> Range<Int> {
    let range = entry.key.lowerBound..<entry.value.upperBound
    guard whole, map.mappings[entry.holder]?.isFlow == false else { return range }
    return range.lowerBound..<max(range.upperBound, map.line(of: range.upperBound - 1).upperBound)
  }

  private mutating func write(_ each: Respelling) {
    guard let position = position(of: each), let entry = map.entries[position] else { return }
    if each.isRename, let target = each.targets.first { return replace(entry.key, FlowText.key(target.key)) }
    // Of what comes into the same mapping, the first takes the place of the entry, and the others follow.
    var isReplaced = false
    for target in each.targets {
      let node = ObjectIdentifier(target.node)
      if made[ObjectIdentifier(target.base)] != nil { continue }
      if let items = target.items {
        if made[node] == nil { append(items, to: target.node) }
      } else if target.base === each.holder, !isReplaced {
        isReplaced = true
        let isFlow = map.mappings[entry.holder]?.isFlow ?? false
        let column = entry.key.lowerBound - map.line(of: entry.key.lowerBound).lowerBound
        let text = isFlow ? FlowText.entry(target.key, target.node) : block(target, column, comments[node] ?? [])
        replace(entry.key.lowerBound..<entry.value.upperBound, text)
      } else {
        insert(target, comments[node] ?? [])
      }
    }
  }

  private mutating func remember(_ node: Node, in root: ObjectIdentifier) {
    made[ObjectIdentifier(node)] = root
    for child in node.fields?.values.elements ?? node.list ?? [] { remember(child, in: root) }
  }

  private mutating func replace(_ range: Range<Int>, _ text: String) {
    // What an anchor holds is read once for each alias.
    if edits.contains(where: { $0.range == range }) { return }
    edits.append((range, text, 0))
  }

  /// An entry in block style whose first line begins at a column already, without its last line end.
  private func block(_ target: Respelling.Target, _ column: Int, _ comments: [String]) -> String {
    let indent = String(repeating: " ", count: column)
    let node = Node(.map([target.key: target.node]), at: target.node.place)
    let text = String(decoding: YAMLWriter.write(node).dropLast(), as: UTF8.self)
    let lines = comments + text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    return lines.enumerated().map { $0.offset == 0 || $0.element.isEmpty ? $0.element : indent + $0.element }
      .joined(separator: "\n")
  }

  /// Puts a new entry at the end of a mapping.
  private mutating func insert(_ target: Respelling.Target, _ comments: [String]) {
    guard let mapping = map.mappings[Position(target.base.place)] else {
      leftOut.append((target.key, target.base.place))
      return
    }
    if mapping.isFlow {
      let stay = mapping.keys.contains { !gone.contains($0) || changed.contains($0) }
      insertBefore(end: mapping.range, (stay ? ", " : "") + FlowText.entry(target.key, target.node))
    } else {
      let first = mapping.keys.first.flatMap { map.entries[$0] }?.key.lowerBound ?? mapping.range.lowerBound
      let column = first - map.line(of: first).lowerBound
      insertLines(after: mapping.range, String(repeating: " ", count: column) + block(target, column, comments), column)
    }
  }

  private mutating func append(_ items: [Node], to list: Node) {
    guard let written = map.lists[Position(list.place)] else {
      leftOut.append(("", list.place))
      return
    }
    if written.isFlow {
      let text = items.map(FlowText.of).joined(separator: ", ")
      insertBefore(end: written.range, (written.items.isEmpty ? "" : ", ") + text)
    } else {
      let column = written.range.lowerBound - map.line(of: written.range.lowerBound).lowerBound
      let indent = String(repeating: " ", count: column)
      let text = String(decoding: YAMLWriter.write(Node(.list(items), at: list.place)).dropLast(), as: UTF8.self)
      let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { indent + $0 }
      insertLines(after: written.range, lines.joined(separator: "\n"), column)
    }
  }

  /// Before the bracket that closes a flow collection, and the blanks before it.
  private mutating func insertBefore(end range: Range<Int>, _ text: String) {
    var offset = range.upperBound - 1
    while offset > range.lowerBound + 1, map.bytes[offset - 1] <= 32 { offset -= 1 }
    edits.append((offset..<offset, text, 0))
  }

  /// After the last line of a block collection.
  private mutating func insertLines(after range: Range<Int>, _ text: String, _ column: Int) {
    let end = map.line(of: max(range.lowerBound, range.upperBound - 1)).upperBound
    let isOpen = end > 0 && map.bytes[end - 1] != 10
    edits.append((end..<end, isOpen ? "\n" + text : text + "\n", column))
  }

  // MARK: - Removing

  private func isGone(_ key: Position) -> Bool { gone.contains(key) && !changed.contains(key) }

  private mutating func remove(_ position: Position) {
    guard let entry = map.entries[position], let holder = map.mappings[entry.holder] else { return }
    if let key = holder.key, isGone(key) { return }
    let range = entry.key.lowerBound..<entry.value.upperBound
    let next = entry.index + 1 < holder.keys.count ? map.entries[holder.keys[entry.index + 1]] : nil
    if holder.isFlow {
      let stays = holder.keys[..<entry.index].contains { !isGone($0) }
      if stays, let before = map.entries[holder.keys[entry.index - 1]] {
        edits.append((before.value.upperBound..<range.upperBound, "", 0))
      } else {
        edits.append((range.lowerBound..<(next?.key.lowerBound ?? range.upperBound), "", 0))
      }
      return
    }
    let line = map.line(of: range.lowerBound)
    if map.bytes[line.lowerBound..<range.lowerBound].allSatisfy({ $0 == 32 }) {
      let kept = left(in: entry).map { String(repeating: " ", count: range.lowerBound - line.lowerBound) + $0 + "\n" }
      edits.append((line.lowerBound..<map.line(of: range.upperBound - 1).upperBound, kept.joined(), 0))
    } else {
      edits.append((range.lowerBound..<(next?.key.lowerBound ?? range.upperBound), "", 0))
    }
  }

  /// The comments of a mapping that goes as nothing stays of it, without those of its entries, which go with their values.
  private func left(in entry: SourceMap.Entry) -> [String] {
    guard let mapping = map.mappings.values.first(where: { $0.range == entry.value }), !mapping.keys.isEmpty else {
      return []
    }
    let inner = mapping.keys.compactMap { map.entries[$0] }
    guard mapping.keys.allSatisfy(isGone), let first = inner.first else { return [] }
    var kept = map.comments(in: entry.key.upperBound..<first.key.lowerBound)
    for (entry, next) in zip(inner, inner.dropFirst()) {
      let end = lines(of: entry, whole: true).upperBound
      if end < next.key.lowerBound { kept += map.comments(in: end..<next.key.lowerBound) }
    }
    return kept + inner.flatMap { left(in: $0) }
  }
}
