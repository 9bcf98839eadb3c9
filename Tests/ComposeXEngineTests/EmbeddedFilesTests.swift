import Foundation
import Testing

@testable import ComposeXEngine

@Suite struct EmbeddedFilesTests {
  /// The folder `lua/` of the sources.
  private var folder: URL {
    URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../lua").standardizedFileURL
  }

  @Test func theListIsTheFolder() throws {
    let files = (try? FileManager.default.subpathsOfDirectory(atPath: folder.path)) ?? []
    let ours = files.filter { $0.hasSuffix(".lua") && !$0.hasPrefix("tests/") && !$0.hasPrefix("meta/") }
    let lua = ours.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    #expect(EmbeddedFiles.names == lua, "run scripts/embed-lua")
    for name in lua {
      let embedded = try #require(EmbeddedFiles.lua(named: name))
      #expect(Data(buffer: embedded) == (try Data(contentsOf: folder.appending(path: name))), "build again: \(name)")
    }
  }

  @Test func theTemplatesAreTheFolder() throws {
    let folder = folder.deletingLastPathComponent().appending(path: "templates")
    let files = try FileManager.default.subpathsOfDirectory(atPath: folder.path)
      .filter { !FileManager.default.isDirectory(folder.appending(path: $0).path) }
    #expect(
      EmbeddedFiles.templates("").map(\.path).filter { !$0.hasPrefix("meta/") }
        == files.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }, "run scripts/embed-lua")
    for (path, text) in EmbeddedFiles.templates("") where !path.hasPrefix("meta/") {
      #expect(text == (try String(contentsOf: folder.appending(path: path), encoding: .utf8)), "build again: \(path)")
    }
  }

  @Test func otherNamesAreNotThere() {
    #expect(EmbeddedFiles.lua(named: "") == nil)
    #expect(EmbeddedFiles.lua(named: "no/such.lua") == nil)
    #expect(EmbeddedFiles.lua(named: "../Package.swift") == nil)
  }
}

extension FileManager {
  fileprivate func isDirectory(_ path: String) -> Bool {
    var isDirectory: ObjCBool = false
    return fileExists(atPath: path, isDirectory: &isDirectory) && isDirectory.boolValue
  }
}
