/// A template as the YAML writer prints it, cut by its indentation.
struct TemplateText {
  private let lines: [Substring]

  init(_ text: String) { lines = text.split(separator: "\n") }

  /// The resources of a type (`AWS::SQS::Queue`), one resource (`#JobsQueue`) or a whole section (`Outputs`); empty when
  /// there is none.
  func part(_ name: String) -> String {
    let found: [ArraySlice<Substring>]
    if name.hasPrefix("#") {
      found = resources.filter { $0.first == "  \(name.dropFirst()):" }
    } else if name.contains("::") {
      found = resources.filter { $0.contains { $0 == "    Type: \(name)" } }
    } else {
      found = blocks(of: lines[...], indentation: 0).filter { $0.first?.hasPrefix(name + ":") == true }
    }
    return found.joined().map { $0 + "\n" }.joined()
  }

  private var resources: [ArraySlice<Substring>] {
    let section = blocks(of: lines[...], indentation: 0).first { $0.first == "Resources:" } ?? []
    return blocks(of: section.dropFirst(), indentation: 2)
  }

  /// The lines of that indentation, each with the deeper ones below it.
  private func blocks(of lines: ArraySlice<Substring>, indentation: Int) -> [ArraySlice<Substring>] {
    let starts = lines.indices.filter { lines[$0].prefix { $0 == " " }.count == indentation }
    return zip(starts, starts.dropFirst() + [lines.endIndex]).map { lines[$0..<$1] }
  }
}
