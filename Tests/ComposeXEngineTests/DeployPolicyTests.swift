@testable import ComposeXEngine
import Foundation
import Testing

/// The table of what deployments take: its actions exist, and every type that our generators make is in it.
@Suite struct DeployPolicyTests {
  private func actions() throws -> Set<String> {
    let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../iam-actions.txt")
    var (known, service) = (Set<String>(), "")
    for line in try String(contentsOf: file, encoding: .utf8).split(separator: "\n") {
      if line.hasPrefix("# ") { service = String(line.dropFirst(2)) }
      if line.hasPrefix("  "), let name = line.split(separator: " ").first { known.insert("\(service):\(name)") }
    }
    return known
  }

  @Test func everyActionExists() throws {
    let known = try actions()
    for type in DeployActions.types {
      for operation in DeployActions.Operation.allCases {
        let names = DeployActions.actions(type, operation) ?? []
        #expect(!names.isEmpty, "\(type) \(operation)")
        for name in names { #expect(known.contains(name), "\(type) \(operation) \(name)") }
      }
    }
  }

  /// Types of the registry, by its spelling.
  @Test func everyTypeExists() {
    let types = ResourceTypes()
    for type in DeployActions.types { #expect(types.type(type) != nil, "\(type)") }
  }

  /// Whatever an example has, and whatever a built-in file names as a type of a resource that it makes.
  @Test func everyTypeThatIsMadeIsInTheTable() throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../..").standardizedFileURL
    var made: Set<String> = []
    for folder in ["examples", "Tests/Cases"] {
      let base = root.appending(path: folder)
      for path in try FileManager.default.subpathsOfDirectory(atPath: base.path)
      where path.hasSuffix("template.yaml") || path.hasSuffix(".case") {
        let text = try String(contentsOf: base.appending(path: path), encoding: .utf8)
        for line in text.split(separator: "\n") where line.hasPrefix("    Type: AWS::") {
          let type = String(line.dropFirst("    Type: ".count))
          if type.split(separator: ":").count == 3, ResourceTypes().type(type) != nil { made.insert(type) }
        }
      }
    }
    #expect(made.count > 100)
    for type in made.sorted() { #expect(DeployActions.actions(type, .create) != nil, "\(type)") }
  }
}
