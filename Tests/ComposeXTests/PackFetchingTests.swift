import Foundation
import Testing

/// `composex pack`: fetching, the lock file, and what is refused.
@Suite struct PackFetchingTests {
  /// A project with a repository and archives of a pack beside it.
  final class Workshop {
    let root = FileManager.default.temporaryDirectory.appending(path: "composex-packs-\(UUID().uuidString)")
      .resolvingSymlinksInPath()
    var project: URL { root.appending(path: "project") }
    var pack: URL { root.appending(path: "acme") }

    init() throws {
      try write("x-sqs: { jobs: {} }\n", to: "project/compose.yaml")
      try write("return { name = \"acme\", version = \"1.0.0\", load = { \"rules.lua\" } }\n", to: "acme/pack.lua")
      try write("composex.patch(\"x-sqs\", { DelaySeconds = 7 })\n", to: "acme/rules.lua")
    }

    deinit { try? FileManager.default.removeItem(at: root) }

    func write(_ text: String, to path: String) throws {
      let file = root.appending(path: path)
      try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: file)
    }

    func read(_ path: String) -> String { (try? String(contentsOf: root.appending(path: path), encoding: .utf8)) ?? "" }

    @discardableResult
    func tool(_ name: String, _ arguments: String..., in folder: URL? = nil) throws -> String {
      let outcome = try Command.run(
        [name] + arguments, in: folder ?? root, program: URL(filePath: "/usr/bin/env"))
      try #require(outcome.exit == 0, "\(name) \(arguments): \(outcome.errors)")
      return outcome.output
    }

    /// A Git repository of the pack; the id of its commit, which is tagged v1.
    func commit() throws -> String {
      try tool("git", "init", "-q", "-b", "main", in: pack)
      try tool("git", "add", "-A", in: pack)
      try tool("git", "-c", "user.name=a", "-c", "user.email=a@example.com", "commit", "-qm", "a", in: pack)
      try tool("git", "tag", "v1", in: pack)
      return try tool("git", "rev-parse", "HEAD", in: pack).split(separator: "\n").map(String.init)[0]
    }

    func composex(_ arguments: String...) throws -> Command.Outcome { try Command.run(arguments, in: project) }

