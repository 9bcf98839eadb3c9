import ComposeXEngine
import Glibc

/// The files of a repository as a revision has them, in a folder of their own in which they have the paths of the repository.
///
/// A path `/home/me/shop/compose.yaml` is `SCRATCH/home/me/shop/compose.yaml` there. What the command line names relative to the
/// current folder is named so from the folder in its place; what lies outside of the repository is read where it is. What git ignores
/// (`.env`, say) has no revisions: it is that of the working tree.
struct Revision {
  let name: String
  /// The folder that holds them all.
  private let scratch: String
  /// The repository's folder.
  private let root: String
  /// The project's own folder, as it is in the repository.
  private let home: String

  /// Takes the files of a revision out of the repository that `folder` is in.
  ///
  /// - Throws: a `Finding` when there is no repository, or no such revision in it.
  init(_ name: String, at folder: String) throws {
    self.name = name
    home = Files.resolved(folder)
    var around = folder
    while !Files.isDirectory(around), around != "/" { around = Files.directory(of: around) }
    guard let start = try? Folder(Files.resolved(around)) else {
      throw Finding.error(at: .unknown, "the folder \(folder) cannot be read", remedy: "name a folder that is there")
    }
    let root: String
    do { root = try Self.git(["rev-parse", "--show-toplevel"], in: start) } catch {
      throw Finding.error(
        at: .unknown,
        "there is neither a file nor a revision \"\(name)\": the project is in no git repository",
        remedy: "name a template or another compose file: composex diff OLD.yaml")
    }
    let repository = try Self.explained(root) { () throws(Files.Failure) in try Folder(root) }
    self.root = root
    let commit: String
    do {
      commit = try Self.git(
        ["rev-parse", "--verify", "--quiet", "--end-of-options", "\(name)^{commit}"], in: repository)
    } catch {
      let branch = name.hasPrefix("origin/") ? String(name.dropFirst("origin/".count)) : name
      throw Finding.error(
        at: .unknown, "there is neither a file nor a revision \"\(name)\"",
        remedy:
          "name a branch, a tag or a commit; in a pipeline, fetch it first: git fetch origin \(ShellText.word(branch))")
    }
    do throws(Files.Failure) { scratch = try Files.makeScratchFolder() } catch {
      throw Finding.error(at: .unknown, "cannot make a folder for the revision: \(error.reason)")
    }
    do { try unpack(commit, of: repository) } catch {
      remove()
      throw error
    }
  }

  /// Removes the files.
  func remove() { Files.removeTree(scratch) }

  // MARK: - Unpacking

  private func unpack(_ commit: String, of repository: Folder) throws {
    let index = "\(scratch)/.index"
    try Self.explained(scratch) { () throws(Files.Failure) in try Files.makeDirectory(scratch + root) }
    try Self.git(["read-tree", commit], in: repository, index: index)
    try Self.git(["checkout-index", "--all", "--quiet", "--prefix=\(scratch)\(root)/"], in: repository, index: index)
    let list = ["ls-files", "-z", "--others", "--ignored", "--exclude-standard", "--directory"]
    for path in try Self.lines(list, in: repository, separator: 0) {
      let plain = path.hasSuffix("/") ? String(path.dropLast()) : path
      guard !plain.split(separator: "/").contains(".composex") else { continue }
      let target = "\(scratch)\(root)/\(plain)"
      if Files.isDirectory(Files.directory(of: target)), !Files.isTaken(target) { symlink("\(root)/\(plain)", target) }
    }
    try restorePacks()
  }

  /// Packs that the lock file of the revision names: those of the working tree where they are the same, else they are fetched.
  private func restorePacks() throws {
    let project = scratch + home
    guard Files.isPlainFile(Files.join(project, PackLock.fileName)) else { return }
    let (then, now) = (try PackLock(of: project), try PackLock(of: home))
    for entry in then.entries where !Files.isDirectory(then.folder(of: entry)) {
      let folder = then.folder(of: entry)
      guard folder.hasPrefix(project + "/\(PackLock.folder)/") else { continue }
      let known = "\(home)/\(PackLock.folder)/\(entry.name)"
      if (try? PackDigest.of(known)) == entry.digest {
        let packs = "\(project)/\(PackLock.folder)"
        try Self.explained(packs) { () throws(Files.Failure) in try Files.makeDirectory(packs) }
        symlink(known, folder)
      }
    }
    let missing = then.entries.filter { !Files.isDirectory(then.folder(of: $0)) && now[$0.name]?.digest != $0.digest }
    if missing.isEmpty { return }
    var fetching = try Fetching(projectDirectory: project)
    for entry in missing { _ = try fetching.add("\(entry.source)#\(entry.digest)", commit: entry.revision) }
  }

