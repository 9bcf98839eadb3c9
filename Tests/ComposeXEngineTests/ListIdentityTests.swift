import Foundation
import Testing

@testable import ComposeXEngine

/// Lists below `x-` keys whose items a later file can change.
@Suite struct ListIdentityTests {
  /// Lists of mappings of which nothing tells the items apart, and which are appended to.
  private static let appended: Set = ["EmfProcessors", "DefaultActions"]

  /// Every list of mappings that a section may hold says what its items are told apart by.
  @Test func everyListOfMappingsHasARow() throws {
    let schema = try ComposeSchema.node()
    var seen: Set<String> = []
    var lists: Set<String> = []
    func target(_ reference: String) -> Node? {
      reference.split(separator: "/").dropFirst().reduce(schema as Node?) { $0?[String($1)] }
    }
    func visit(_ node: Node, _ name: String, isExtension: Bool) {
      if let reference = node["$ref"]?.string {
        guard seen.insert("\(reference) \(isExtension)").inserted else { return }
        if let target = target(reference) { visit(target, name, isExtension: isExtension) }
        return
      }
      if isExtension, let item = node["items"], holdsMappings(item) { lists.insert(name) }
      for (key, value) in node["properties"]?.fields ?? [:] {
        visit(value, key, isExtension: isExtension || key.hasPrefix("x-"))
      }
      for value in (node["patternProperties"]?.fields ?? [:]).values { visit(value, name, isExtension: isExtension) }
      for key in ["additionalProperties", "items"] {
        if let value = node[key], value.fields != nil { visit(value, name, isExtension: isExtension) }
      }
      for key in ["anyOf", "oneOf", "allOf"] {
        for value in node[key]?.list ?? [] { visit(value, name, isExtension: isExtension) }
      }
    }
    func holdsMappings(_ item: Node) -> Bool {
      if let reference = item["$ref"]?.string, let target = target(reference) { return holdsMappings(target) }
      return item["properties"] != nil || (item["anyOf"]?.list ?? []).contains { $0["properties"] != nil }
    }
    visit(schema, "", isExtension: false)
    #expect(lists.contains("Listeners") && lists.contains("ScheduledActions"), "the schema is read: \(lists)")
    for list in lists.subtracting(Self.appended).sorted() {
      #expect(ListIdentity.fields(of: list) != nil, "\(list) has no row in ListIdentity")
    }
  }

  /// The page names every list, and what its items are told apart by.
  @Test func thePageNamesEveryList() throws {
    let page = try String(
      contentsOf: ResourceModules.package.appending(path: "docs/compose-differences.md"), encoding: .utf8)
    for (list, fields) in ListIdentity.all {
      #expect(page.contains("`\(list)`"), "docs/compose-differences.md does not name \(list)")
      for field in fields.joined() { #expect(page.contains("`\(field)`"), "\(list): \(field)") }
    }
  }
}
