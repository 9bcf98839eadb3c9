import Testing

@testable import ComposeXEngine

/// The sections of services that Swift and `lua/` know are the same.
@Suite struct ServiceSectionsTests {
  /// The keys that Swift lets pass are those that `lua/project/sections.lua` checks, or that are read as other words before that.
  @Test func everySectionIsKnown() {
    let sections = EmbeddedFiles.lua(named: "project/sections.lua").map { String(decoding: $0, as: UTF8.self) } ?? ""
    let spellings =
      EmbeddedFiles.lua(named: "project/docker_spellings.lua").map { String(decoding: $0, as: UTF8.self) } ?? ""
    for key in ExtensionKeys.services {
      let isKnown = sections.contains("[\"\(key)\"]") || spellings.contains("\(key)\"")
      #expect(isKnown, "\(key) is neither in lua/project/sections.lua nor in lua/project/docker_spellings.lua")
    }
    for line in sections.split(separator: "\n") where line.hasPrefix("  [\"x-") {
      let key = line.dropFirst(4).prefix { $0 != "\"" }
      let known = ExtensionKeys.services + ExtensionKeys.unavailableInServices
      #expect(known.contains(String(key)), "\(key) is not in ExtensionKeys.services")
    }
  }
}
