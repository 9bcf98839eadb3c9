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

  /// Runs git without hooks, prompts or other protocols, and without what a surrounding repository sets; the first line of its output.
  @discardableResult
  private func git(_ arguments: [String], in folder: Folder) throws -> String {
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
      return output.split(separator: "\n").first.map(String.init) ?? ""
    } catch var finding as Finding {
      finding.message = "\(url) at \(revision) cannot be fetched: \(finding.message)"
      throw finding
    }
  }
}
