import Foundation
import Testing

/// What `composex completion install` writes completes commands, files and names in a real bash.
@Suite struct CompletionTests {
  /// What bash offers after the words of each line, the last of which is begun: lines of words.
  private static let driver = """
    source "$HOME/.local/share/bash-completion/completions/composex"
    offer() {
      COMP_WORDS=("$@") COMP_CWORD=$(($# - 1)) COMP_LINE="$*" COMP_POINT=${#COMP_LINE} COMP_TYPE=9 COMPREPLY=()
      $(complete -p composex | sed 's/.*-F \\([^ ]*\\).*/\\1/') composex "${@: -1}" "${@: -2:1}" 2>/dev/null
      echo "$*: ${COMPREPLY[*]}"
    }
    offer composex comp
    offer composex explain x-sqs
    offer composex explain Jobs
    offer composex logs ""
    offer composex render -f ""

    """

  @Test func bashCompletesNames() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "composex-completion-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let services = "services: {web: {image: nginx}, api: {image: acme/api}}\n"
    let compose = "\(services)x-sqs: {jobs: {Services: {web: {Access: Publish}}}}\n"
    try Data(compose.utf8).write(to: folder.appending(path: "compose.yaml"))

    let installed = try Command.run(["completion", "install"], in: folder, environment: ["SHELL": "/bin/bash"])
    #expect(installed.exit == 0 && installed.output.hasPrefix("wrote \(folder.path)/.local/share/bash-completion/"))
    let path = "\(Command.executable.deletingLastPathComponent().path):/usr/bin:/bin"
    try Data(Self.driver.utf8).write(to: folder.appending(path: "driver"))
    let offered = try Command.run(
      ["--norc", "driver"], in: folder, environment: ["PATH": path], program: URL(filePath: "/bin/bash"))
    let lines = offered.output.split(separator: "\n").map(String.init)
    #expect(lines.first == "composex comp: completion")
    #expect(lines.contains("composex logs : api web"), "\(lines)")
    #expect(lines.contains { $0.hasPrefix("composex explain Jobs: JobsQueue") }, "\(lines)")
    #expect(lines.contains { $0.hasPrefix("composex render -f : compose.yaml") }, "\(lines)")
  }

  @Test(arguments: [
    (["completion", "install"], "/bin/tcsh", 1, "there are no completions for tcsh"),
    (["completion", "install", "csh"], "", 2, "completion install takes bash, zsh or fish, not csh"),
    (["completion", "powershell"], "", 2, "completion takes zsh, bash, fish, install, not powershell"),
  ])
  func otherShellsAreRefused(words: [String], shell: String, exit: Int32, message: String) throws {
    let outcome = try Command.run(words, in: FileManager.default.temporaryDirectory, environment: ["SHELL": shell])
    #expect(outcome.exit == exit && outcome.errors.contains(message), "\(outcome.errors)")
  }
}
