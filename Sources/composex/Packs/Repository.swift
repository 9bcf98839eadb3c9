import ComposeXEngine

/// A revision of a Git repository, fetched with the `git` command and the user's own credentials.
struct Repository {
  let url: String
  let revision: String

  /// Puts the files of the revision into an empty folder, without the repository itself; the id of the commit.
  func fetch(into folder: Folder) throws -> String {
    try git(["init", "--quiet", "--template="], in: folder)
    // `--` ends the options, whatever the URL and the revision are.
    try git(
      ["fetch", "--quiet", "--depth=1", "--no-tags", "--no-recurse-submodules", "--", url, revision], in: folder)
    let commit = try git(["rev-parse", "--verify", "FETCH_HEAD^{commit}"], in: folder)
    try git(["checkout", "--quiet", "--detach", commit], in: folder)
    folder.remove(".git")
    return commit
  }

  /// The tags and branches that the repository has, asked without fetching anything.
  func revisions() throws -> Revisions {
    let lines = try lines(["ls-remote", "--heads", "--tags", "--", url], in: Folder("/"))
    var commits: [(name: String, commit: String)] = []
    for line in lines {
      let parts = line.split(separator: "\t")
      guard parts.count == 2 else { continue }
      for prefix in ["refs/tags/", "refs/heads/"] where parts[1].hasPrefix(prefix) {
        let name = String(parts[1].dropFirst(prefix.count))
        // A tag with a message stands before the commit that it is of.
        if name.hasSuffix("^{}") {
          let tag = String(name.dropLast(3))
          commits.removeAll { $0.name == tag }
          commits.append((tag, String(parts[0])))
        } else {
          commits.append((name, String(parts[0])))
        }
      }
    }
    return Revisions(commits: commits)
  }

  /// The revisions of a repository by their names.
  struct Revisions {
    let commits: [(name: String, commit: String)]

    func commit(of name: String) -> String? { commits.first { $0.name == name }?.commit }

    /// The newest version tag above `revision`, of its major version; nil when there is none, or it is no version itself.
    func newest(beside revision: String) -> String? {
      guard let version = Self.version(revision) else { return nil }
      return newest { $0.major == version.major && version < $0 }
    }

    /// The newest version tag above `revision`, or of all when that is no version.
    func newest(above revision: String) -> String? {
      let version = Self.version(revision)
      return newest { other in version.map { $0 < other } ?? true }
    }

    private func newest(_ fits: (ComposeXEngine.Version) -> Bool) -> String? {
      commits.compactMap { commit in Self.version(commit.name).map { (commit.name, $0) } }.filter { fits($0.1) }
        .max { $0.1 < $1.1 }?.0
    }

    /// `v1.2.0` or `1.2.0`.
    private static func version(_ name: String) -> ComposeXEngine.Version? {
      ComposeXEngine.Version(name.hasPrefix("v") ? String(name.dropFirst()) : name)
    }
  }

  /// Runs git without hooks, prompts or other protocols, and without what a surrounding repository sets; the first line of its output.
  @discardableResult
  private func git(_ arguments: [String], in folder: Folder) throws -> String {
    try lines(arguments, in: folder).first ?? ""
  }

  private func lines(_ arguments: [String], in folder: Folder) throws -> [String] {
    let settings = [
      "core.hooksPath=/dev/null", "core.fsmonitor=false", "core.autocrlf=false", "core.symlinks=true",
      "protocol.ext.allow=never",
    ]
    let isLocal = url.hasPrefix("file:")
    let environment: [(name: String, value: String?)] = [
      ("GIT_TERMINAL_PROMPT", "0"), ("GIT_ALLOW_PROTOCOL", isLocal ? "file" : "https:ssh"), ("LC_ALL", "C"),
      ("GIT_DIR", nil),
      ("GIT_WORK_TREE", nil), ("GIT_INDEX_FILE", nil), ("GIT_OBJECT_DIRECTORY", nil), ("GIT_NAMESPACE", nil),
    ]
    do {
      let program = Program(
        name: "git", arguments: settings.flatMap { ["-c", $0] } + arguments, environment: environment,
        folder: folder)
      let output = String(decoding: try program.run().output, as: UTF8.self)
      return output.split(separator: "\n").map(String.init)
    } catch var finding as Finding {
      finding.message = "\(url) at \(revision) cannot be fetched: \(finding.message)"
      throw finding
    }
  }
}
