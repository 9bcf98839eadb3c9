@testable import ComposeXEngine
import Testing

/// Every value of a generated file is found at the line and column where it was written.
@Suite struct YAMLPositionTests {
  /// Writes random trees and notes where it put each value and key.
  private struct Author {
    var random: SeededGenerator
    var text = ""
    var line = 1
    var column = 1
    /// Path, place of the value, place of the key.
    var notes: [(path: String, value: String, key: String?)] = []

    mutating func put(_ piece: String) {
      text += piece
      for scalar in piece.unicodeScalars {
        if scalar == "\n" {
          line += 1
          column = 1
        } else {
          column += 1
        }
      }
    }

    var here: String { "f:\(line):\(column)" }

    mutating func scalar() -> String {
      let choices = ["a", "12", "true", "\"quo: ted\"", "'single'", "é ü", "0x1f", "1.5", "null", "\"\\n\"", "a-b.c/d"]
      return choices.randomElement(using: &random) ?? "a"
    }

    /// A value at the current position, in flow style.
    mutating func flow(_ path: String, _ key: String?, depth: Int) {
      notes.append((path, here, key))
      let kind = depth > 4 ? 0 : Int.random(in: 0...3, using: &random)
      let count = Int.random(in: 0...3, using: &random)
      switch kind {
      case 1:
        put("[")
        for index in 0..<count {
          if index > 0 { put(Bool.random(using: &random) ? ", " : ",\n      ") }
          flow("\(path)/\(index)", nil, depth: depth + 1)
        }
        put("]")
      case 2:
        put("{")
        for index in 0..<count {
          if index > 0 { put(", ") }
          let key = here
          put("k\(index): ")
          flow("\(path)/k\(index)", key, depth: depth + 1)
        }
        put("}")
      default: put(scalar())
      }
    }

    mutating func block(_ path: String, _ key: String?, indent: Int, depth: Int) {
      let pad = String(repeating: " ", count: indent)
      let count = Int.random(in: 1...4, using: &random)
      let isMap = depth == 0 || Bool.random(using: &random)
      for index in 0..<count {
        if Int.random(in: 0...4, using: &random) == 0 { put("\(pad)# comment\n") }
        put(pad)
        if index == 0 { notes.append((path, here, key)) }
        let start = here
        put(isMap ? "key\(index):" : "-")
        let child = isMap ? "\(path)/key\(index)" : "\(path)/\(index)"
        if depth < 4, Int.random(in: 0...2, using: &random) == 0 {
          put("\n")
          block(child, isMap ? start : nil, indent: indent + 2, depth: depth + 1)
        } else {
          put(String(repeating: " ", count: Int.random(in: 1...3, using: &random)))
          flow(child, isMap ? start : nil, depth: depth)
          put("\n")
        }
      }
    }
  }

  private func find(_ path: String, in root: Node) -> Node? {
    var node: Node? = root
    for part in path.split(separator: "/") {
      node = Int(part).map { index in node?.list?[index] } ?? node?[String(part)]
    }
    return node
  }

  @Test(arguments: 0..<200) func placesAreWhereTheValuesStand(_ seed: Int) throws {
    var author = Author(random: SeededGenerator(seed: UInt64(seed)))
    author.block("", nil, indent: 0, depth: 0)
    let findings = Findings()
    let file = SourceFile(name: "f", role: .compose)
    let root = try #require(try YAMLComposer.documents(Array(author.text.utf8), file: file, findings: findings).first)
    #expect(findings.all.isEmpty)
    for note in author.notes {
      let found = try #require(find(note.path, in: root), "\(note.path) in\n\(author.text)")
      #expect(found.place.description == note.value, "\(note.path) in\n\(author.text)")
      if let key = note.key { #expect(found.keyPlace?.description == key, "\(note.path) in\n\(author.text)") }
    }
  }
}
