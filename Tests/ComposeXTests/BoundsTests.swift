import Foundation
import Testing

/// Small inputs that ask for a great deal end soon, with a message.
@Suite(.timeLimit(.minutes(5))) struct BoundsTests {
  private func run(_ arguments: [String], _ files: [String: String], pipe: String? = nil) throws -> Command.Outcome {
    let folder = FileManager.default.temporaryDirectory.appending(path: "composex-bounds-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    for (name, text) in files { try Data(text.utf8).write(to: folder.appending(path: name)) }
    if let pipe { #expect(mkfifo(folder.appending(path: pipe).path, 0o644) == 0) }
    return try Command.run(arguments, in: folder)
  }

  @Test func rangesOfPorts() throws {
    let ranges = (1...25).map { "\"\($0)-65535:\($0)-65535\"" }.joined(separator: ", ")
    let outcome = try run(["config", "-q"], ["compose.yaml": "services: {a: {image: x, ports: [\(ranges)]}}\n"])
    #expect(outcome.exit == 1)
    #expect(outcome.errors.contains("services::a.ports[2]: too many ports"), "\(outcome.errors)")
  }

  /// Swift ends the process when memory runs out: what scripts keep must reach their own limit before.
  @Test(arguments: [
    "composex.override(s .. i, function() end)", "composex.each(\"#\" .. s .. i, function() end)",
    "composex.patch(\"x-sqs\", { QueueName = s .. i })", "composex.options { [s .. i] = {} }", "composex.warn(s .. i)",
    "print(s .. i)", "composex.naming { log_group = s .. i }", "composex.resource { key = \"x-\" .. s .. i, type = s }",
    "composex.check(\"x-sqs\", \"must \" .. i, function() return s .. i end)", "kept[i] = s .. i",
    "composex.patch(\"x-sqs\", { QueueName = { s .. i } }, { expect_was = { QueueName = s .. i } })",
    "composex.stack(function(stack) stack:parameter(\"P\" .. i, { Type = \"String\", Default = (\"x\"):rep(1000000) }) end)",
    "composex.each(\"x-sqs\", function(queue) error((\"x\"):rep(1000000) .. i) end)",
    "composex.project(function(project) project[\"x-\" .. i] = (\"x\"):rep(1000000) end)",
  ]) func scriptsUnderALimitOfAddressSpace(_ line: String) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "composex-bounds-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try Data("x-sqs: {q: {}}\n".utf8).write(to: folder.appending(path: "compose.yaml"))
    try Data("local kept, s = {}, (\"x\"):rep(20000000)\nfor i = 1, 250 do \(line) end\n".utf8)
      .write(to: folder.appending(path: "s.lua"))
    let outcome = try Command.run(
      ["-c", "ulimit -v 409600; exec \"$0\" render --script s.lua", Command.executable.path], in: folder,
      program: URL(filePath: "/bin/sh"))
    #expect(outcome.exit == 0 || outcome.exit == 1, "it ended with \(outcome.exit): \(outcome.errors.suffix(500))")
    #expect(!outcome.errors.contains("Fatal error"), "\(outcome.errors.suffix(500))")
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

  @Test(arguments: [
    "for i = 1, 200000 do composex.patch(\"x-sqs::q\", { DelaySeconds = 900 + i }) end",
    "for i = 1, 20000 do composex.check(\"x-sqs\", \"must be \" .. i, function() return false end) end",
  ]) func scriptsThatFailByTheThousand(_ script: String) throws {
    let outcome = try run(
      ["render", "--script", "s.lua"],
      ["compose.yaml": "services: {web: {image: x}}\nx-sqs: {q: {}}\n", "s.lua": script])
    #expect(outcome.exit == 1 && outcome.errors.contains("scripts found more than 10000 faults"))
  }

  /// Variables of which the last has half a mebibyte.
  private static let doubling =
    "A0=" + String(repeating: "a", count: 64) + "\n"
    + (1..<14).map { "A\($0)=$A\($0 - 1)$A\($0 - 1)\n" }.joined()

  /// What a few bytes are made into by variables and aliases.
  struct Unfolding: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let files: [String: String]
    let told: String

    init(_ name: String, told: String, _ files: [String: String]) {
      (testDescription, self.told, self.files) = (name, told, files)
    }

    static let web = "services: {web: {image: a}}\n"

    static let all: [Unfolding] = [
      Unfolding(
        "documents with variables", told: "longer than 64 MiB once their variables are in",
        [
          ".env": doubling,
          "compose.yaml": (0..<10).map { "---\nservices: {web: {image: a}}\nx-\($0): [\(list("$A13", 20))]\n" }
            .joined(),
        ]),
      Unfolding(
        "values of an env_file", told: "the values of the env files of all services are longer than 64 MiB together",
        [
          ".env": doubling, "a.env": (0..<20).map { "V\($0)=$A13\n" }.joined(),
          "compose.yaml": "services:\n" + (0..<20).map { "  s\($0): {image: a, env_file: a.env}\n" }.joined(),
        ]),
      Unfolding(
        "names of variables", told: "the values of variables of this project are longer than 64 MiB together",
        [
          ".env": doubling,
          "compose.yaml": "services:\n" + (0..<200).map { "  s\($0): {image: a, environment: [A13]}\n" }.joined(),
        ]),
      Unfolding(
        "arguments of builds", told: "the values of variables of this project are longer than 64 MiB together",
        [
          ".env": doubling,
          "compose.yaml": "services:\n" + (0..<200).map { "  s\($0): {build: {args: [A13]}}\n" }.joined(),
        ]),
      Unfolding(
        "aliases of a long text", told: "its aliases stand for more than 67108864 bytes",
        [
          "compose.yaml": web + "x-a: &a \"" + String(repeating: "z", count: 1_000_000)
            + "\"\nx-b: [\(list("*a", 80))]\n"
        ]),
      Unfolding(
        "a long key", told: "compose.yaml:2:5: error: a key has 5000 bytes; at most 4096 are read",
        ["compose.yaml": "services:\n  ? " + String(repeating: "k", count: 5000) + "\n  : {image: a}\n"]),
      Unfolding(
        "documents", told: "the file has 101 documents; at most 100 are read",
        ["compose.yaml": web + String(repeating: "---\nx-a: 1\n", count: 100)]),
      Unfolding(
        "one file many times", told: "too much is included",
        [
          ".env": "COMPOSE_FILE=" + String(repeating: "a.yaml:", count: 900) + "\n",
          "a.yaml": web + "x-a: [\(list("1", 10_000))]\n",
        ]),
      Unfolding(
        "very many files", told: "there are 1001 compose files; at most 1000 are read",
        [".env": "COMPOSE_FILE=" + String(repeating: "a.yaml:", count: 1001) + "\n", "a.yaml": web]),
      Unfolding(
        "findings", told: "more findings are left out",
        [
          "compose.yaml": "services:\n  \"" + String(repeating: "k", count: 1000) + "\":\n    image: a\n    labels: {"
            + (0..<10_000).map { "a\($0): [1]" }.joined(separator: ", ") + "}\n"
        ]),
    ]

    static func list(_ item: String, _ count: Int) -> String {
      [String](repeating: item, count: count).joined(separator: ", ")
    }
  }

  @Test(arguments: Unfolding.all) func unfolding(_ example: Unfolding) throws {
    let outcome = try run(["config", "-q"], example.files)
    #expect(outcome.exit == 1 && outcome.errors.contains(example.told), "\(outcome.errors.prefix(2000))")
    #expect(outcome.errors.utf8.count < 20 << 20)
  }

  /// Texts of which patterns could make the square of their length: attributes of a service.
  static let tempting: [String] = {
    func many(_ text: String, _ count: Int) -> String { String(repeating: text, count: count) }
    return [
      "image: \"\(many("a-", 50000))\"", "image: \"\(many("a/", 50000))b\"", "image: \"\(many("a:", 50000))b\"",
      "image: x@sha256:\(many("0", 100_000))", "ports: [\"\(many("80-", 50000))\"]",
      "ports: [\"\(many("1.", 50000)):80\"]",
      "expose: [\"\(many("8-", 50000))\"]", "environment: {A: \"\(many("http://a:1", 10000))\"}",
      "environment: {A: \"\(many("a.b-c", 30000))\"}", "environment: {A: \"\(many("x-sqs::", 20000))\"}",
      "environment: {A: \"\(many("{{resolve:", 20000))\"}", "environment: {A: \"\(many("-", 200_000))\"}",
      "environment: {A: \"\(many("${A:-", 20000))\"}", "command: \"\(many("a '' ", 50000))\"",
      "command: \"\(many(" ", 300_000))a\"", "command: [\"\(many("-Xmx", 50000))\"]",
      "entrypoint: [sh, -c, \"\(many("a && b | c ; ", 10000))\"]", "volumes: [\"\(many("a:", 50000))\"]",
      "volumes: [\"\(many("/a", 50000)):/b\"]", "stop_grace_period: \(many("1h", 50000))",
      "healthcheck: {test: [CMD-SHELL, \"\(many("curl http://localhost:80/a ", 10000))\"]}",
      "mem_limit: \(many("1", 100_000))m", "extra_hosts: [\"\(many("a=b", 30000))\"]", "user: \"\(many("1:", 50000))\"",
      "labels: {a: \"\(many("Host(`a`)||", 10000))\"}", "container_name: \"\(many("a-", 50000))\"",
    ]
  }()

  @Test(arguments: tempting.indices) func longTexts(_ index: Int) throws {
    let text = Self.tempting[index]
    let image = text.hasPrefix("image:") ? "" : "    image: a\n"
    let outcome = try run(
      ["check"], ["compose.yaml": "services:\n  s:\n\(image)    \(text)\n  t: {image: b, ports: [\"80:80\"]}\n"])
    #expect(outcome.exit == 0 || outcome.exit == 1)
    #expect(!outcome.errors.contains("the script ran longer than"), "\(text.prefix(40)): \(outcome.errors.prefix(500))")
  }

  @Test func printsNoGigabytes() throws {
    let services = (0..<300).map { "  s\($0): *a\n" }.joined()
    let text = String(repeating: "z", count: 1_000_000)
    let outcome = try run(
      ["config"],
      ["compose.yaml": "x-a: &a {image: a, labels: {a: \"\(text)\"}}\nservices:\n  b: *a\n", "b.yaml": services])
    #expect(outcome.exit == 0)
    let extending = (0..<200).map { "  s\($0): {extends: {file: b.yaml, service: b}}\n" }.joined()
    let copies = try run(
      ["config"],
      ["compose.yaml": "services:\n" + extending, "b.yaml": "services: {b: {image: a, labels: {a: \"\(text)\"}}}\n"])
    #expect(copies.exit == 1 && copies.output.isEmpty)
    #expect(
      copies.errors.contains("the model has more than 128 MiB when it is written"), "\(copies.errors.prefix(2000))")
  }

  /// A pipe that nobody writes to, wherever a file of the project may name one.
  @Test(arguments: [
    "services: {web: {image: a, env_file: pipe}}", "services: {web: {image: a, label_file: pipe}}",
    "include: [pipe]", "include: [{path: a.yaml, env_file: pipe}]",
    "services: {web: {image: a, extends: {file: pipe, service: a}}}",
    "services: {web: {image: a}}\nx-composex: {scripts: [pipe]}",
    "services: {web: {image: a}}\nx-ssm_parameter: {p: {MacroParameters: {FromFile: pipe}}}",
  ]) func pipes(_ text: String) throws {
    let outcome = try run(["render"], ["compose.yaml": text + "\n", "a.yaml": "services: {}\n"], pipe: "pipe")
    #expect(outcome.exit == 1 && outcome.errors.contains("is a pipe or a device"), "\(outcome.errors)")
  }

  @Test func pipesThatFilesOfVariablesName() throws {
    let named = try run(["config", "-q"], [".env": "COMPOSE_FILE=pipe\n"], pipe: "pipe")
    #expect(named.exit == 1 && named.errors.contains("is a pipe or a device"), "\(named.errors)")
    let variables = try run(["config", "-q"], ["compose.yaml": "services: {a: {image: a}}\n"], pipe: ".env")
    #expect(variables.exit == 1 && variables.errors.contains("is a pipe or a device"), "\(variables.errors)")
  }

  @Test func whatWasQuadratic() throws {
    func lines(_ count: Int, _ line: (Int) -> String) -> String { (0..<count).map(line).joined(separator: ", ") }
    let head = "services: {web: {image: a}}\n"
    let extends = try run(
      ["config", "-q"], ["compose.yaml": "services: {\(lines(30_000) { "s\($0): {image: a, extends: s\($0)}" })}\n"])
    #expect(extends.exit == 1 && extends.errors.contains("Circular reference"))
    for text in [
      "services: {web: {build: {context: ., args: [\(lines(150_000) { "s\($0)" })]}}}\n",
      head + "x-a: {\(lines(150_000) { "k\($0): !reset " })}\n",
      "services: {web: {image: a}}\nnetworks: {n: {ipam: {config: [\(lines(30_000) { "{subnet: a\($0)}" })]}}}\n---\n"
        + "networks: {n: {ipam: {config: [\(lines(30_000) { "{subnet: b\($0)}" })]}}}\n",
    ] {
      let outcome = try run(["config", "-q"], ["compose.yaml": text])
      #expect(outcome.exit == 0, "\(outcome.errors.prefix(2000))")
    }
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
      Many("mounts", told: "compose.yaml:4:5: error: services::web mounts 10000 volumes") {
        web + "    volumes:\n" + lines(10_000) { "      - v\($0):/m/\($0)" } + "\nvolumes:\n"
          + lines(10_000) { "  v\($0): {}" }
      },
      Many("anonymous volumes below a bind mount", told: "services::web mounts 10001 volumes") {
        web + "    volumes:\n      - ./:/app\n" + lines(10_000) { "      - /app/\($0)" }
      },
      Many("networks") {
        web + "    networks:\n" + lines(10_000) { "      n\($0): {}" } + "\nnetworks:\n"
          + lines(10_000) { "  n\($0): {}" }
      },
      Many("references in a text", told: "must have at most 65536 bytes") {
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
          + lines(2000) {
            "          - {Event: \"s3:ObjectCreated:*\", Queue: x-sqs::q\($0), Filter: {S3Key: {Rules: [{Name: prefix, Value: p\($0)/}]}}}"
          } + "\nx-sqs:\n"
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
