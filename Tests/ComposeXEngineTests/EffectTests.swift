import Foundation
import Testing

@testable import ComposeXEngine

/// What a change of a property does is what the registry says, for every type that composex makes.
@Suite struct EffectTests {
  /// The types in the templates of examples and golden cases.
  static let types: [String] = {
    let package = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../..").standardizedFileURL
    var found: Set<String> = []
    for folder in ["examples", "Tests/Cases"] {
      let root = package.appending(path: folder)
      let paths = (try? FileManager.default.subpathsOfDirectory(atPath: root.path)) ?? []
      for path in paths where path.hasSuffix("template.yaml") || path.hasSuffix(".case") {
        guard let text = try? String(contentsOf: root.appending(path: path), encoding: .utf8) else { continue }
        for match in text.matches(of: /Type: (AWS::[A-Za-z0-9]+::[A-Za-z0-9]+)\n/) { found.insert(String(match.1)) }
      }
    }
    return found.sorted()
  }()

  private let registry = ResourceTypes()

  /// Most of them have a property that replaces.
  @Test func thereAreTypes() throws {
    #expect(Self.types.count > 80)
    let replacing = Self.types.filter { registry.type($0)?.createOnly.isEmpty == false }
    #expect(replacing.count > 60)
  }

  @Test(arguments: types)
  func createOnlyPropertiesReplace(_ name: String) throws {
    // Somebody's own types, in cases about them, are in no registry.
    guard let type = registry.type(name) else { return }
    for known in type.createOnly {
      let path = Self.named(known)
      #expect(Effects.effect(type, named: name, path) == .replace, "\(name) \(path)")
      #expect(Effects.effect(type, named: name, "\(path).Below") == .replace, "\(name) \(path).Below")
      guard let dot = path.lastIndex(of: ".") else { continue }
      // The mapping around it changes as a whole: with what replaces in it, or without.
      let (above, last) = (String(path[..<dot]), String(path[path.index(after: dot)...]))
      guard last != "1" else { continue }
      func holding(_ text: String) -> Node { Node(.map([last: .of(text), "Else": .of(text)]), at: .unknown) }
      let (one, other) = (holding("a"), holding("b"))
      #expect(Effects.effect(type, named: name, above, before: one, after: other) == .replace, "\(name) \(above)")
    }
  }

  @Test(arguments: types)
  func otherPropertiesAreChangedInPlace(_ name: String) throws {
    guard let type = registry.type(name) else { return }
    for property in type.properties.properties where !type.readOnly.contains(property.name) {
      func concerns(_ known: String) -> Bool { known == property.name || known.hasPrefix("\(property.name).") }
      let effect = Effects.effect(type, named: name, property.name)
      if type.createOnly.contains(where: concerns) {
        #expect(effect == .replace, "\(name) \(property.name)")
      } else if type.conditionalCreateOnly.contains(where: concerns) {
        #expect(effect == .maybeReplace, "\(name) \(property.name)")
      } else {
        #expect(effect == .update || effect == .interrupt, "\(name) \(property.name)")
      }
    }
  }

  /// A path of the registry as that of a property: an item of a list has a name.
  private static func named(_ known: String) -> String {
    known.split(separator: ".").map { $0 == "*" ? "1" : String($0) }.joined(separator: ".")
  }

  // MARK: - Policies

  private func entry(_ policies: String) throws -> Node { try #require(TemplateSource.read(policies)) }

  @Test func policiesKeepWhatAStoreHolds() throws {
    for (policies, keeps) in [
      ("{DeletionPolicy: Retain}", true), ("{DeletionPolicy: RetainExceptOnCreate}", true),
      ("{DeletionPolicy: Snapshot}", true), ("{DeletionPolicy: Delete}", false), ("{Type: x}", false),
    ] {
      #expect(try Effects.keeps(entry(policies), "DeletionPolicy", "AWS::SQS::Queue") == keeps, "\(policies)")
    }
    // CloudFormation takes a snapshot of these by itself.
    #expect(try Effects.keeps(entry("{Type: x}"), "DeletionPolicy", "AWS::RDS::DBCluster"))
    #expect(try !Effects.keeps(entry("{Type: x}"), "UpdateReplacePolicy", "AWS::RDS::DBCluster"))
  }
}
