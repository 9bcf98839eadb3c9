import ComposeXEngine
import Glibc

/// Brings packs into a project: fetches them, and keeps `composex.lock`.
struct Fetching {
  private(set) var lock: PackLock
  /// Where packs are kept, held while the lock file is read and written.
  private let folder: PackFolder

  init(projectDirectory: String) throws {
    let directory = Files.join(Files.currentDirectory, projectDirectory)
    folder = try PackFolder(of: directory)
    lock = try PackLock(of: directory)
  }

  /// Adds the pack of a specification, or takes it anew; its entry and version. `commit` is the one to fetch, whatever its
  /// revision stands for by now.
  mutating func add(_ text: String, commit: String? = nil) throws -> (entry: PackLock.Entry, version: String) {
    let spec: PackSpec
    do throws(PackSpec.Malformed) { spec = try PackSpec(text) } catch {
      throw Finding.error(at: .unknown, error.message, remedy: error.remedy)
    }
    let found: (entry: PackLock.Entry, version: String)
    if case .folder(let path) = spec.source {
      found = try content(
        of: Files.join(Files.currentDirectory, path), as: spec, revision: nil, source: relative(path))
    } else {
      found = try fetched(spec, commit)
    }
    lock.set(found.entry)
    try folder.write(lock: lock)
    return found
  }

  private func fetched(_ spec: PackSpec, _ commit: String?) throws -> (entry: PackLock.Entry, version: String) {
    try folder.fetching { scratch, path in
      let revision = try fetch(spec.source, commit: commit, into: scratch)
      let pack = Self.withManifest(path)
      var source = spec.text
      if case .archive(let path) = spec.source { source = relative(path) }
      let found = try content(of: pack, as: spec, revision: revision, source: source)
      let packs = Files.join(lock.projectDirectory, PackLock.folder)
      try folder.place(String(pack.dropFirst(packs.count + 1)), as: found.entry.name)
      return found
    }
  }

  /// Takes a pack out of the lock file, and its files out of the project; a folder stays where it is.
  mutating func remove(_ name: String) throws -> PackLock.Entry {
    let entry = try lock.entry(named: name)
    lock.remove(name)
    try folder.write(lock: lock)
    if !isFolder(entry) { try folder.remove(name) }
    return entry
  }

  /// Takes what the source of a pack has now: the newest version tag of the same major version, the head of a branch, the files of a
  /// folder or an archive.
  mutating func update(_ name: String) throws -> (entry: PackLock.Entry, version: String) {
    let entry = try lock.entry(named: name)
    guard case .git(let url, let revision) = try Self.spec(entry).source else { return try add(absolute(entry.source)) }
    let newest = try Repository(url: url, revision: revision).revisions().newest(beside: revision)
    return try add("git+\(url)@\(newest ?? revision)")
  }

  /// What the source of a pack has: the newest revision beside the one it is at, and the newest of all; nil for what has no revisions.
  func revisions(of entry: PackLock.Entry) throws -> (current: String, beside: String?, all: String?, isMoved: Bool)? {
    guard case .git(let url, let revision) = try Self.spec(entry).source else { return nil }
    let revisions = try Repository(url: url, revision: revision).revisions()
    let commit = revisions.commit(of: revision)
    return (
      revision, revisions.newest(beside: revision), revisions.newest(above: revision),
      commit != nil && entry.revision != nil && commit != entry.revision
    )
  }

  private static func spec(_ entry: PackLock.Entry) throws -> PackSpec {
    do throws(PackSpec.Malformed) { return try PackSpec(entry.source) } catch {
      throw Finding.error(at: entry.place, error.message, remedy: error.remedy)
    }
  }

  /// Fetches every pack of the lock file again whose folder is not there, and verifies all.
  mutating func restore() throws {
    for entry in lock.entries where !isFolder(entry) { try folder.check(entry.name) }
    for entry in lock.entries where !Files.isDirectory(lock.folder(of: entry)) {
      let digest = isFolder(entry) ? "" : "#\(entry.digest)"
      _ = try add("\(absolute(entry.source))\(digest)", commit: entry.revision)
    }
    for entry in lock.entries { try lock.verify(entry, at: entry.place) }
  }

  // MARK: - Steps

  /// Fills a folder from a source; the commit of a repository.
  private func fetch(_ source: PackSpec.Source, commit: String?, into scratch: Folder) throws -> String? {
    switch source {
    case .git(let url, let revision):
      return try Repository(url: url, revision: commit ?? revision).fetch(into: scratch)
    case .archive(let path):
      try Archive(path: Files.join(Files.currentDirectory, path), shown: path).unpack(into: scratch)
      return nil
    case .folder: return nil
    }
  }

  /// Archives often hold one folder that holds the rest.
  private static func withManifest(_ folder: String) -> String {
    let names = Files.names(in: folder)
    guard !Files.exists("\(folder)/\(Pack.manifestName)"), names.count == 1 else { return folder }
    let below = "\(folder)/\(names[0])"
    return Files.exists("\(below)/\(Pack.manifestName)") ? below : folder
  }

  /// What a folder holds: links in it are refused before anything of it is read.
  private func content(of folder: String, as spec: PackSpec, revision: String?, source: String) throws -> (
    entry: PackLock.Entry, version: String
  ) {
    let digest: String
    do throws(PackDigest.Failure) { digest = try PackDigest.of(folder) } catch {
      throw Finding.error(at: .unknown, "\(spec.text) is refused: \(error.reason)")
    }
    if let wanted = spec.digest, wanted != digest {
      throw Finding.error(
        at: .unknown, "\(spec.text) does not match its digest", remedy: "do not use it before you know what changed",
        notes: ["asked for: \(wanted)", "it has:    \(digest)"])
    }
    guard Files.exists(Files.join(folder, Pack.manifestName)) else {
      throw Finding.error(
        at: .unknown, "\(spec.text) is no pack: it holds no \(Pack.manifestName)",
        remedy: "a pack is a folder with a pack.lua; composex init --pack NAME makes one")
    }
    let pack = try Pack.inspect(folder, named: spec.text)
    return (
      PackLock.Entry(name: pack.name, source: source, revision: revision, digest: digest), pack.version.description
    )
  }

  // MARK: - Paths

  /// A path of the command line as the lock file has it: below the project directory where that is possible.
  private func relative(_ path: String) -> String {
    let full = Files.join(Files.currentDirectory, path)
    let base = lock.projectDirectory
    return full.hasPrefix(base + "/") ? String(full.dropFirst(base.utf8.count + 1)) : full
  }

  private func absolute(_ source: String) -> String {
    source.hasPrefix("git+") ? source : Files.join(lock.projectDirectory, source)
  }

  private func isFolder(_ entry: PackLock.Entry) -> Bool {
    if case .folder? = try? PackSpec(entry.source).source { true } else { false }
  }
}
