import Foundation
import Testing

/// The command takes its memory in large pieces, where it may.
@Suite struct MemoryTests {
  /// Kibibytes of data that the process may have: less than the room that the heap asks for, and a little more.
  @Test(arguments: [60_000, 250_000])
  func rendersWithinALimit(kibibytes: Int) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "composex-memory-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try Data("services: {web: {image: nginx}}\n".utf8).write(to: folder.appending(path: "compose.yaml"))
    let script = "ulimit -d \(kibibytes); exec \"$0\" render"
    let outcome = try Command.run(
      ["-c", script, Command.executable.path], in: folder, program: URL(filePath: "/bin/sh"))
    #expect(outcome.exit == 0 && outcome.output.contains("WebService:"), "\(outcome.errors)")
  }
}
