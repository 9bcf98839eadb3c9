import OrderedCollections

/// Makes a large picture readable: what is alike becomes one box, then whole frames do.
extension Graph {
  /// The most boxes that are drawn one by one.
  static let readable = 60
  /// What GitHub's Mermaid draws at most.
  ///
  /// https://mermaid.js.org/config/schema-docs/config.html, maxEdges and maxTextSize (read 2026-11-29)
  static let mostLines = 500

  /// The picture with as few boxes as it needs to be read; a small one is itself.
  func folded() -> Graph {
    guard boxes.count > Self.readable || lines.count > Self.mostLines else { return self }
    let alike = foldingAlike()
    guard alike.boxes.count > Self.readable || alike.lines.count > Self.mostLines else { return alike }
    return alike.foldingFrames()
  }

  /// Boxes of one kind with the same lines to the same others become one.
  private func foldingAlike() -> Graph {
    var signatures: [String: [String]] = [:]
    for line in lines {
      let mark = "\(line.label)|\(line.isDashed)|\(line.fate)"
      signatures[line.from, default: []].append("> \(line.to) \(mark)")
      signatures[line.to, default: []].append("< \(line.from) \(mark)")
    }
    var groups: OrderedDictionary<[String], [Box]> = [:]
    for box in boxes {
      let signature = (signatures[box.name] ?? []).sorted()
      groups[[box.kind.rawValue, box.frame, "\(box.fate)"] + signature, default: []].append(box)
    }
    return merging(groups.values.elements)
  }

  /// Every frame that has many boxes becomes one.
  private func foldingFrames() -> Graph {
    var groups: OrderedDictionary<[String], [Box]> = [:]
    let counts = Dictionary(grouping: boxes, by: \.frame).mapValues(\.count)
    for box in boxes {
      let isMany = counts[box.frame, default: 0] > 8 && box.kind != .internet
      groups[isMany ? [box.frame, "\(box.fate)"] : [box.frame, box.name], default: []].append(box)
    }
    return merging(groups.values.elements)
  }

  private func merging(_ groups: [[Box]]) -> Graph {
    var graph = self
    var names: [String: String] = [:]
    graph.boxes = groups.map { group in
      guard group.count > 1, var box = group.first else { return group[0] }
      let members = group.flatMap { $0.members.isEmpty ? [$0.name] : $0.members }
      for member in group { names[member.name] = box.name }
      box.members = members
      box.lines =
        members.prefix(3) + ["and \(members.count - min(3, members.count)) more"].filter { _ in members.count > 3 }
      return box
    }
    var seen: OrderedDictionary<[String], Line> = [:]
    for line in lines {
      var line = line
      line.from = names[line.from] ?? line.from
      line.to = names[line.to] ?? line.to
      let key = [line.from, line.to, "\(line.fate)"]
      guard line.from != line.to || self.lines.count < 2 else { continue }
      if let known = seen[key] {
        if known.label != line.label, !known.label.hasSuffix("...") {
          seen[key]?.label = known.label.isEmpty ? line.label : "\(known.label), ..."
        }
        if !line.isDashed { seen[key]?.isDashed = false }
      } else {
        seen[key] = line
      }
    }
    graph.lines = seen.values.elements
    return graph
  }
}