    func added(_ outcome: Command.Outcome) throws -> String {
      #expect(outcome.exit == 0, "\(outcome.errors)")
      let line = try #require(outcome.output.split(separator: "\n").last { $0.hasPrefix("sha256 ") })
      return String(line.dropFirst(7))
    }
  }

  /// Packs are taken out, brought up to what their sources have, and asked for news.
  @Test func removingAndUpdating() throws {
    let shop = try Workshop()
    _ = try shop.commit()
    try shop.tool("git", "tag", "v1.0.0", in: shop.pack)
    let spec = "git+file://\(shop.pack.path)"
    _ = try shop.added(try shop.composex("pack", "add", "\(spec)@v1.0.0"))
    #expect(try shop.composex("pack", "outdated", "--exit-code").output == "all packs are current\n")
    #expect(try shop.composex("pack", "update").output == "acme 1.0.0 is current\n")

    for version in ["1.1.0", "2.0.0"] {
      try shop.write("return { name = \"acme\", version = \"\(version)\" }\n", to: "acme/pack.lua")
      try shop.tool(
        "git", "-c", "user.name=a", "-c", "user.email=a@example.com", "commit", "-qam", version, in: shop.pack)
      try shop.tool("git", "tag", "v\(version)", in: shop.pack)
    }
    let news = try shop.composex("pack", "outdated", "--exit-code")
    #expect(news.exit == 3 && news.output == "acme v1.0.0: composex pack update takes v1.1.0, newest is v2.0.0\n")
    #expect(try shop.composex("pack", "outdated").exit == 0)
    let updated = try shop.composex("pack", "update", "acme")
    #expect(updated.output.hasPrefix("updated acme to 1.1.0 from \(spec)@v1.1.0\nsha256 "), "\(updated.errors)")
    #expect(try shop.composex("pack", "list").output.hasPrefix("acme 1.1.0 "))
    #expect(try shop.composex("render", "--pack", "acme").exit == 0)

    let wrong = try shop.composex("pack", "remove", "acmee")
    #expect(wrong.exit == 1 && wrong.errors.contains("did you mean \"acme\"?"), "\(wrong.errors)")
    #expect(try shop.composex("pack", "remove", "acme").output == "removed acme\n")
    #expect(!shop.read("project/composex.lock").contains("acme"))
    #expect(!FileManager.default.fileExists(atPath: shop.project.path + "/.composex/packs/acme"))
    #expect(FileManager.default.fileExists(atPath: shop.pack.path))
  }

  /// What is fetched by no protocol of ours is told with what is.
  @Test(arguments: [
    ("http://git.example.com/acme", "git+https://git.example.com/acme.git@v1.0.0"),
    ("https://git.example.com/acme.git@v2", "git+https://git.example.com/acme.git@v2"),
    ("https://example.com/acme-1.0.0.tgz", "composex pack add ./acme-1.0.0.tgz"), ("ftp://example.com/acme", "./acme"),
  ]) func addressesThatAreNone(_ address: String, _ instead: String) throws {
    let outcome = try Workshop().composex("pack", "add", address)
    #expect(outcome.exit == 1 && outcome.errors.contains("a pack cannot be fetched by "), "\(outcome.errors)")
    #expect(outcome.errors.contains(instead), "\(outcome.errors)")
  }

  @Test func aRevisionOfARepository() throws {
    let shop = try Workshop()
    let commit = try shop.commit()
    let spec = "git+file://\(shop.pack.path)@v1"

    let early = try shop.composex("render", "--pack", spec)
    #expect(
      early.exit == 1 && early.errors.contains("was not added") && early.errors.contains("composex pack add '\(spec)'"))

    let digest = try shop.added(try shop.composex("pack", "add", spec))
    #expect(
      shop.read("project/composex.lock").unquoted
        == "# Written by composex pack.\npacks:\n  acme:\n    source: \(spec)\n    rev: \"\(commit)\"\n    sha256: \"\(digest)\"\n"
        .unquoted)
    #expect(!FileManager.default.fileExists(atPath: shop.project.path + "/.composex/packs/acme/.git"))
    for name in [spec, "\(spec)#\(digest)", "acme"] {
      let rendered = try shop.composex("render", "--pack", name)
      #expect(rendered.exit == 0 && rendered.output.contains("DelaySeconds: 7"), "\(rendered.errors)")
    }
    #expect(try shop.composex("pack", "verify").output == "ok acme \(digest)\n")
    #expect(try shop.composex("pack", "list").output == "acme 1.0.0 \(digest) \(spec) (\(commit))\n")

    let other = String(repeating: "0", count: 64)
    let refused = try shop.composex("render", "--pack", "\(spec)#\(other)")
    #expect(refused.exit == 1 && refused.errors.contains(other) && refused.errors.contains(digest))
    #expect(try shop.composex("pack", "add", "\(spec)#\(other)").exit == 1)
  }

  @Test func aPackThatChangedIsRefused() throws {
    let shop = try Workshop()
    try shop.tool("tar", "-czf", "acme.tgz", "acme")
    let digest = try shop.added(try shop.composex("pack", "add", "../acme.tgz"))
    try shop.write("x-sqs: { jobs: {} }\nx-composex: { packs: [../acme.tgz] }\n", to: "project/compose.yaml")
    #expect(try shop.composex("render").exit == 0)
    try shop.write("-- changed\n", to: "project/.composex/packs/acme/rules.lua")
    for arguments in [["render"], ["check"], ["pack", "verify"], ["render", "--pack", ".composex/packs/acme"]] {
      let outcome = try Command.run(arguments, in: shop.project)
      #expect(outcome.exit == 1)
      #expect(outcome.errors.contains("does not match its digest"))
      #expect(outcome.errors.contains("composex.lock:3 says \(digest)"))
    }
    #expect(try shop.composex("render").errors.hasPrefix("compose.yaml:2:"))
    #expect(try shop.added(try shop.composex("pack", "add", "../acme.tgz")) == digest)
    #expect(try shop.composex("render").exit == 0)
  }

  /// Every form of one pack has one digest; what is missing is fetched again.
  @Test func formsAndRestoring() throws {
    let shop = try Workshop()
    try shop.tool("tar", "-cf", "a.tar", "acme")
    try shop.tool("tar", "-czf", "a.tar.gz", "-C", "acme", ".")
    try shop.tool(
      "python3", "-c",
      "import zipfile as z; a=z.ZipFile('a.zip','w'); [a.write('acme/'+n) for n in ('pack.lua','rules.lua')]")
    _ = try shop.commit()
    var digests: [String] = []
    for spec in ["../a.tar", "../a.tar.gz", "../a.zip", "git+file://\(shop.pack.path)@main"] {
      digests.append(try shop.added(try shop.composex("pack", "add", spec)))
    }
    #expect(Set(digests).count == 1)
    try FileManager.default.removeItem(at: shop.project.appending(path: ".composex"))
    let missing = try shop.composex("render", "--pack", "acme")
    #expect(missing.exit == 1 && missing.errors.contains("composex pack add fetches what composex.lock names"))
    #expect(try shop.composex("pack", "add").output == "ok acme \(digests[0])\n")
    #expect(try shop.composex("render", "--pack", "acme").exit == 0)
  }

  @Test func aFolderIsUsedWhereItIs() throws {
    let shop = try Workshop()
    _ = try shop.added(try shop.composex("pack", "add", "../acme"))
    #expect(try shop.composex("render", "--pack", "../acme").exit == 0)
    try shop.write("composex.patch(\"x-sqs\", { DelaySeconds = 8 })\n", to: "acme/rules.lua")
    #expect(try shop.composex("render", "--pack", "../acme").errors.contains("does not match its digest"))
    _ = try shop.added(try shop.composex("pack", "add", "../acme"))
    #expect(try shop.composex("render", "--pack", "../acme").output.contains("DelaySeconds: 8"))
  }

  /// Archives whose entries lead out of the folder, or are links; nothing is left behind.
  @Test(arguments: [
    "t.addfile(f('../out'), d())", "t.addfile(f('/tmp/composex-out'), d())", "t.addfile(f('a/../../out'), d())",
    "t.addfile(link('l', '/etc/passwd', tarfile.SYMTYPE))", "t.addfile(link('l', 'pack.lua', tarfile.LNKTYPE))",
    "t.addfile(link('p', '', tarfile.FIFOTYPE))",
  ])
  func hostileArchives(_ entry: String) throws {
    let shop = try Workshop()
    let program = """
      import io, tarfile
      def f(n):
        i = tarfile.TarInfo(n); i.size = 1; return i
      def d(): return io.BytesIO(b'x')
      def link(n, to, kind):
        i = tarfile.TarInfo(n); i.type = kind; i.linkname = to; return i
      t = tarfile.open('bad.tar', 'w')
      t.add('acme/pack.lua', 'pack.lua'); t.add('acme/rules.lua', 'rules.lua')
      \(entry)
      t.close()
      """
    try shop.tool("python3", "-c", program)
    let outcome = try shop.composex("pack", "add", "../bad.tar")
    #expect(
      outcome.exit == 1 && outcome.errors.contains("bad.tar: error: its entry")
        || outcome.errors.contains("neither a file nor a folder"))
    #expect(
      try FileManager.default.subpathsOfDirectory(atPath: shop.project.path).filter {
        $0.hasSuffix(".lua") || $0.hasSuffix("lock")
      } == [])
    #expect(!FileManager.default.fileExists(atPath: "/tmp/composex-out"))
    #expect(!FileManager.default.fileExists(atPath: shop.root.path + "/out"))
  }

  @Test func hostileZips() throws {
    let shop = try Workshop()
    let make = "import zipfile as z; a=z.ZipFile('bad.zip','w'); a.write('acme/pack.lua','pack.lua'); "
    try shop.tool("python3", "-c", make + "a.writestr('../out','x')")
    #expect(try shop.composex("pack", "add", "../bad.zip").errors.contains("leads out of the pack"))
    let link = "i=z.ZipInfo('l'); i.create_system=3; i.external_attr=0o120777<<16; a.writestr(i,'/etc/passwd')"
    try shop.tool("python3", "-c", make + link)
    #expect(try shop.composex("pack", "add", "../bad.zip").errors.contains("l is a link"))
    #expect(!FileManager.default.fileExists(atPath: shop.root.path + "/out"))
  }

  /// A few bytes that unpack to more than a pack may hold.
  @Test func archivesThatUnpackToTooMuch() throws {
    let shop = try Workshop()
    for name in ["a", "b"] {
      try shop.tool("truncate", "-s", "40M", "\(shop.pack.path)/\(name)")
    }
    try shop.tool("tar", "czf", "project/acme.tgz", "-C", shop.pack.path, ".")
    try shop.tool("zip", "-qr", "../project/acme.zip", ".", in: shop.pack)
    for archive in ["acme.tgz", "acme.zip"] {
      let outcome = try shop.composex("pack", "add", archive)
      #expect(outcome.exit == 1)
      #expect(outcome.errors.contains("\(archive): error: it unpacks to 838"), "\(outcome.errors)")
    }
    #expect(!FileManager.default.fileExists(atPath: shop.project.appending(path: ".composex/packs/acme").path))
  }

  /// What never ends, or is not the pack's own, is not read.
  @Test func pipesAndLinksInAPack() throws {
    let shop = try Workshop()
    let rules = shop.pack.appending(path: "rules.lua").path
    try FileManager.default.removeItem(atPath: rules)
    try shop.tool("mkfifo", rules)
    let pipe = try shop.composex("render", "--pack", "../acme")
    #expect(pipe.errors.contains("which cannot be read: is a pipe or a device"), "\(pipe.errors)")

    let manifest = shop.pack.appending(path: "pack.lua").path
    try FileManager.default.moveItem(atPath: manifest, toPath: shop.root.appending(path: "other.lua").path)
    try FileManager.default.createSymbolicLink(atPath: manifest, withDestinationPath: "../other.lua")
    let link = try shop.composex("render", "--pack", "../acme")
    #expect(link.errors.contains("leads out of the pack"), "\(link.errors)")
  }

  @Test func archivesWithoutAManifest() throws {
    let shop = try Workshop()
    try shop.tool("tar", "czf", "project/acme.tgz", "acme/rules.lua")
    let outcome = try shop.composex("pack", "add", "acme.tgz")
    #expect(outcome.errors.contains("acme.tgz is no pack: it holds no pack.lua"), "\(outcome.errors)")
  }

  @Test func aRepositoryWithALink() throws {
    let shop = try Workshop()
    try FileManager.default.createSymbolicLink(
      atPath: shop.pack.path + "/secret.lua", withDestinationPath: "/etc/passwd")
    _ = try shop.commit()
    let outcome = try shop.composex("pack", "add", "git+file://\(shop.pack.path)@v1")
    #expect(outcome.exit == 1 && outcome.errors.contains("secret.lua is a link"))
  }

  @Test func whatCannotBeFetched() throws {
    let shop = try Workshop()
    let none = try shop.composex("pack", "add", "git+file://\(shop.root.path)/none@v1")
    #expect(none.exit == 1 && none.errors.contains("cannot be fetched: git failed"))
    #expect(try shop.composex("pack", "add", "git+file://\(shop.root.path)/none@--upload-pack=touch").exit == 1)
    #expect(try shop.composex("pack", "add", "../none.zip").errors.contains("there is no such file"))
    try shop.write("x", to: "bad.tgz")
    #expect(try shop.composex("pack", "add", "../bad.tgz").errors.contains("bad.tgz cannot be unpacked: tar failed"))
    #expect(shop.read("project/composex.lock").isEmpty)
  }
}

extension String {
  /// Digests with an `e` in the wrong place are quoted, so as not to be numbers.
  fileprivate var unquoted: String { replacing("\"", with: "") }
}
