import Foundation
import Testing

@testable import ComposeXEngine

/// The digest of a folder, and what has none.
@Suite struct PackDigestTests {
  /// A folder that is removed after the test.
  final class Folder {
    let url = FileManager.default.temporaryDirectory.appending(path: "composex-digest-\(UUID().uuidString)")

    init(_ files: [String: String] = [:]) throws {
      try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
      for (path, text) in files { try write(text, to: path) }
    }

    deinit { try? FileManager.default.removeItem(at: url) }

    func write(_ text: String, to path: String) throws {
      let file = url.appending(path: path)
      try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: file)
    }

    func digest() throws -> String { try PackDigest.of(url.path) }
  }

  /// The documented form, hashed by `printf '8:pack.lua3:abc' | sha256sum`.
  @Test func itIsTheDocumentedOne() throws {
    #expect(
      try Folder(["pack.lua": "abc"]).digest() == "ea7fbc67c32995a766664bf216736533afcd0c893bd596fea71d54650db6529b")
    #expect(try Folder().digest() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
  }

  @Test func everyPathAndByteCounts() throws {
    let base = try Folder(["a": "1", "b/c": "2"]).digest()
    #expect(try Folder(["a": "1", "b/c": "2"]).digest() == base)
    for other in [
      ["a": "1", "b/c": "3"], ["a": "1", "b/d": "2"], ["a": "1"], ["a": "12", "b/c": ""],
      ["a": "1", "b/c": "2", ".x": ""],
    ] {
      #expect(try Folder(other).digest() != base)
    }
  }

  @Test func linksAndPipesHaveNone() throws {
    let folder = try Folder(["a": "1"])
    try FileManager.default.createSymbolicLink(atPath: folder.url.path + "/l", withDestinationPath: "a")
    #expect(throws: PackDigest.Failure.self) { try folder.digest() }
    let other = try Folder(["a": "1"])
    #expect(mkfifo(other.url.path + "/p", 0o600) == 0)
    #expect(throws: PackDigest.Failure.self) { try other.digest() }
  }

  @Test func depthIsBounded() throws {
    let deep = Array(repeating: "d", count: PackDigest.maximumDepth + 1).joined(separator: "/")
    let folder = try Folder(["\(deep)/f": "1"])
    #expect(throws: PackDigest.Failure.self) { try folder.digest() }
    Files.removeTree(folder.url.path)
    #expect(!FileManager.default.fileExists(atPath: folder.url.path))
  }

  @Test(arguments: [
    ("git+https://git.example.com/acme.git@v1.2", "https://git.example.com/acme.git", "v1.2"),
    ("git+ssh://git@host/team/acme@release/1", "ssh://git@host/team/acme", "release/1"),
    ("git+file:///srv/acme.git@main", "file:///srv/acme.git", "main"),
  ])
  func repositories(_ text: String, _ url: String, _ revision: String) throws {
    let digest = String(repeating: "0a", count: 32)
    let spec = try PackSpec("\(text)#\(digest)")
    #expect(spec.source == .git(url: url, revision: revision))
    #expect(spec.text == text && spec.digest == digest)
  }

  @Test func foldersAndArchives() throws {
    #expect(try PackSpec("acme").source == .folder("acme"))
    #expect(try PackSpec("a/acme-1.0.tgz").source == .archive("a/acme-1.0.tgz"))
    #expect(try PackSpec("acme.zip").digest == nil)
  }

  /// What must never reach a command line.
  @Test(arguments: [
    "", "git+", "git+acme@v1", "git+ext::sh -c id@v1", "git+http://h/p@v1", "git+git://h/p@v1", "git+https://h/p",
    "git+https://h@v1",
    "git+https://h/p@", "git+https://h/p@--upload-pack=id", "git+https://h/p@v1..v2", "git+https://h/p@v1:x",
    "git+https://-h/p@v1",
    "git+ssh://-oProxyCommand=id/p@v1", "git+ssh://u@-oProxyCommand=id/p@v1", "git+https://h/a b@v1",
    "git+https://h/p\n@v1",
    "git+https:///p@v1", "git+file://host/p@v1", "git+git@host:p@v1", "git+https://h/p@v1#abc", "acme.zip#0A",
    "acme.tar#",
  ])
  func malformed(_ text: String) {
    #expect(throws: PackSpec.Malformed.self) { try PackSpec(text) }
  }
}
