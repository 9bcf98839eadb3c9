import Testing

@testable import ComposeXEngine

/// Every attribute that the loader knows of a service has its row in `lua/project/attributes.lua`: rendered, silent, or without effect
/// and why.
@Suite struct ServiceAttributesTests {
  private let text =
    EmbeddedFiles.lua(named: "project/attributes.lua").map { String(decoding: $0, as: UTF8.self) } ?? ""

  @Test func everyAttributeHasARow() {
    for attribute in Fields.service.attributes {
      let isListed = text.contains("\"\(attribute.name)\"")
      let isReasoned = text.split(separator: "\n").contains { line in
        let words = line.split(separator: " ", omittingEmptySubsequences: true)
        return words.count > 2 && words[0] == attribute.name && words[1] == "="
      }
      #expect(isListed || isReasoned, "\(attribute.name) has no row in lua/project/attributes.lua")
    }
  }

  /// The keys that Swift lets pass are those that `lua/project/sections.lua` checks.
  @Test func everySectionIsKnown() {
    let sections = EmbeddedFiles.lua(named: "project/sections.lua").map { String(decoding: $0, as: UTF8.self) } ?? ""
    for key in ExtensionKeys.services {
      #expect(sections.contains("[\"\(key)\"]"), "\(key) is not in lua/project/sections.lua")
    }
    for line in sections.split(separator: "\n") where line.hasPrefix("  [\"x-") {
      let key = line.dropFirst(4).prefix { $0 != "\"" }
      let known = ExtensionKeys.services + ExtensionKeys.unavailableInServices
      #expect(known.contains(String(key)), "\(key) is not in ExtensionKeys.services")
    }
  }
}
