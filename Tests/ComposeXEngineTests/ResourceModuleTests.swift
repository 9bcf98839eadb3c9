import ComposeXLua
import Foundation
import Testing

@testable import ComposeXEngine

/// The built-in resource modules as the tests see them: their files, and what `reflect/docs_page` says of their tables.
struct ResourceModules {
  /// One action that an access profile names.
  struct Action {
    var key: String
    var profile: String
    /// `sqs:SendMessage`.
    var name: String
    /// Texts such as `${Arn}/*`.
    var on: [String]
    var isAllowed: Bool

    var prefix: String { String(name.prefix { $0 != ":" }) }
  }

  static let package = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../..").standardizedFileURL

  let session: ScriptSession
  /// Key and file (`x/sqs/sqs`) of each module, in the order of the manifest.
  let list: [(key: String, file: String)]

  init() throws {
    let session = ScriptSession(project: .empty, stack: Stack(name: "empty"), findings: Findings())
    self.session = session
    let manifest = try #require(try session.module("manifest").reference)
    list = try session.host.contents(of: manifest).items.compactMap(\.reference).map { entry in
      let row = try session.host.contents(of: entry)
      return (try #require(row["key"]?.string), try #require(row["file"]?.string))
    }
  }

  func reference(_ function: String, _ arguments: [LuaValue] = [], of file: String = "reflect/docs_page") throws
    -> String
  {
    let table = try #require(try session.module(file).reference)
    let body = try #require(try session.host.contents(of: table)[function]?.function)
    return try #require(try session.host.call(body, arguments).string)
  }

  func actions() throws -> [Action] {
    try reference("actions").split(separator: "\n").map { line in
      let parts = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      return Action(
        key: parts[0], profile: parts[1], name: parts[2], on: parts[3].split(separator: " ").map(String.init),
        isAllowed: parts[4] == "allow")
    }
  }

  /// The sentence that a module's file begins with, without its key.
  func description(_ file: String) throws -> String {
    let bytes = try #require(EmbeddedFiles.lua(named: "\(file).lua"))
    let text = String(decoding: bytes, as: UTF8.self)
    let lines = text.split(separator: "\n").prefix { $0.hasPrefix("--- ") }.map { $0.dropFirst(4) }
    let sentence = lines.joined(separator: " ")
    let colon = try #require(sentence.firstIndex(of: ":"))
    return String(sentence[sentence.index(after: colon)...].drop { $0 == " " })
  }
}

/// The actions of `Tests/iam-actions.txt`: by service, each with the resources that it takes.
struct IAMActions {
  private var services: [String: [String: [String]]] = [:]

  init() throws {
    let text = try String(contentsOf: ResourceModules.package.appending(path: "Tests/iam-actions.txt"), encoding: .utf8)
    var service = ""
    for line in text.split(separator: "\n") {
      if line.hasPrefix("# ") {
        service = String(line.dropFirst(2))
        services[service] = [:]
      } else if line.hasPrefix("  "), !service.isEmpty {
        let words = line.split(separator: " ").map(String.init)
        services[service]?[words[0]] = Array(words.dropFirst())
      }
    }
  }

  func has(service: String) -> Bool { services[service] != nil }

  /// The resources of an action; nil when there is none of that name. A name that ends in `*` means all that begin so.
  func resources(_ name: String) -> [String]? {
    let parts = name.split(separator: ":", maxSplits: 1).map(String.init)
    guard parts.count == 2, let actions = services[parts[0]] else { return nil }
    if parts[1].hasSuffix("*") {
      let found = actions.filter { $0.key.hasPrefix(parts[1].dropLast()) }
      return found.isEmpty ? nil : found.values.flatMap { $0 }
    }
    return actions[parts[1]]
  }
}

@Suite struct AccessProfileTests {
  /// Prefixes that the profiles of a module may use, where they are more than its own service's.
  static let services: [String: Set<String>] = [
    "x-aps": ["aps"], "x-codeguru_profiler": ["codeguru-profiler"], "x-cognito_userpool": ["cognito-idp"],
    "x-docdb": ["rds"], "x-dynamodb": ["dynamodb"], "x-efs": ["elasticfilesystem"], "x-elasticache": ["elasticache"],
    "x-kinesis": ["kinesis"], "x-kinesis_firehose": ["firehose"], "x-kms": ["kms"], "x-mq": ["mq"],
    "x-msk": ["kafka", "kafka-cluster"], "x-neptune": ["neptune-db", "rds"], "x-opensearch": ["aoss", "es"],
    "x-rds": ["rds", "rds-data", "rds-db", "secretsmanager"], "x-s3": ["s3"], "x-sns": ["sns"], "x-sqs": ["sqs"],
    "x-ssm_parameter": ["ssm"],
  ]

  @Test func everyActionExists() throws {
    let known = try IAMActions()
    let actions = try ResourceModules().actions()
    #expect(actions.count > 200)
    for action in actions where action.isAllowed {
      #expect(known.resources(action.name) != nil, "\(action.key) \(action.profile): \(action.name) is no IAM action")
      #expect(!action.name.hasSuffix("*"), "\(action.key) \(action.profile): \(action.name) names more than one action")
    }
  }

