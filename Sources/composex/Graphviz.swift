import ComposeXEngine

/// Graphviz's `dot`, which lays pictures out.
enum Graphviz {
  /// The picture as SVG.
  ///
  /// - Throws: a `Finding` when there is no `dot`, or it fails.
  static func svg(_ dot: String) throws -> String {
    let folder: String
    do throws(Files.Failure) {
      folder = try Files.makeScratchFolder()
    } catch {
      throw Finding.error(at: .unknown, "cannot make a folder for the picture: \(error.reason)")
    }
    defer { Files.removeTree(folder) }
    let path = "\(folder)/picture.dot"
    do throws(Files.Failure) { try Files.write(Array(dot.utf8), to: path) } catch {
      throw Finding.error(at: .unknown, "cannot write a file for the picture: \(error.reason)")
    }
    do {
      return String(decoding: try Program(name: "dot", arguments: ["-Tsvg", path]).run().output, as: UTF8.self)
    } catch let finding as Finding where finding.message.hasPrefix("cannot run") {
      throw Finding.error(
        at: .unknown, finding.message,
        remedy: "install Graphviz (its program dot), or take --format mermaid, which needs nothing")
    }
  }
}
