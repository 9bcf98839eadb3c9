import Foundation
import Testing

/// What hostile projects and archives try with `composex pack`.
@Suite(.timeLimit(.minutes(10))) struct PackTrustTests {
  private typealias Workshop = PackFetchingTests.Workshop

  /// Links below the project, at each step of the way to a pack and in the place of the lock file: nothing behind them changes.
  @Test(arguments: [
    ("home", ".composex", ".composex: error: cannot be written: is a link"),
    ("home", ".composex/packs", ".composex/packs: error: cannot be written: is a link"),
    ("nowhere", ".composex/packs", ".composex/packs: error: cannot be written: is a link"),
    ("home/thesis.txt", "composex.lock", "composex.lock"), ("nowhere", "composex.lock", "composex.lock"),
    ("home/acme", ".composex/packs/acme", ""), ("nowhere", ".composex/packs/acme", ""),
    ("home", ".composex/packs/.new-1", ""), ("home", ".composex/packs/.old-1", ""),
  ]) func links(_ target: String, _ link: String, _ message: String) throws {
    let shop = try Workshop()
    for name in ["home/thesis.txt", "home/acme/thesis.txt", "home/packs/acme/t.txt"] {
      try shop.write("thesis", to: name)
    }
    try shop.tool("tar", "-czf", "acme.tgz", "acme")
    let path = shop.project.appending(path: link)
    try FileManager.default.createDirectory(at: path.deletingLastPathComponent(), withIntermediateDirectories: true)
    try FileManager.default.createSymbolicLink(atPath: path.path, withDestinationPath: shop.root.path + "/\(target)")
    let outcome = try shop.composex("pack", "add", "../acme.tgz")
    #expect(outcome.exit == (message.isEmpty ? 0 : 1) && outcome.errors.contains(message), "\(outcome.errors)")
    for name in ["home/thesis.txt", "home/acme/thesis.txt", "home/packs/acme/t.txt"] {
      #expect(shop.read(name) == "thesis")
    }
    #expect(try FileManager.default.subpathsOfDirectory(atPath: shop.root.path + "/home").count == 6)
    #expect(!FileManager.default.fileExists(atPath: shop.root.path + "/nowhere"))
    if message.isEmpty {
      #expect(try shop.composex("pack", "verify").exit == 0)
      #expect(try FileManager.default.contentsOfDirectory(atPath: shop.project.path + "/.composex/packs") == ["acme"])
    }
  }

  /// A fresh clone whose pack is a link restores nothing through it, and `init` writes through none.
  @Test func restoringAndInit() throws {
    let shop = try Workshop()
    try shop.tool("tar", "-czf", "acme.tgz", "acme")
    _ = try shop.added(try shop.composex("pack", "add", "../acme.tgz"))
    try shop.tool("sh", "-c", "rm -r project/.composex/packs/acme && ln -s ../../../acme project/.composex/packs/acme")
    let restored = try shop.composex("pack", "add")
    #expect(restored.exit == 1 && restored.errors.contains(".composex/packs/acme: error: cannot be written: is a link"))
    try shop.tool("sh", "-c", "mkdir new home && ln -s ../home new/.composex && ln -s ../home/f new/tags.lua")
    let outcome = try Command.run(["init"], in: shop.root.appending(path: "new"))
    #expect(outcome.exit == 1, "\(outcome.output)")
    #expect(try FileManager.default.contentsOfDirectory(atPath: shop.root.path + "/home").isEmpty)
  }

  /// What entries say of their sizes does not bind the archive: it is measured.
  @Test func sizesThatLie() throws {
    let shop = try Workshop()
    let program = """
      import io, struct, tarfile, zlib
      out, index = io.BytesIO(), b''
      for n in range(30):
        data = b'\\0' * (3 << 20); packer = zlib.compressobj(9, zlib.DEFLATED, -15)
        body = packer.compress(data) + packer.flush(); name = b'f%d' % n; at = out.tell()
        rest = struct.pack('<HHHHIIIHH', 0, 8, 0, 0, zlib.crc32(data), len(body), 10, len(name), 0)
        out.write(b'PK\\x03\\x04' + struct.pack('<H', 20) + rest + name + body)
        index += b'PK\\x01\\x02' + struct.pack('<HH', 20, 20) + rest + struct.pack('<HHHII', 0, 0, 0, 0, at) + name
      at = out.tell(); out.write(index)
      out.write(b'PK\\x05\\x06' + struct.pack('<HHHHIIH', 0, 0, 30, 30, len(index), at, 0))
      open('project/lie.zip', 'wb').write(out.getvalue())
      t = tarfile.open('project/owner.tgz', 'w:gz')
      for n in range(3):
        i = tarfile.TarInfo('f%d' % n); i.size = 30 << 20; i.uname = 'a 1 2'; i.gname = 'b 0 0'
        t.addfile(i, io.BytesIO(b'\\0' * i.size))
      t.close()
      """
    try shop.tool("python3", "-c", program)
    for archive in ["lie.zip", "owner.tgz"] {
      let outcome = try shop.composex("pack", "add", archive)
      #expect(outcome.exit == 1 && outcome.errors.hasPrefix("\(archive): error: it unpacks to"), "\(outcome.errors)")
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: shop.project.path + "/.composex/packs").isEmpty)
  }

  /// Modes that lock folders, depths that nobody goes down to: the pack can be taken, or refused, and removed again.
  @Test func modesAndDepths() throws {
    let shop = try Workshop()
    let program = """
      import io, tarfile
      t = tarfile.open('project/modes.tar', 'w')
      def add(name, text=None, mode=0):
        i = tarfile.TarInfo(name); i.mode = mode; i.type = tarfile.DIRTYPE if text is None else tarfile.REGTYPE
        i.size = len(text or ''); t.addfile(i, io.BytesIO((text or '').encode()))
      add('pack.lua', 'return { name = "modes", version = "1.0.0" }'); add('d'); add('d/e'); add('d/e/f.txt', 'x', 0o7777)
      t.close()
      t = tarfile.open('project/deep.tar', 'w')
      add('pack.lua', 'return { name = "deep", version = "1.0.0" }', 0o644)
      for n in range(1, 1500, 100): add('/'.join(['a'] * n), mode=0o755)
      add('/'.join(['a'] * 1500) + '/f', 'x', 0o644)
      t.close()
      """
    try shop.tool("python3", "-c", program)
    for _ in 0..<2 { _ = try shop.added(try shop.composex("pack", "add", "modes.tar")) }
    let modes = try shop.tool("sh", "-c", "cd project/.composex/packs && find modes -printf '%m %y ' ")
    #expect(
      modes == "755 d 755 d 755 d 755 f 644 f "
        || modes.split(separator: " ").filter { $0.count > 1 }.sorted() == ["644", "755", "755", "755", "755"])
    let deep = try shop.composex("pack", "add", "deep.tar")
    #expect(deep.exit == 1, "\(deep.output)")
    #expect(try FileManager.default.contentsOfDirectory(atPath: shop.project.path + "/.composex/packs") == ["modes"])
  }

  /// Those who add packs at the same time wait for each other: no entry is lost.
  @Test func manyAtOnce() throws {
    let shop = try Workshop()
    let script = """
      for i in 1 2 3 4 5 6 7 8; do mkdir p$i; printf 'return { name = "p%s", version = "1.0.0" }' $i > p$i/pack.lua
        tar -cf project/p$i.tar -C p$i pack.lua; done
      cd project; for i in 1 2 3 4 5 6 7 8; do '\(Command.executable.path)' pack add p$i.tar > /dev/null & done; wait
      '\(Command.executable.path)' pack verify | wc -l
      """
    #expect(try shop.tool("sh", "-c", script).contains("8"))
    #expect(try FileManager.default.contentsOfDirectory(atPath: shop.project.path + "/.composex/packs").count == 8)
  }

  @Test func closedStreams() throws {
    let shop = try Workshop()
    let program = """
      import zipfile as z
      a = z.ZipFile('project/slip.zip', 'w'); a.write('acme/pack.lua', 'pack.lua'); a.writestr('../../../PWN', 'x'); a.close()
      """
    try shop.tool("python3", "-c", program)
    for streams in ["<&-", ">&-", "2>&-", "<&- >&-", "<&- >&- 2>&-"] {
      let outcome = try Command.run(
        ["-c", "'\(Command.executable.path)' pack add slip.zip \(streams)"], in: shop.project,
        program: URL(filePath: "/bin/sh"))
      #expect(outcome.exit == 1, "\(streams)")
      #expect(!FileManager.default.fileExists(atPath: shop.project.path + "/composex.lock"))
    }
  }
}
