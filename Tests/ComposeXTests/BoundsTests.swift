import Foundation
import Testing

/// Small inputs that ask for a great deal end soon, with a message.
@Suite(.timeLimit(.minutes(5))) struct BoundsTests {
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

  /// Thousands of one thing in a file that is otherwise small; nothing of it reaches a limit of scripts.
  struct Many: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let text: @Sendable () -> String
    /// A part of what is told, or nil when all is well.
    var told: String?

    init(_ name: String, told: String? = nil, _ text: @escaping @Sendable () -> String) {
      (testDescription, self.told, self.text) = (name, told, text)
    }

    static func lines(_ count: Int, _ line: (Int) -> String) -> String { (0..<count).map(line).joined(separator: "\n") }

    static let web = "services:\n  web:\n    image: a:1\n"
    static let queue = "x-sqs: {q: {Services: {web: {Access: RWMessages}}}}\n"

    static let all: [Many] = [
      Many("mounts") {
        web + "    volumes:\n" + lines(10_000) { "      - v\($0):/m/\($0)" } + "\nvolumes:\n"
          + lines(10_000) { "  v\($0): {}" }
      },
      Many("anonymous volumes below a bind mount") {
        web + "    volumes:\n      - ./:/app\n" + lines(10_000) { "      - /app/\($0)" }
      },
      Many("networks") {
        web + "    networks:\n" + lines(10_000) { "      n\($0): {}" } + "\nnetworks:\n"
          + lines(10_000) { "  n\($0): {}" }
      },
      Many("references in a text") {
        web + "    environment:\n      A: \"" + String(repeating: "x-sqs::q::Url ", count: 10_000) + "\"\n" + queue
      },
      Many("what looks like references in a text", told: "is more than a template can hold") {
        web + "    environment:\n      A: \"" + String(repeating: "x-", count: 1_500_000) + "\"\n"
      },
      Many("blanks around the name of a family") {
        web + "    deploy: {labels: {ecs.task.family: \"a" + String(repeating: " ", count: 100_000) + "b\"}}\n"
      },
      Many("tags", told: "x-tags has 10000 tags: a resource takes 50") {
        web + "x-tags:\n" + lines(10_000) { "  t\($0): v" }
      },
      Many("alarms in one", told: "CompositeExpression has more than 10240 characters") {
        let all = [String](repeating: "ALARM(a)", count: 10_000).joined(separator: " OR ")
        return web
          + """
          x-alarms:
            a: {MacroParameters: {Predefined: HighCpuUsage, For: web}}
            c: {MacroParameters: {CompositeExpression: "\(all)"}}
          """
      },
      Many("services that one waits for", told: "more than the 500 that CloudFormation takes") {
        web + "    depends_on:\n" + lines(2000) { "      - s\($0)" } + "\n" + lines(2000) { "  s\($0): {image: a:1}" }
          + "\n"
      },
      Many("services on a dashboard", told: "more than the 500 that CloudFormation takes") {
        "services:\n" + lines(500) { "  s\($0): {image: a:1}" } + "\nx-dashboards: {all: {}}\n"
      },
      Many("queues that a bucket tells", told: "more than the 500 that CloudFormation takes") {
        web + "x-s3:\n  b:\n    Properties:\n      NotificationConfiguration:\n        QueueConfigurations:\n"
          + lines(2000) { "          - {Event: \"s3:ObjectCreated:*\", Queue: x-sqs::q\($0)}" } + "\nx-sqs:\n"
          + lines(2000) { "  q\($0): {}" } + "\n"
      },
      Many("names that nobody defines", told: "x-sqs::z0 is not in the compose file\n  did you mean") {
        web + "x-sqs:\n"
          + lines(5000) {
            "  q\($0): {Properties: {RedrivePolicy: {deadLetterTargetArn: x-sqs::z\($0), maxReceiveCount: 3}}}"
          } + "\n"
      },
      Many("services behind a load balancer", told: "more than the 500 that CloudFormation takes") {
        "services:\n" + lines(1000) { "  s\($0): {image: a:1, ports: [\"80\"]}" }
          + "\nx-elbv2:\n  lb:\n    Properties: {Type: application}\n    Listeners:\n      - Port: 80\n        Targets:\n"
          + lines(1000) { "          - {name: \"s\($0):s\($0)\", access: /\($0)}" } + "\n    Services:\n"
          + lines(1000) { "      s\($0):s\($0): {port: 80, protocol: HTTP}" } + "\n"
      },
    ]
  }

  @Test(arguments: Many.all) func manyOfOneThing(_ many: Many) throws {
    let outcome = try run(["render"], ["compose.yaml": many.text()])
    #expect(!outcome.errors.contains("is too large: the script"), "\(outcome.errors.prefix(2000))")
    #expect(outcome.exit == (many.told == nil ? 0 : 1), "\(outcome.errors.prefix(2000))")
    if let told = many.told { #expect(outcome.errors.contains(told), "\(outcome.errors.prefix(2000))") }
  }

  @Test func aProjectThatIsTooLarge() throws {
    let services = (0..<400).map { "  s\($0): {image: a:1}\n" }.joined()
    let outcome = try run(["render", "--script-timeout", "0.05"], ["compose.yaml": "services:\n" + services])
    #expect(
      outcome.errors.contains("error: the project is too large: the script ran longer than 0.05 s"), "\(outcome.errors)"
    )
    #expect(outcome.errors.contains("split it into several projects, or raise --script-timeout"), "\(outcome.errors)")
  }
}
