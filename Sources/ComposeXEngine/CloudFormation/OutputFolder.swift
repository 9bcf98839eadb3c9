import Glibc

/// A folder for the templates of a layout, of which the root is the last to change.
///
/// All templates are written before the first takes its name. A file of ours in the folder lists them, so that those which a later
/// layout does not have can go, and nothing else does.
public struct OutputFolder {
  /// A template: its plain name, with extension, and what it holds.
  public typealias File = (name: String, bytes: [UInt8])

  /// Why the templates could not be written, and at which of the names.
  public struct Failure: Error {
    /// The file, below the folder, or the folder itself.
    public var path: String
    /// In the words of the operating system.
    public var reason: String
    /// Whether the operating system does not let us.
    public var isRefused = false
  }

  /// The list of templates, a name on each line.
  static let listName = ".composex-templates"
  private static let heading = "# Written by composex render: the templates of this folder."

  let path: String

  /// A folder as the user named it; it need not be there.
  public init(_ path: String) { self.path = path }

  /// Whether a text is a plain name of a template: lower-case letters, digits, `-` and `_`, then `.yaml` or `.json`.
  static func isTemplateName(_ name: some StringProtocol) -> Bool {
    let parts = Substring(name).split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 2 && StackHome.isPlain(parts[0]) && (parts[1] == "yaml" || parts[1] == "json")
  }

  /// Writes all templates, the root of which is the first, or none.
  public func write(_ files: [File]) throws(Failure) {
    let isNew = !Files.isTaken(path)
    do throws(Files.Failure) { try Files.makeDirectory(path) } catch {
      throw Failure(path: path, reason: error.reason, isRefused: error.isRefused)
    }
    do throws(Failure) {
      let kept = try files.map { file throws(Failure) in try verified(file.name) }
      try swap(files, kept)
    } catch {
      if isNew { rmdir(path) }
      throw error
    }
  }

  /// The file that a new one replaces, nil when there is none. Only plain files are replaced.
  private func verified(_ name: String) throws(Failure) -> stat? {
    var info = stat()
    let path = Files.join(path, name)
    guard lstat(path, &info) == 0 else {
      if errno == ENOENT { return nil }
      throw Failure(path: path, reason: Files.failure().reason)
    }
    switch info.st_mode & S_IFMT {
    case S_IFREG: return info
    case S_IFDIR: throw Failure(path: path, reason: "is a directory")
    case S_IFLNK: throw Failure(path: path, reason: "is a link, and a folder of templates holds files")
    default: throw Failure(path: path, reason: "is a pipe or a device")
    }
  }

  // MARK: - Swapping

  private func swap(_ files: [File], _ kept: [stat?]) throws(Failure) {
    let former = listed()
    let names = files.map(\.name)
    let stale = former.filter { !names.contains($0) && Self.format(of: $0) == Self.format(of: names[0]) }
    let isListed = files.count > 1 || !former.isEmpty
    let staging: Staging
    do throws(Files.Failure) { staging = try Staging(in: path) } catch {
      throw Failure(path: path, reason: error.reason, isRefused: error.isRefused)
    }
    defer { staging.remove() }
    for (file, info) in zip(files, kept) { try stage(file, info, staging) }
    if isListed {
      // Both layouts are listed while they are mixed, so that whatever ends this, the next run knows what is ours.
      try stage((Self.listName, Self.list(names + former.filter { !names.contains($0) })), nil, staging)
      try stage(("list", Self.list(names + former.filter { !names.contains($0) && !stale.contains($0) })), nil, staging)
    }
    var swapped: [String] = []
    do throws(Failure) {
      for name in (isListed ? [Self.listName] : []) + names.dropFirst() + names.prefix(1) {
        try exchange(name, staging)
        swapped.append(name)
      }
    } catch {
      for name in swapped.reversed() { restore(name, staging) }
      throw error
    }
    for name in stale where (try? verified(name)) != nil { unlink(Files.join(path, name)) }
    if isListed { rename("\(staging.folder)/list", Files.join(path, Self.listName)) }
  }

  private func stage(_ file: File, _ info: stat?, _ staging: Staging) throws(Failure) {
    do throws(Files.Failure) { try staging.write(file.bytes, named: file.name, keeping: info) } catch {
      throw Failure(path: Files.join(path, file.name), reason: error.reason, isRefused: error.isRefused)
    }
  }

  /// Gives a staged file its name; what had it stays in the staging folder, for as long as that is there.
  private func exchange(_ name: String, _ staging: Staging) throws(Failure) {
    let target = Files.join(path, name)
    // No file is ever missing: the old one has two names for a moment.
    link(target, "\(staging.folder)/\(name).old")
    guard rename("\(staging.folder)/\(name)", target) == 0 else {
      throw Failure(path: target, reason: Files.failure().reason)
    }
  }

  private func restore(_ name: String, _ staging: Staging) {
    let target = Files.join(path, name)
    if rename("\(staging.folder)/\(name).old", target) != 0 { unlink(target) }
  }

  // MARK: - The list

  private static func format(of name: String) -> Substring? { name.split(separator: ".").last }

  private static func list(_ names: [String]) -> [UInt8] {
    Array(([heading] + names).map { $0 + "\n" }.joined().utf8)
  }

  /// The templates that an earlier run wrote here. A line that is no plain name is nobody's.
  private func listed() -> [String] {
    let list = Files.join(path, Self.listName)
    guard let bytes = try? Files.readPlain(list) else { return [] }
    let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
    return lines.first.map(String.init) == Self.heading ? lines.filter { Self.isTemplateName($0) }.map(String.init) : []
  }
}