  // MARK: - Rendering

  /// Runs `body` in the folder that stands for the current one.
  func entered<Result>(_ body: () throws -> Result) throws -> Result {
    let here = Files.currentDirectory
    let there = scratch + here
    try Self.explained(there) { () throws(Files.Failure) in try Files.makeDirectory(there) }
    guard chdir(there) == 0 else {
      throw Finding.error(at: .unknown, "cannot go to \(there): \(String(cString: strerror(errno)))")
    }
    defer { _ = chdir(here) }
    return try body()
  }

  /// What a run is given, with the paths of the revision.
  func relocated(_ input: Pipeline.Input) throws -> Pipeline.Input {
    var input = input
    let here = String(Files.currentDirectory.dropFirst(scratch.utf8.count))
    func moved(_ path: String) -> String {
      let whole = Files.join(here.isEmpty ? "/" : here, path)
      let isInside = whole == root || whole.hasPrefix(root + "/")
      if !isInside { return whole }
      return path.hasPrefix("/") ? scratch + path : path
    }
    input.compose.files = input.compose.files.map(moved)
    input.compose.environmentFiles = input.compose.environmentFiles?.map(moved)
    input.compose.projectDirectory = input.compose.projectDirectory.map(moved)
    input.compose.readable = input.compose.readable.map(moved) + [home]
    input.scripts = input.scripts.map(moved)
    input.lookups = input.lookups.map(moved)
    input.settingsFile = input.settingsFile.map(moved)
    input.images.path = input.images.path.map(moved)
    for index in input.packs.indices { input.packs[index].directory = moved(input.packs[index].directory) }
    for name in ["COMPOSE_FILE", "COMPOSE_ENV_FILES"] {
      input.environment[name] = input.environment[name]?.replacing("\(root)/", with: "\(scratch)\(root)/")
    }
    return input
  }

  /// Whether the revision has a compose file at all: a project begins with a revision that has none.
  func hasCompose(_ input: Pipeline.Input) -> Bool {
    let files = input.compose.files
    if !files.isEmpty { return files.contains { Files.exists($0) } }
    if input.environment["COMPOSE_FILE"].map({ !$0.isEmpty }) ?? false { return true }
    var folder = Files.join(Files.currentDirectory, input.compose.projectDirectory ?? ".")
    while folder.hasPrefix(scratch + root) {
      if FileDiscovery.names.contains(where: { Files.exists("\(folder)/\($0)") }) { return true }
      folder = Files.directory(of: folder)
    }
    return false
  }

  /// A finding with the paths of the repository.
  func shown(_ finding: Finding) -> Finding {
    func plain(_ text: String) -> String { text.replacing(scratch, with: "") }
    var finding = finding
    finding.message = plain(finding.message)
    finding.remedy = finding.remedy.map(plain)
    finding.notes = finding.notes.map(plain)
    if let file = finding.place.file, file.name.contains(scratch) {
      finding.place.file = SourceFile(name: plain(file.name), role: file.role)
    }
    return finding
  }

  // MARK: - Git

  /// Runs git without hooks and without what a surrounding repository sets; the first line of its output.
  @discardableResult
  private static func git(_ arguments: [String], in folder: Folder, index: String? = nil) throws -> String {
    try lines(arguments, in: folder, index: index).first ?? ""
  }

  private static func lines(
    _ arguments: [String], in folder: Folder, index: String? = nil, separator: UInt8 = UInt8(ascii: "\n")
  ) throws -> [String] {
    let unset = ["GIT_DIR", "GIT_WORK_TREE", "GIT_OBJECT_DIRECTORY", "GIT_NAMESPACE", "GIT_PREFIX"]
    let environment: [(name: String, value: String?)] =
      unset.map { ($0, nil) } + [
        ("GIT_INDEX_FILE", index), ("GIT_OPTIONAL_LOCKS", "0"), ("GIT_TERMINAL_PROMPT", "0"), ("LC_ALL", "C"),
      ]
    let settings = ["-c", "core.hooksPath=/dev/null", "-c", "core.fsmonitor=false"]
    let program = Program(name: "git", arguments: settings + arguments, environment: environment, folder: folder)
    return try program.run().output.split(separator: separator).map { String(decoding: $0, as: UTF8.self) }
  }

  private static func explained<Result>(_ path: String, _ body: () throws(Files.Failure) -> Result) throws -> Result {
    do throws(Files.Failure) { return try body() } catch {
      throw Finding.error(at: .unknown, "\(path): \(error.reason)", remedy: "make room for the files of the revision")
    }
  }
}
