/// `composex.lock`: the packs that `composex pack add` fetched for a project, with the digests of their contents.
///
/// A YAML file beside the compose file, to be committed:
/// ```
/// packs:
///   acme:
///     source: git+https://git.example.com/acme.git@v1.2.0
///     rev: 1f0c...
///     sha256: 9b74...
/// ```
public struct PackLock {
  /// One pack of the lock file.
  public struct Entry {
    /// The pack's own name, which its manifest gives.
    public var name: String
    /// As a `PackSpec` without its digest; a path is relative to the project directory.
    public var source: String
    /// The commit of a Git repository.
    public var revision: String?
    /// SHA-256 of its files, as `PackDigest` counts them.
    public var digest: String
    /// Where the lock file says so.
    public var place = Place.unknown

    /// An entry that no file holds yet.
    public init(name: String, source: String, revision: String?, digest: String) {
      (self.name, self.source, self.revision, self.digest) = (name, source, revision, digest)
    }
  }

  /// Its name in the project directory.
  public static let fileName = "composex.lock"
  /// Where fetched packs lie, below the project directory.
  public static let folder = ".composex/packs"

  /// The folder that holds the file.
  public let projectDirectory: String
  /// Sorted by name.
  public private(set) var entries: [Entry] = []

  /// Where the file is, or would be.
  public var path: String { Files.join(projectDirectory, Self.fileName) }

  /// Reads the lock file of a project; one that is not there holds nothing.
  ///
  /// - Throws: a `Finding`, at the file, when it is not what `composex pack` writes.
  public init(of projectDirectory: String) throws {
    self.projectDirectory = projectDirectory
    let file = SourceFile(name: Files.shown(path), role: .environment)
    let bytes: [UInt8]
    do throws(Files.Failure) { bytes = try Files.readPlain(path) } catch {
      if error.isMissing { return }
      throw Finding.error(
        at: Place(file: file), "cannot be read: \(error.reason)",
        remedy: "take \(Self.fileName) from version control")
    }
    let findings = Findings()
    var root: Node?
    do { root = try YAMLComposer.documents(bytes, file: file, findings: findings, limits: YAMLLimits()).first } catch {
      findings.report(error)
    }
    if let wrong = findings.sorted.first(where: { $0.severity == .error }) { throw wrong }
    guard let packs = root?["packs"]?.fields, root?.fields?.count == 1 else {
      throw Self.wrong(Place(file: file, line: 1))
    }
    entries = try packs.map { name, node in try Self.entry(name, node) }.sorted { $0.name < $1.name }
  }

  private static func entry(_ name: String, _ node: Node) throws -> Entry {
    let place = node.keyPlace ?? node.place
    guard let fields = node.fields, fields.keys.allSatisfy({ ["source", "rev", "sha256"].contains($0) }),
      let source = node["source"]?.string, let digest = node["sha256"]?.string, PackDigest.isDigest(digest),
      PackManifest.isName(name), node["rev"].map({ $0.string.map(isCommit) ?? false }) ?? true
    else { throw wrong(place) }
    var entry = Entry(name: name, source: source, revision: node["rev"]?.string, digest: digest)
    entry.place = place
    return entry
  }

  /// What `git rev-parse` prints: hexadecimal digits.
  private static func isCommit(_ text: String) -> Bool {
    (40...64).contains(text.utf8.count) && text.utf8.allSatisfy { (48...57).contains($0) || (97...102).contains($0) }
  }

  private static func wrong(_ place: Place) -> Finding {
    .error(
      at: place, "this is not what composex pack writes",
      remedy: "take \(fileName) from version control, or remove it and add the packs again")
  }

  /// The entry of that name.
  public subscript(name: String) -> Entry? { entries.first { $0.name == name } }

