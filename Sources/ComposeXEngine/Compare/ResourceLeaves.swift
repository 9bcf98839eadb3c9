/// What a resource says, value by value, without its own name: for telling whether it is another one under another id.
struct ResourceLeaves {
  private var texts: [String: Int] = [:]
  private(set) var count = 0
  /// The images of its containers.
  private(set) var images: [String] = []

  private let name: String
  private let ids: [String: String]

  /// `ids` are those that mean nothing, and the types that stand for them.
  init(_ entry: ComparedTemplates.Entry, among ids: [String: String]) {
    name = entry.resource?.origin.name ?? ""
    self.ids = ids
    if let properties = entry.tree["Properties"] { read(properties, "") }
  }

  private mutating func read(_ node: Node, _ path: String) {
    switch node.value {
    case .map(let fields): for (key, value) in fields { read(value, "\(path).\(plain(key))") }
    case .list(let items): for item in items { read(item, "\(path).") }
    default:
      let text = plain(node.sameText)
      texts["\(path)=\(text)", default: 0] += 1
      count += 1
      if path.hasSuffix(".Image") { images.append(text) }
    }
  }

  /// The text with a mark for the name, and types for ids.
  private func plain(_ text: String) -> String {
    var words = ""
    var word = ""
    func end() {
      words += word == name || PascalCase.name(word) == name ? "\u{1}" : ids[word] ?? word
      word = ""
    }
    for letter in text.replacing(name.isEmpty ? "\u{1}" : name, with: "\u{1}") {
      if letter.isLetter || letter.isNumber {
        word.append(letter)
      } else {
        if !word.isEmpty { end() }
        words.append(letter)
      }
    }
    if !word.isEmpty { end() }
    return words
  }

  /// How many values both say.
  func common(with other: ResourceLeaves) -> Int {
    texts.reduce(0) { $0 + min($1.value, other.texts[$1.key] ?? 0) }
  }
}
