/// Where a value stands in the model: `services::web.ports[0].target`, as selectors and the messages of `lua/` name a definition.
struct ModelPath: CustomStringConvertible {
  enum Segment: Equatable {
    case key(String)
    case item(Int)
  }

  var segments: [Segment] = []

  init() {}
  init(_ keys: String...) { segments = keys.map { .key($0) } }

  mutating func push(_ key: String) { segments.append(.key(key)) }
  mutating func push(_ index: Int) { segments.append(.item(index)) }
  mutating func pop() { _ = segments.popLast() }

  func appending(_ key: String) -> ModelPath {
    var path = self
    path.push(key)
    return path
  }

  func appending(_ index: Int) -> ModelPath {
    var path = self
    path.push(index)
    return path
  }

  var last: String {
    switch segments.last {
    case .key(let key): key
    case .item(let index): "[\(index)]"
    case nil: ""
    }
  }

  var description: String {
    var text = ""
    for (depth, segment) in segments.enumerated() {
      switch segment {
      case .key(let key): text += (depth == 0 ? "" : depth == 1 ? "::" : ".") + key
      case .item(let index): text += "[\(index)]"
      }
    }
    return text.isEmpty ? "the top level" : text
  }
}