  /// Takes the place of the entry of that name.
  public mutating func set(_ entry: Entry) {
    entries.removeAll { $0.name == entry.name }
    entries.append(entry)
    entries.sort { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
  }

  /// Takes the entry of that name out.
  public mutating func remove(_ name: String) { entries.removeAll { $0.name == name } }

  /// The entry of that name.
  ///
  /// - Throws: a `Finding` with the near name when there is none.
  public func entry(named name: String) throws -> Entry {
    if let entry = self[name] { return entry }
    throw Finding.error(
      at: Place(file: SourceFile(name: Files.shown(path), role: .environment)), "no pack is called \"\(name)\"",
      remedy: NearName.remedy(name, in: entries.map(\.name), what: "it has") ?? "composex pack add PACK adds one")
  }

  /// The file, always the same for the same entries.
  public var text: [UInt8] {
    var packs: Node.Fields = [:]
    for entry in entries {
      var fields: Node.Fields = ["source": .text(entry.source)]
      if let revision = entry.revision { fields["rev"] = .text(revision) }
      fields["sha256"] = .text(entry.digest)
      packs[entry.name] = .map(fields)
    }
    return Array("# Written by composex pack.\n".utf8) + YAMLWriter.write(.map(["packs": .map(packs)]))
  }

  /// The whole path of the folder in which the pack lies: a folder is used where it is.
  public func folder(of entry: Entry) -> String {
    if case .folder(let path)? = try? PackSpec(entry.source).source { return Files.join(projectDirectory, path) }
    return Files.join(projectDirectory, "\(Self.folder)/\(entry.name)")
  }
}

// MARK: - Verifying

extension PackLock {
  /// Refuses a pack whose content is not what the lock file says. `place` is that of whoever names the pack.
  ///
  /// - Throws: a `Finding` at `place`, when the folder is not there or has another digest.
  public func verify(_ entry: Entry, at place: Place) throws {
    let folder = folder(of: entry)
    let shown = Files.shown(folder)
    guard Files.isDirectory(folder) else {
      throw Finding.error(
        at: place, "pack \(entry.name) is not in \(shown)",
        remedy: "composex pack add fetches what \(Self.fileName) names")
    }
    let found: String
    do throws(PackDigest.Failure) { found = try PackDigest.of(folder) } catch {
      throw Finding.error(
        at: place, "pack \(entry.name) in \(shown) cannot be verified: \(error.reason)",
        remedy: "composex pack add \(ShellText.quoted(entry.source)) fetches it again")
    }
    guard found != entry.digest else { return }
    throw Finding.error(
      at: place, "pack \(entry.name) in \(shown) does not match its digest",
      remedy: "see what changed; composex pack add \(ShellText.quoted(entry.source)) takes it as it is at its source",
      notes: ["\(entry.place.fileAndLine) says \(entry.digest)", "\(shown) has \(found)"])
  }

  /// The folder of the pack that a reference names, when the reference is one for the lock file: a Git revision, an archive, the
  /// name of a pack in it, or the folder of one. Its content is verified, once `admit` does not throw. nil for a folder that the lock
  /// file does not know.
  func resolve(_ reference: PackReference, admit: (_ folder: String) throws -> Void) throws -> String? {
    let spec: PackSpec
    do throws(PackSpec.Malformed) { spec = try PackSpec(reference.text) } catch {
      throw Finding.error(at: reference.place, error.message, remedy: error.remedy)
    }
    guard let entry = try entry(for: spec, reference) else { return nil }
    if let digest = spec.digest, digest != entry.digest {
      throw Finding.error(
        at: reference.place, "pack \(entry.name) is asked for with another digest than that of \(Self.fileName)",
        remedy: "composex pack add \(ShellText.quoted(reference.text)) fetches it anew",
        notes: ["asked for: \(digest)", "\(entry.place.fileAndLine): \(entry.digest)"])
    }
    let folder = folder(of: entry)
    try admit(folder)
    try verify(entry, at: reference.place)
    return folder
  }

  private func entry(for spec: PackSpec, _ reference: PackReference) throws -> Entry? {
    switch spec.source {
    case .folder:
      let asked = Files.resolvingLinks(reference.directory)
      if let entry = entries.first(where: { Files.resolvingLinks(folder(of: $0)) == asked }) { return entry }
      guard !reference.text.contains("/"), let entry = self[reference.text] else { return nil }
      if Files.isDirectory(reference.directory) {
        throw Finding.error(
          at: reference.place, "\"\(reference.text)\" is a folder, and a pack of \(Self.fileName)",
          remedy: "write ./\(reference.text) for the folder, or \(entry.source) for the pack")
      }
      return entry
    case .archive(let path):
      if Files.isDirectory(reference.directory) { return nil }
      let base = String(reference.directory.dropLast(reference.text.utf8.count - path.utf8.count))
      if let entry = entries.first(where: { Files.join(projectDirectory, $0.source) == base }) { return entry }
    case .git:
      if let entry = entries.first(where: { $0.source == spec.text }) { return entry }
    }
    throw Finding.error(
      at: reference.place, "pack \(reference.text) was not added to the project",
      remedy: "composex pack add \(ShellText.quoted(reference.text))")
  }
}
