/// The search for a cycle in a graph of names.
enum Cycles {
  /// The first cycle that a walk in the order of `names` meets: its members in order, each with the place of its edge to the next.
  ///
  /// The walk keeps its own stack, because a chain may be as long as the template.
  static func first(in names: [String], _ edges: [String: [Edge]]) -> [(id: String, place: Place)]? {
    enum Colour { case open, done }
    var colours: [String: Colour] = [:]
    for start in names where colours[start] == nil {
      var path: [(id: String, next: Int)] = [(start, 0)]
      colours[start] = .open
      while let (id, next) = path.last {
        guard let edge = edges[id].flatMap({ next < $0.count ? $0[next] : nil }) else {
          colours[id] = .done
          path.removeLast()
          continue
        }
        path[path.count - 1].next += 1
        switch colours[edge.to] {
        case .done: continue
        case .open: return cycle(path, from: edge.to, edges)
        case nil:
          colours[edge.to] = .open
          path.append((edge.to, 0))
        }
      }
    }
    return nil
  }

  private static func cycle(
    _ path: [(id: String, next: Int)], from start: String, _ edges: [String: [Edge]]
  ) -> [(id: String, place: Place)] {
    let begin = path.firstIndex { $0.id == start } ?? 0
    return path[begin...].map { step in
      (step.id, edges[step.id].map { $0[step.next - 1].place } ?? .unknown)
    }
  }
}
