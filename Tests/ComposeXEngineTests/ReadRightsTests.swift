import ComposeXEngine
import Foundation
import Testing

/// A path may lead where whoever wrote it may read, links followed.
@Suite struct ReadRightsTests {
  private func value(_ path: String, readable: [String] = [], confines: Bool = false) throws -> String {
    let folder = try TrustFolder()
    defer { folder.remove() }
    try folder.write("app/own.txt", "OWN")
    try folder.write("shared/a.txt", "SHARED")
    try FileManager.default.createSymbolicLink(
      atPath: folder.root.appending(path: "app/link").path, withDestinationPath: "../linked/secret.txt")
    try FileManager.default.createSymbolicLink(
      atPath: folder.root.appending(path: "app/inner").path, withDestinationPath: "own.txt")
    let path = path.replacingOccurrences(of: "ROOT", with: folder.root.path)
    try folder.write(
      "app/compose.yaml",
      "services: {web: {image: \"nginx:1\"}}\n"
        + "x-ssm_parameter: {p: {Properties: {Type: String}, MacroParameters: {FromFile: \"\(path)\"}}}\n")
    let outcome = folder.render(packs: [], confines: confines, readable: readable)
    return (outcome.findings + [outcome.text]).joined(separator: "\n")
  }

  @Test(arguments: ["own.txt", "./own.txt", "inner", "ROOT/app/own.txt", "../app/own.txt"])
  func readsInTheProject(_ path: String) throws {
    #expect(try value(path).contains("OWN"))
    #expect(try value(path, confines: true).contains("OWN"))
  }

  @Test(arguments: [
    "link", "../secret.txt", "ROOT/secret.txt", "../linked/secret.txt", "/etc/hostname", "../shared/a.txt",
  ])
  func refusesOutside(_ path: String) throws {
    let text = try value(path)
    #expect(text.contains("it lies outside of the project") && text.contains("--allow-read"), "\(text)")
    #expect(!text.contains("CANARY") && !text.contains("SHARED"))
  }

  @Test func allowReadNamesFolders() throws {
    #expect(try value("../shared/a.txt", readable: ["shared"]).contains("SHARED"))
    #expect(try value("../shared/a.txt", readable: ["linked"]).contains("it lies outside"))
    #expect(try value("link", readable: ["linked"]).contains("CANARY_LINKED"))
    #expect(try value("../shared/a.txt", readable: ["shar"]).contains("it lies outside"))
  }
}
