import ComposeXEngine
import Glibc

/// `.composex/packs` of a project: where fetched packs come to lie. No link below the project directory is followed on the way.
struct PackFolder {
  let directory: String
  private let project: Folder

  /// Opens the project directory, and waits until no other `composex pack` changes it.
  init(of directory: String) throws {
    self.directory = directory
    // The way to the project directory may lead through links; that is the user's own affair.
    project = try Self.explained(directory) { () throws(Files.Failure) in try Folder(Files.resolved(directory)) }
    project.hold()
  }

  /// Fetches into a folder of its own, which `use` is given with its path, and removes what is left of it.
  func fetching<Result>(_ use: (Folder, _ path: String) throws -> Result) throws -> Result {
    let packs = try packs()
    // We hold the project: what another run left there was given up.
    for name in packs.names(beginningWith: ".new-") + packs.names(beginningWith: ".old-") { packs.remove(name) }
    let name = ".new-\(getpid())"
    defer { packs.remove(name) }
    let path = "\(PackLock.folder)/\(name)"
    let folder = try Self.explained(path) { () throws(Files.Failure) in try packs.folder(name, isMade: true) }
    return try use(folder, Files.join(directory, path))
  }

  /// Gives the folder `source`, or the only one in it, the name of a pack. What had the name is set aside, then removed.
  func place(_ source: String, as name: String) throws {
    let packs = try packs()
    let steps = source.split(separator: "/").map(String.init)
    let path = "\(PackLock.folder)/\(name)"
    try Self.explained(path) { () throws(Files.Failure) in
      var from = packs
      for step in steps.dropLast() { from = try from.folder(step) }
      let aside = ".old-\(getpid())"
      let isTaken = packs.kind(of: name) != nil
      if isTaken { try packs.rename(name, to: aside) }
      do throws(Files.Failure) { try from.rename(steps[steps.count - 1], to: name, in: packs) } catch {
        if isTaken { try? packs.rename(aside, to: name) }
        throw error
      }
      if isTaken { packs.remove(aside) }
    }
  }

  /// Replaces the lock file.
  func write(lock: PackLock) throws {
    try Self.explained(PackLock.fileName) { () throws(Files.Failure) in
      let kind = project.kind(of: PackLock.fileName)
      guard kind == nil || kind == S_IFREG else { throw Files.Failure(reason: "is a link, or no file") }
      let new = ".\(PackLock.fileName).new"
      project.remove(new)
      try project.write(lock.text, to: new)
      do throws(Files.Failure) { try project.rename(new, to: PackLock.fileName) } catch {
        project.remove(new)
        throw error
      }
    }
  }

  /// Removes the files of a pack.
  func remove(_ name: String) throws {
    try check(name)
    try packs().remove(name)
  }

  /// Refuses a pack that is not a folder of the project: a link in its place, or on the way to it.
  func check(_ name: String) throws {
    let packs = try packs()
    guard let kind = packs.kind(of: name), kind != S_IFDIR else { return }
    throw Self.unwritable("\(PackLock.folder)/\(name)", "is a link, or no folder")
  }

  private func packs() throws -> Folder {
    var folder = project
    var path = ""
    for name in PackLock.folder.split(separator: "/").map(String.init) {
      path += path.isEmpty ? name : "/\(name)"
      let above = folder
      folder = try Self.explained(path) { () throws(Files.Failure) in try above.folder(name, isMade: true) }
    }
    return folder
  }

  private static func explained<Result>(
    _ path: String, _ body: () throws(Files.Failure) -> Result
  ) throws -> Result {
    do throws(Files.Failure) { return try body() } catch { throw unwritable(path, error.reason) }
  }

  private static func unwritable(_ path: String, _ reason: String) -> Finding {
    .error(
      at: Place(file: SourceFile(name: Files.shown(path), role: .commandLine)), "cannot be written: \(reason)",
      remedy: "packs are kept in \(PackLock.folder), folders of the project itself")
  }
}