  @Test func everyActionIsOfTheModulesService() throws {
    for action in try ResourceModules().actions() {
      let allowed = Self.services[action.key] ?? []
      #expect(allowed.contains(action.prefix), "\(action.key) \(action.profile) names \(action.name)")
    }
  }

  /// `"*"` stands only where the service takes nothing else.
  @Test func everyActionNamesItsResource() throws {
    let known = try IAMActions()
    for action in try ResourceModules().actions() where action.isAllowed {
      let takesResources = !(known.resources(action.name) ?? []).isEmpty
      if action.on.contains("*") {
        #expect(!takesResources, "\(action.key) \(action.profile): \(action.name) could name its resource")
      } else {
        #expect(takesResources, "\(action.key) \(action.profile): \(action.name) takes * only")
      }
    }
  }

  /// What the generators write beside the profiles: every action in `lua/` exists, and nothing is allowed by exception.
  @Test func everyActionInTheGeneratorsExists() throws {
    let conditionKeys: Set<Substring> = ["AccessPointArn", "CreateAction", "PassedToService", "ResourceAliases"]
    let known = try IAMActions()
    for name in EmbeddedFiles.names {
      let text = String(decoding: try #require(EmbeddedFiles.lua(named: name)), as: UTF8.self)
      // Contracts name the elements of statements; they grant nothing.
      let grants = !name.hasPrefix("contracts/")
      #expect(!grants || !text.contains("NotAction") && !text.contains("NotResource"), "\(name) allows by exception")
      for match in text.matches(of: /"([a-z][a-z0-9-]*):([A-Z][A-Za-z0-9]*\*?)"/)
      where known.has(service: String(match.1)) {
        if conditionKeys.contains(match.2) { continue }
        #expect(known.resources("\(match.1):\(match.2)") != nil, "\(name): \(match.1):\(match.2) is no IAM action")
      }
    }
  }
}

extension AccessProfileTests {
  /// Every profile is shown on a role: a statement of its name in the case `KEY-profiles` of its module.
  @Test func everyProfileIsInAGoldenCase() throws {
    var seen: Set<String> = []
    for action in try ResourceModules().actions() where seen.insert("\(action.key) \(action.profile)").inserted {
      let name = action.key.dropFirst(2).replacing("_", with: "-")
      let folder = ResourceModules.package.appending(path: "Tests/Cases/resources")
      let sid = action.profile.filter { $0.isLetter || $0.isNumber }
      let texts = try ["\(name)-profiles", "\(name)-serverless-profiles"].compactMap { file -> String? in
        let url = folder.appending(path: "\(file).case")
        guard FileManager.default.fileExists(atPath: url.path) else { return nil }
        return try String(contentsOf: url, encoding: .utf8)
      }
      let isShown = texts.contains { $0.contains("Sid: \(sid)\n") }
      #expect(isShown, "no case shows \(action.key) \(action.profile)")
    }
  }
}

/// docs/resources.md below its mark; `RECORD=1 swift test --filter ResourceDocumentTests` writes it, and fails.
@Suite struct ResourceDocumentTests {
  static let mark = "<!-- What follows is made of lua/x by `make docs`. -->\n"

  static let marks = (
    begin: "<!-- The two tables are made of lua/kinds/metaschema.lua by `make docs`. -->\n",
    end: "<!-- end of the tables -->"
  )

  /// What stands between the marks of the tables of fields.
  static func tables(in text: String) throws -> Substring {
    let begin = try #require(text.range(of: marks.begin)?.upperBound, "docs/resources.md has lost its mark")
    let end = try #require(text.range(of: marks.end)?.lowerBound, "docs/resources.md has lost its mark")
    return text[begin..<end]
  }

  @Test func isCurrent() throws {
    let modules = try ResourceModules()
    let url = ResourceModules.package.appending(path: "docs/resources.md")
    let text = try String(contentsOf: url, encoding: .utf8)
    try #require(text.contains(Self.mark), "docs/resources.md has lost its mark")
    let tables = try ["fields", "parts"].map { try modules.reference($0, of: "reflect/types") }
    let between = try Self.tables(in: text)
    var made = text.replacingCharacters(
      in: between.startIndex..<between.endIndex, with: "\n" + tables.joined(separator: "\n\n") + "\n\n")
    made = String(made[..<(try #require(made.range(of: Self.mark)?.upperBound))])
    for (key, file) in modules.list {
      made += "\n## \(key)\n\n\(try modules.description(file))\n\n"
      made += try modules.reference("page", [.string(file)])
    }
    while made.hasSuffix("\n") { made.removeLast() }
    made += "\n"
    if made != text, ProcessInfo.processInfo.environment["RECORD"] == "1" {
      try Data(made.utf8).write(to: url)
    }
    #expect(made == text, "docs/resources.md is not current: run make docs")
  }
}
