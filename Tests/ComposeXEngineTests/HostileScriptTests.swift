import ComposeXEngine
import Foundation
import Testing

/// Scripts made of the words of the interface, which try to read, write and escape: nothing of what is none of theirs comes out.
@Suite(.serialized, .timeLimit(.minutes(10))) struct HostileScriptTests {
  /// Programs of a run: those that change the project, and those that run in later phases.
  private static let early = 8
  private static let late = 32
  private static let runs = 250

  @Test func tenThousandPrograms() throws {
    let folder = try TrustFolder()
    defer { folder.remove() }
    var grammar = Grammar(folder)
    try folder.write("app/compose.yaml", Self.compose)
    try folder.write("app/intact.lua", Self.intact)
    var written = 0
    var finished = 0
    for run in 0..<Self.runs {
      let programs = (0..<Self.early).map { grammar.early($0) } + (0..<Self.late).map { _ in grammar.late() }
      written += programs.count
      // What ends all programs of a file is in few of them.
      let script =
        programs.joined(separator: "\n") + (run % 10 == 0 ? "\npcall(function() _ENV = { print = print } end)\n" : "\n")
      try folder.write("app/evil/rules.lua", script)
      let before = run % 50 == 0 ? folder.content : [:]
      let outcome = folder.render(scripts: ["app/intact.lua"])
      let all = outcome.findings.joined(separator: "\n") + TrustFolder.decoded(outcome.text)
      for canary in TrustFolder.canaries where all.contains(canary) {
        Issue.record("\(canary) comes out of:\n\(script)")
        return
      }
      if run % 50 == 0 { #expect(folder.content == before, "a script wrote a file:\n\(script)") }
      if outcome.text.isEmpty { continue }
      finished += 1
      #expect(!all.contains("TAMPERED"), "\(all.prefix(2000))")
    }
    #expect(written == 10_000)
    // Else the programs test the messages of errors, and not the generators.
    #expect(finished > Self.runs / 4, "\(finished) of \(Self.runs) runs made a template")
  }

  private static let compose =
    "services:\n" + (0..<early).map { "  s\($0): {image: \"nginx:1\"}\n" }.joined() + "x-sqs: {jobs: {}}\n"

  /// A further file, which would see what the programs changed of the language or of the words.
  private static let intact = """
    composex.each("x-sqs", function(queue)
      local whole <const> = ("x"):upper() == "X" and type(print) == "function" and math.type(1) == "integer"
        and type(composex.each) == "function" and #table.pack(1, 2) == 2 and queue.type == "AWS::SQS::Queue"
      if not whole then composex.warn("TAMPERED") end
    end)
    """

  private struct Grammar {
    var dice = Dice(14)
    let paths: [String]

    init(_ folder: TrustFolder) {
      let root = folder.root.path
      paths = [
        "/etc/passwd", "../../secret.txt", "../secret.txt", "\(root)/secret.txt", ".env", "../.env", "\(root)/app/.env",
        "link", "folder/secret.txt", "folder", "./link", "own.txt", ".env", ".env.local", ".", "/", "..",
        "~/secret.txt", "/proc/self/environ",
        "file://\(root)/secret.txt", "\(root)/app/evil/../../secret.txt", "\(root)/app/evil/link", "own.txt/../link",
        "\(root)/linked/secret.txt", "compose.yaml",
      ]
    }

    private mutating func path() -> String { "\"\(dice.pick(paths))\"" }

    /// The variable that is set is named more often than the others.
    private static let tokens = ["TOKEN", "TOKEN", "TOKEN"]

    private mutating func name() -> String {
      "\"\(dice.pick(Self.tokens + ["TOKEN_OF_FILE", "HOME", "PATH", "${TOKEN}", "$TOKEN", "TOKEN_OF_FILE=${TOKEN}"]))\""
    }

    private mutating func value() -> String {
      switch Int.random(in: 0..<5, using: &dice) {
      case 0: name()
      case 1: "composex.sub(\(name()))"
      case 2: "{ \(name()) }"
      default: path()
      }
    }

    /// A hook that gives its own service something to read.
    mutating func early(_ number: Int) -> String {
      let service = "project.services.s\(number)"
      let config = "c\(number)"
      let statement =
        switch Int.random(in: 0..<21, using: &dice) {
        case 0, 1:
          "project.configs[\"\(config)\"] = { file = \(path()) } \(service).configs = { { source = \"\(config)\", target = \"/etc/c/c\" } }"
        case 2, 17, 18:
          "project.configs[\"\(config)\"] = { environment = \(name()) } \(service).configs = { { source = \"\(config)\", target = \"/etc/c/c\" } }"
        case 3:
          "project.secrets[\"\(config)\"] = { file = \(path()) } \(service).secrets = { { source = \"\(config)\", target = \"/etc/c/c\" } }"
        case 4:
          "project.secrets[\"\(config)\"] = { environment = \(name()) } \(service).secrets = { { source = \"\(config)\", target = \"/etc/c/c\" } }"
        case 5, 6, 19: "\(service).volumes = { { type = \"bind\", source = \(path()), target = \"/x\" } }"
        case 7: "\(service).volumes = { \(path()) .. \":/x\" }"
        case 8:
          "project.volumes[\"\(config)\"] = { driver = \"local\", driver_opts = { o = \"bind\", type = \"none\", device = \(path()) } } "
            + "\(service).volumes = { { type = \"volume\", source = \"\(config)\", target = \"/v\" } }"
        case 9: "\(service).env_file = { { path = \(path()), required = false } }"
        case 10: "\(service).environment = { [\(name())] = composex.null, COPY = \(name()) }"
        case 11: "\(service).label_file = \(path())"
        case 12, 13:
          "project[\"x-ssm_parameter\"][\"p\(number)\"] = { Properties = { Type = \"String\" }, MacroParameters = { FromFile = \(path()) } }"
        case 14: "\(service)[\"x-logging\"] = { FireLens = { Advanced = { SourceFile = \(path()) } } }"
        case 15: "\(service)[\"x-prometheus\"] = { ScrapingConfiguration = { ScrapingConfigurationFile = \(path()) } }"
        default:
          dice.pick([
            "project.include = { \(path()) }", "\(service).extends = { file = \(path()), service = \"web\" }",
            "project[\"x-composex\"] = { scripts = { \(path()) }, packs = { \(path()) } }",
          ])
        }
      let sections = ["configs", "secrets", "volumes", "x-ssm_parameter"].map {
        "project[\"\($0)\"] = project[\"\($0)\"] or {}"
      }.joined(separator: " ")
      // What is refused stops the run, so that few programs of each name what they may not.
      let guarded = Int.random(in: 0..<8, using: &dice) > 0 ? "local _ = \(escape())" : statement
      return "composex.project(function(project) \(sections) pcall(function() \(guarded) end) end)"
    }

    /// What a script might reach beyond its words.
    private mutating func escape() -> String {
      dice.pick([
        "pcall(function() return io.open(\(path())):read(\"a\") end)",
        "pcall(function() return os.getenv(\(name())) end)",
        "pcall(function() return debug.getregistry() end)", "pcall(function() return require(\"io\") end)",
        "pcall(function() return load(\"return io\")() end)", "pcall(function() return loadfile(\(path()))() end)",
        "pcall(function() return dofile(\(path())) end)", "pcall(function() return engine.files(\(path()), 100) end)",
        "pcall(function() return engine.variable(\(name())) end)", "pcall(function() return _G.io end)",
        "pcall(function() string.upper = function() return \"evil\" end end)",
        "pcall(function() getmetatable(\"\").__index = function() return \"evil\" end end)",
        "pcall(function() setmetatable(composex, { __index = function() end }) end)",
        "pcall(function() rawset(composex, \"each\", nil) end)", "pcall(function() composex.each = nil end)",
        "pcall(function() return string.dump(function() end) end)", "pcall(function() math.type = nil end)",
        "pcall(function() table.pack = nil end)", "pcall(function() print = nil end)",
        "pcall(function() return package.loadlib(\"libc.so.6\", \"system\") end)",
        "pcall(function() return composex.pack.options.TOKEN end)",
        "pcall(function() return coroutine.wrap(print) end)",
        "pcall(function() return collectgarbage(\"count\") end)", "pcall(function() composex.pack.options.x = 1 end)",
        "pcall(function() return composex.use(\(path())) end)", "pcall(function() return composex.data(\(path())) end)",
      ])
    }

    private mutating func expression() -> String {
      switch Int.random(in: 0..<6, using: &dice) {
      case 0: "tostring(\(value()))"
      case 1: "\"\" .. \(name())"
      case 2: "composex.resources(\"*\")"
      case 3: "composex.services()"
      default: value()
      }
    }

    /// A program of a later phase.
    mutating func late() -> String {
      let selector = dice.pick(["*", "x-sqs", "AWS::ECS::TaskDefinition", "services", "AWS::IAM::*", "#JobsQueue"])
      let body =
        switch Int.random(in: 0..<8, using: &dice) {
        case 0: "it.Properties.Tags = { { Key = \"a\", Value = \(value()) } }"
        case 1: "it:tag { a = \(value()) }"
        case 2: "composex.warn(\(expression()))"
        case 3: "print(\(expression()))"
        case 4: "for name, each in pairs(it.Properties) do print(name, each) end"
        case 5: "it.Metadata = { a = \(value()) }"
        default: "local _ = \(escape())"
        }
      let run = "function(it) pcall(function() \(body) end) return \(dice.pick(["nil", "nil", "it"])) end"
      switch Int.random(in: 0..<8, using: &dice) {
      case 0:
        return
          "composex.check(\"\(selector)\", \"must hold\", function(it) pcall(function() \(body) end) return true end)"
      case 1:
        return
          "composex.stack(function(stack) pcall(function() stack:parameter(\"P\" .. \(Int.random(in: 0..<1000, using: &dice)), { Type = \"String\", Default = \(value()) }) end) end)"
      case 2: return "pcall(function() composex.options { TOKEN = { type = \"string\", default = \(name()) } } end)"
      case 3:
        return
          "pcall(function() composex.override(\"ecs.service.log_group\", function(original, family, made) local _ = \(escape()) return original(family, made) end) end)"
      case 4: return "pcall(function() composex.default(\"x-sqs\", { QueueName = \(name()) }) end)"
      default: return "composex.each(\"\(selector)\", \(run.replacingOccurrences(of: "return it end", with: "end")))"
      }
    }
  }
}
