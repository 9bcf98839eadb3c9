@testable import ComposeXEngine
import Testing

/// What is wrong is told with the place of the value at fault, all of a stage in one run.
@Suite struct ComposeFindingsTests {
  /// Names of pages are no slips of the pen: looking for near ones took minutes.
  @Test(.timeLimit(.minutes(5))) func longNamesHaveNoNearOnes() {
    let name = String(repeating: "a", count: 200_000)
    #expect(NearName.find(name, in: [name + "b"]) == nil)
    #expect(NearName.find("a", in: [name]) == nil)
    #expect(NearName.find("serv1ce", in: [name, "service"]) == "service")
  }

  private func findings(_ text: String, environment: [String: String] = [:]) throws -> [String] {
    try ComposeTestProject(text).load(environment: environment).findings
  }

  @Test(arguments: [
    (
      "services:\n  web:\n    imagee: a\n",
      "compose.yaml:3:5: error: services::web has no attribute \"imagee\"\n  did you mean \"image\"?"
    ),
    (
      "servces:\n  web: {image: a}\n",
      "compose.yaml:1:1: error: the top level has no attribute \"servces\"\n  did you mean \"services\"?"
    ),
    (
      "web:\n  image: a\n",
      "compose.yaml:1:1: error: the top level has no attribute \"web\"\n  services stand under services:"
    ),
    (
      "services:\n  web: {image: a, user: 1000}\n",
      "compose.yaml:2:25: error: services::web.user must be a string, not \"1000\" (it is a number)\n  put it into quotes: \"1000\""
    ),
    (
      "services:\n  web:\n",
      "compose.yaml:2:7: error: services::web must be a mapping, not null\n  give it a value, or remove it"
    ),
    ("services: []\n", "compose.yaml:1:11: error: services must be a mapping, not a list"),
    (
      "- a\n",
      "compose.yaml:1:1: error: top-level object must be a mapping, not a list\n  begin with services: and name: at the top level"
    ),
    (
      "services:\n  w: {image: a, stop_grace_period: 10}\n",
      "compose.yaml:2:36: error: services::w.stop_grace_period must be a string such as 1m30s, not \"10\" (it is a number)\n  put it into quotes: \"10\""
    ),
    (
      "services:\n  w: {image: a, scale: x}\n",
      "compose.yaml:2:24: error: error while interpolating services::w.scale: failed to cast to expected type: \"x\" is not an integer\n  write decimal digits"
    ),
    (
      "services:\n  w: {image: a, cgroup: hosts}\n",
      "compose.yaml:2:25: error: services::w.cgroup must be one of host, private, not \"hosts\"\n  did you mean \"host\"?"
    ),
    (
      "services:\n  w: {image: a, mem_swappiness: 200}\n",
      "compose.yaml:2:33: error: services::w.mem_swappiness must be less than or equal to 100, not \"200\""
    ),
    (
      "services:\n  w: {image: a, environment: [{A: b}]}\n",
      "compose.yaml:2:31: error: services::w.environment[0] must be a string, not a mapping: services::w.environment must be a mapping or a list of key=value\n  write - KEY=value, or KEY: value without the dash"
    ),
    (
      "services:\n  'a b': {image: a}\n",
      "compose.yaml:2:3: error: services::a b: the name \"a b\" is not allowed\n  names consist of letters, digits, \".\", \"_\" and \"-\""
    ),
    (
      "services:\n  w: {image: a, security_opt: [x, x]}\n",
      "compose.yaml:2:35: error: services::w.security_opt items at 0 and 1 are equal: x\n  remove one of them"
    ),
    (
      "services:\n  w: {image: a, ports: ['x']}\n",
      "compose.yaml:2:25: error: services::w.ports[0]: Invalid containerPort: x\n  write [[address:]published:]target[/protocol], or the long form"
    ),
    (
      "services:\n  w: {image: '${'}\n",
      "compose.yaml:2:14: error: invalid interpolation format for services::w.image: \"${\"\n  write ${NAME} or ${NAME:-default}; you may need to escape any $ with another $"
    ),
    (
      "services:\n  w: {image: '${X:?say it}'}\n",
      "compose.yaml:2:14: error: error while interpolating services::w.image: required variable X is missing a value: say it\n  set X in the environment, in .env or in a file named with --env-file"
    ),
    (
      "include: ['https://x/y.yaml']\nservices: {a: {image: a}}\n",
      "compose.yaml:1:11: error: cannot include https://x/y.yaml: remote files are not loaded\n  copy it into the project, and include the copy"
    ),
    (
      "services:\n  w: {image: ''}\n",
      "compose.yaml:2:3: error: service \"w\" has neither an image nor a build context specified\n  add image: or build:"
    ),
    (
      "services:\n  w: {}\n",
      "compose.yaml:2:3: error: service \"w\" has neither an image nor a build context specified\n  add image: or build:"
    ),
    (
      "services:\n  w: {image: a, depends_on: [wb]}\n  web: {image: a}\n",
      "compose.yaml:2:30: error: service \"w\" depends on undefined service \"wb\"\n  did you mean \"web\"?"
    ),
    (
      "services:\n  w: {image: a, volumes: ['dat:/x']}\nvolumes: {data: }\n",
      "compose.yaml:2:27: error: service \"w\" refers to undefined volume dat\n  did you mean \"data\"?"
    ),
    (
      "services:\n  a: {image: a, depends_on: [b]}\n  b: {image: a, depends_on: [a]}\n",
      "compose.yaml:2:30: error: dependency cycle detected: a -> b -> a\n  remove one of these dependencies"
    ),
    (
      "services:\n  a: {image: a, extends: b}\n  b: {image: a, extends: a}\n",
      "compose.yaml:2:26: error: Circular reference: a in compose.yaml extends b in compose.yaml extends a in compose.yaml\n  let one of them stand alone"
    ),
    (
      "services:\n  a: {image: a, extends: bb}\n  bbb: {image: a}\n",
      "compose.yaml:2:26: error: cannot extend service \"a\": service \"bb\" not found in this file\n  did you mean \"bbb\"?"
    ),
    (
      "include: [compose.yaml]\nservices: {a: {image: a}}\n",
      "compose.yaml:1:11: error: include cycle detected: compose.yaml -> compose.yaml\n  remove one of these includes"
    ),
    (
      "services:\n  w: {image: a}\nsecrets:\n  s: {}\n",
      "compose.yaml:4:3: error: secrets::s: one of file|environment must be set\n  say where it comes from, or write external: true"
    ),
    (
      "services:\n  w: {image: a}\nvolumes:\n  data: {external: {name: ~}}\n",
      "compose.yaml:4:27: error: volumes::data.external.name must be a string, not null\n  give it a value, or remove it"
    ),
    ("", "compose.yaml: error: empty compose file\n  define services:"),
    (
      "services:\n  w: {image: a, env_file: nope}\n",
      "compose.yaml:2:27: error: env file %/nope not found\n  create it, or write required: false"
    ),
    (
      "services:\n  w: {image: a, healthcheck: {test: [curl]}}\n",
      "compose.yaml:2:38: error: services::w.healthcheck.test must begin with NONE, CMD or CMD-SHELL, not \"curl\"\n  write [\"CMD\", \"curl\", ...], or one string for the shell"
    ),
    (
      "services:\n  w: {image: a, tmpfs: /x, volumes: ['vol:/x']}\nvolumes: {vol: }\n",
      "compose.yaml:2:38: error: services::w.volumes[0]: target /x already mounted as services::w.tmpfs[0]\n  mount one of them elsewhere"
    ),
    (
      "services:\n  w: {image: a, scale: 2, deploy: {replicas: 3}}\n",
      "compose.yaml:2:17: error: services::w: can't set distinct values on scale (2) and deploy.replicas (3)\n  keep one of the two"
    ),
  ]) func mistakes(_ text: String, _ finding: String) throws {
    let found = try findings(text)
    #expect(
      found.contains { $0.replacing("/tmp/composex-test", with: "%").hasPrefix("c") && Self.same($0, finding) },
      "\(found)")
  }

  /// `%` stands for the folder of the project.
  private static func same(_ text: String, _ wanted: String) -> Bool {
    let parts = wanted.split(separator: "%", omittingEmptySubsequences: false)
    return parts.count == 1 ? text == wanted : text.hasPrefix(parts[0]) && text.hasSuffix(parts[1].drop { $0 == "/" })
  }

  @Test func aStageTellsAllItFindsInTheOrderOfTheText() throws {
    let found = try findings("services:\n  b: {image: 1, foo: 1}\n  a: {image: [], scale: -1}\nnope: 1\n")
    #expect(
      found.map { $0.split(separator: " ").first.map(String.init) ?? "" } == [
        "compose.yaml:2:14:", "compose.yaml:2:17:", "compose.yaml:3:14:", "compose.yaml:3:25:", "compose.yaml:4:1:",
      ])
  }

  @Test func theFileThatWroteTheValueIsNamed() throws {
    let project = try ComposeTestProject([
      "a.yaml": "services:\n  web: {image: a, ports: ['80']}\n",
      "b.yaml": "services:\n  web:\n    ports:\n      - nope\n",
      "c.yaml": "services:\n  web: {ports: {a: b}}\n",
      "base.yaml": "services:\n  base:\n    image: a\n    volumes:\n      - gone:/x\n",
      "d.yaml": "services:\n  web: {extends: {file: base.yaml, service: base}}\n",
      "e.yaml": "include: [base.yaml]\nservices: {}\n",
    ])
    #expect(
      project.load(["a.yaml", "b.yaml"]).findings.first?.hasPrefix(
        "b.yaml:4:9: error: services::web.ports[1]: Invalid containerPort: nope") == true)
    #expect(
      project.load(["a.yaml", "c.yaml"]).findings.first?.hasPrefix(
        "c.yaml:2:16: error: cannot override services::web.ports: it is a list in a.yaml:2 and a mapping here") == true)
    #expect(
      project.load(["d.yaml"]).findings.first?.hasPrefix(
        "base.yaml:5:9: error: service \"web\" refers to undefined volume gone") == true)
    #expect(
      project.load(["e.yaml"]).findings.first?.hasPrefix(
        "base.yaml:5:9: error: service \"base\" refers to undefined volume gone") == true)
  }

  @Test func warningsAndStrict() throws {
    let text = "version: '3'\nservices:\n  web: {image: \"a$X\", init: yes, environment: {V: 1.10}}\n"
    let project = try ComposeTestProject(text)
    let outcome = project.load()
    #expect(outcome.project != nil)
    #expect(
      outcome.findings.map { $0.split(separator: "\n").first.map(String.init) ?? "" } == [
        "compose.yaml:1:1: warning: the attribute `version` is obsolete, it will be ignored",
        "compose.yaml:3:16: warning: The \"X\" variable is not set. Defaulting to a blank string",
        "compose.yaml:3:29: warning: services::web.init: \"yes\" is read as true",
        "compose.yaml:3:51: warning: services::web.environment.V: the number 1.10 becomes the string \"1.1\"",
      ])
    #expect(project.load(strict: true).project == nil)
  }

  @Test func fidelity() throws {
    let project = try ComposeTestProject(
      "services:\n  web:\n    image: a\n    dns: 1.1.1.1\n    domainname: x\n    use_api_socket: true\n    deploy: {update_config: {order: start-first}}\n"
    )
    let report = try FidelityReport(try #require(project.load().project))
    let rows = report.rows.map { "\($0.path) \($0.fate.rawValue) \($0.place.line)" }
    #expect(
      rows == [
        "services::web.image exact 3", "services::web.dns ignored 4", "services::web.domainname ignored 5",
        "services::web.use_api_socket ignored 6",
        "services::web.deploy exact 7", "services::web.deploy.update_config exact 7",
        "services::web.deploy.update_config.order exact 7",
      ])
    let findings = Findings()
    report.tell(findings)
    #expect(
      findings.sorted.map(\.message) == [
        "services::web.dns has no effect on Fargate: the VPC resolves names",
        "services::web.domainname has no effect on Fargate: the VPC names tasks",
        "services::web.use_api_socket has no effect on Fargate: there is no engine socket",
      ])
    #expect(report.text.hasSuffix("4 exact, 0 restricted, 0 generated, 3 ignored, 0 refused, 0 local\n"))
    #expect(report.node["summary"]?["ignored"]?.compact == "3")
  }

  @Test func templatesOfCloudFormationAreLeftAlone() throws {
    let project = try ComposeTestProject(
      "services: {web: {image: '${AWS::AccountId}.dkr/x'}}\nx-sqs:\n  a: {Properties: {N: !Sub '${Stage}-$$x', M: !Sub ['${A}', {A: '${E}'}]}}\n"
    )
    let text = try project.text(environment: ["E": "e"])
    #expect(text.contains("image: $${AWS::AccountId}.dkr/x"))
    #expect(text.contains("Fn::Sub: ${Stage}-$$x"))
    #expect(text.contains("A: e"))
    let again = try ComposeTestProject(text).text()
    #expect(again == text)
  }
}
