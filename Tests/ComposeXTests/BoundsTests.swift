import Foundation
import Testing

/// Small inputs that ask for a great deal end soon, with a message.
@Suite(.timeLimit(.minutes(1))) struct BoundsTests {
  private func run(_ arguments: [String], _ files: [String: String]) throws -> Command.Outcome {
    let folder = FileManager.default.temporaryDirectory.appending(path: "composex-bounds-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    for (name, text) in files { try Data(text.utf8).write(to: folder.appending(path: name)) }
    return try Command.run(arguments, in: folder)
  }

  @Test func rangesOfPorts() throws {
    let ranges = (1...25).map { "\"\($0)-65535:\($0)-65535\"" }.joined(separator: ", ")
    let outcome = try run(["config", "-q"], ["compose.yaml": "services: {a: {image: x, ports: [\(ranges)]}}\n"])
    #expect(outcome.exit == 1)
    #expect(outcome.errors.contains("services.a.ports[2]: too many ports"), "\(outcome.errors)")
  }

  @Test func environmentFilesOfManyServices() throws {
    let services = (0..<60).map { "  s\($0): {image: x, env_file: [a.env]}\n" }.joined()
    let values = (0..<20_000).map { "V\($0)=xxxx\n" }.joined()
    let outcome = try run(["config", "-q"], ["compose.yaml": "services:\n" + services, "a.env": values])
    #expect(outcome.exit == 1)
    #expect(
      outcome.errors.components(separatedBy: "the env files of all services hold too many values").count == 2,
      "\(outcome.errors)")
  }

  @Test func includesWithALargeEnvironment() throws {
    let includes = String(repeating: "  - b.yaml\n", count: 200)
    let outcome = try run(
      ["config", "-q"],
      [
        "compose.yaml": "include:\n" + includes, "b.yaml": "services: {b: {image: x}}\n",
        ".env": (0..<10_000).map { "V\($0)=xxxx\n" }.joined(),
      ])
    #expect(outcome.exit == 1 && outcome.errors.contains("hold too many values"), "\(outcome.errors)")
  }

  @Test func jobsThatWaitForJobs() throws {
    let services = (0..<40).map { (job: Int) -> String in
      let waits = [job - 1, job - 2].filter { $0 >= 0 }.map { "s\($0): {condition: service_completed_successfully}" }
      return "  s\(job): {image: x, depends_on: {\(waits.joined(separator: ", "))}}\n"
    }
    let outcome = try run(["check"], ["compose.yaml": "services:\n" + services.joined()])
    #expect(outcome.errors.contains("family s39 has 40 containers"), "\(outcome.errors)")
  }

  @Test func patchesThatFail() throws {
    let outcome = try run(
      ["render", "--script", "s.lua"],
      [
        "compose.yaml": "services: {web: {image: x}}\nx-sqs: {q: {}}\n",
        "s.lua": "for i = 1, 200000 do composex.patch(\"x-sqs::q\", { DelaySeconds = 900 + i }) end",
      ])
    #expect(outcome.exit == 1 && outcome.errors.contains("scripts found more than 10000 faults"))
  }

  @Test func rulesThatFail() throws {
    let outcome = try run(
      ["render", "--script", "s.lua"],
      [
        "compose.yaml": "services: {web: {image: x}}\nx-sqs: {q: {}}\n",
        "s.lua": "for i = 1, 20000 do composex.check(\"x-sqs\", \"must be \" .. i, function() return false end) end",
      ])
    #expect(outcome.exit == 1 && outcome.errors.contains("scripts found more than 10000 faults"))
  }
}
