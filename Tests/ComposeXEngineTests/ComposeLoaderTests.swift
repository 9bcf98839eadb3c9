@testable import ComposeXEngine
import Testing

/// From files to the canonical model.
@Suite struct ComposeLoaderTests {
  @Test func theCanonicalForm() throws {
    let project = try ComposeTestProject([
      "compose.yaml": """
      name: shop
      services:
        web:
          image: nginx:${TAG:-1}
          command: serve --port 80
          environment: [A=1, B, C=]
          ports: ["8080:80"]
          mem_limit: 64m
          healthcheck: {test: curl localhost, interval: 90s}
          depends_on: [db]
          volumes: ["data:/data:ro", "./conf:/conf"]
          x-note: $$5
        db: {image: postgres}
      volumes: {data: }
      """
    ])
    let text = try project.text(environment: ["B": "2"])
    #expect(
      text == """
        name: shop
        services:
          web:
            image: nginx:1
            command:
              - serve
              - --port
              - "80"
            environment:
              A: "1"
              B: "2"
              C: ""
            ports:
              - mode: ingress
                target: 80
                published: "8080"
                protocol: tcp
            mem_limit: "67108864"
            healthcheck:
              test:
                - CMD-SHELL
                - curl localhost
              interval: 1m30s
            depends_on:
              db:
                condition: service_started
                required: true
            volumes:
              - type: volume
                source: data
                target: /data
                read_only: true
                volume: {}
              - type: bind
                source: \(project.directory)/conf
                target: /conf
                bind:
                  create_host_path: true
            x-note: $$5
            networks:
              default: null
          db:
            image: postgres
            networks:
              default: null
        networks:
          default:
            name: shop_default
        volumes:
          data:
            name: shop_data

        """)
  }

  @Test func filesMergeByTheRulesOfEachAttribute() throws {
    let project = try ComposeTestProject([
      "a.yaml": """
      services:
        web:
          image: a
          command: [old, words]
          environment: {A: 1, B: 1}
          ports: ["80:80", "81:81"]
          labels: [x=1]
          ulimits: {nofile: {soft: 1, hard: 2}}
          logging: {driver: json-file, options: {max-size: 1m}}
          cap_add: [A, B]
          volumes: ["one:/data"]
          extra_hosts: ["h=1.1.1.1"]
      volumes: {one: {}, two: {}}
      """,
      "b.yaml": """
      services:
        web:
          image: b
          command: new
          environment: [B=2, C=3]
          ports: ["80:80", "82:82"]
          labels: {x: 2, y: 3}
          ulimits: {nofile: 5}
          logging: {driver: syslog}
          cap_add: [B, C]
          volumes: ["two:/data:ro"]
          extra_hosts: {h: 1.1.1.1, g: 2.2.2.2}
      """,
    ])
    let web = try project.service("web", ["a.yaml", "b.yaml"])
    #expect(web["image"]?.string == "b")
    #expect(web["command"]?.compact == "[\"new\"]")
    #expect(web["environment"]?.compact == "{\"A\": \"1\",\"B\": \"2\",\"C\": \"3\"}")
    #expect(web["ports"]?.list?.compactMap { $0["published"]?.string } == ["80", "81", "82"])
    #expect(web["labels"]?.compact == "{\"x\": \"2\",\"y\": \"3\"}")
    #expect(web.at("ulimits", "nofile")?.compact == "5")
    #expect(web["logging"]?.compact == "{\"driver\": \"syslog\"}")
    #expect(web["cap_add"]?.compact == "[\"A\",\"B\",\"C\"]")
    #expect(web["volumes"]?.list?.compactMap { $0["source"]?.string } == ["two"])
    #expect(web["extra_hosts"]?.compact == "{\"h\": [\"1.1.1.1\"],\"g\": [\"2.2.2.2\"]}")
    #expect(web["image"]?.replaced?.string == "a")
  }

  @Test func resetAndOverride() throws {
    let project = try ComposeTestProject([
      "a.yaml": """
      services:
        web:
          image: a
          ports: ["80:80"]
          environment: {A: 1, B: 2}
          command: [x]
        old: {image: a}
      """,
      "b.yaml": """
      services:
        web:
          ports: !override ["81:81"]
          environment: {A: !reset null, C: 3}
          command: !reset
        old: !reset null
      """,
    ])
    let outcome = project.load(["a.yaml", "b.yaml"])
    let web = try #require(outcome.project?.services["web"])
    #expect(web["ports"]?.list?.compactMap { $0["published"]?.string } == ["81"])
    #expect(web["environment"]?.compact == "{\"B\": \"2\",\"C\": \"3\"}")
    #expect(web["command"] == nil)
    #expect(outcome.project?.services["old"] == nil)
  }

  @Test func extendsThroughFilesAndLevels() throws {
    let project = try ComposeTestProject([
      "compose.yaml": """
      services:
        web:
          extends: {service: middle}
          environment: {A: web}
        middle:
          extends: {file: sub/base.yaml, service: base}
          ports: !override ["81:81"]
      """,
      "sub/base.yaml": """
      services:
        base:
          extends: root
          environment: [A=base, B=base]
          volumes: ["./here:/x"]
        root:
          image: root
          ports: ["80:80"]
      """,
    ])
    let web = try project.service()
    #expect(web["image"]?.string == "root")
    #expect(web["environment"]?.compact == "{\"A\": \"web\",\"B\": \"base\"}")
    #expect(web["ports"]?.list?.compactMap { $0["published"]?.string } == ["81"])
    #expect(web["volumes"]?.list?.first?["source"]?.string == project.path("sub/here"))
    #expect(web["extends"] == nil)
  }

  @Test func includeWithItsOwnDirectoryAndVariables() throws {
    let project = try ComposeTestProject([
      "compose.yaml": """
      include:
        - sub/compose.yaml
        - {path: [other/a.yaml, other/b.yaml], project_directory: ., env_file: other/vars.env}
      services:
        inner: {labels: {outer: "1"}}
        web: {image: "w${INNER}", depends_on: [inner]}
      """,
      "sub/compose.yaml":
        "services:\n  inner:\n    image: i:${INNER}\n    volumes: ['./d:/d']\n    environment: [INNER]\nx-mine: 1\n",
      "sub/.env": "INNER=from-sub\n", "other/vars.env": "INNER=from-other\n",
      "other/a.yaml": "services: {a: {image: 'a:${INNER}', volumes: ['./d:/d']}}\n",
      "other/b.yaml": "services: {a: {labels: [b=1]}}\n",
    ])
    let outcome = project.load()
    let model = try #require(outcome.project)
    #expect(model.services["inner"]?["image"]?.string == "i:from-sub")
    #expect(model.services["inner"]?["labels"]?.compact == "{\"outer\": \"1\"}")
    #expect(model.services["inner"]?["environment"]?.compact == "{\"INNER\": \"from-sub\"}")
    #expect(model.services["inner"]?["volumes"]?.list?.first?["source"]?.string == project.path("sub/d"))
    #expect(model.services["a"]?["image"]?.string == "a:from-other")
    #expect(model.services["a"]?["volumes"]?.list?.first?["source"]?.string == project.path("d"))
    #expect(model.services["a"]?["labels"]?.compact == "{\"b\": \"1\"}")
    #expect(model.services["web"]?["image"]?.string == "w")
    #expect(model.root["x-mine"] == nil)
    #expect(outcome.findings.count == 1 && outcome.finding("The \"INNER\" variable is not set") != nil)
  }

  @Test func filesOfServices() throws {
    let project = try ComposeTestProject([
      "compose.yaml": """
      services:
        web:
          image: a
          env_file: [one.env, {path: two.env, required: false}, {path: nope.env, required: false}, {path: raw.env, format: raw}]
          environment: {B: own, E: null}
          label_file: labels
          labels: {b: own}
      """,
      "one.env": "A=1\nB=1\nE=1\n", "two.env": "A=${B}-2\n", "raw.env": "R='$A'\n", "labels": "a=1\nb=1\nc=${a}\n",
    ])
    let web = try project.service()
    #expect(web["environment"]?.compact == "{\"A\": \"own-2\",\"B\": \"own\",\"E\": null,\"R\": \"'$A'\"}")
    #expect(web["labels"]?.compact == "{\"a\": \"1\",\"b\": \"own\",\"c\": \"1\"}")
    #expect(web["env_file"] == nil)
    let raw = project.load { $0.resolvesEnvironment = false }.project
    #expect(raw?.services["web"]?["env_file"]?.list?.count == 4)
  }

  @Test func profilesAndSelection() throws {
    let project = try ComposeTestProject(
      """
      services:
        a: {image: a, depends_on: {b: {condition: service_started, required: false}, c: {condition: service_started}}}
        b: {image: b, profiles: [p]}
        c: {image: c}
        d: {image: d}
      """)
    func names(_ configure: (inout ComposeOptions) -> Void) -> [String] {
      project.load(["compose.yaml"], configure).project.map { $0.services.keys.elements } ?? []
    }
    #expect(names { _ in } == ["a", "c", "d"])
    #expect(names { $0.profiles = ["p"] } == ["a", "b", "c", "d"])
    #expect(names { $0.profiles = ["*"] } == ["a", "b", "c", "d"])
    #expect(names { $0.services = ["a"] } == ["a", "c"])
    #expect(names { $0.services = ["b"] } == ["b"])
    #expect(project.load { $0.services = ["cc"] }.finding("no such service: \"cc\"") != nil)
    let selected = project.load { $0.services = ["a"] }.project
    #expect(selected?.services["a"]?["depends_on"]?.fields?.keys.elements == ["c"])
    #expect(selected?.disabled.keys.sorted() == ["b", "d"])
  }

  @Test func pathsOfWindows() throws {
    let project = try ComposeTestProject(
      "services: {web: {image: a, volumes: ['c:\\\\x\\\\y:/d']}}\n".replacing("\\\\", with: "\\"))
    #expect(try project.service()["volumes"]?.list?.first?["source"]?.string == "c:\\x\\y")
    let converted = try project.service(environment: ["COMPOSE_CONVERT_WINDOWS_PATHS": "1"])
    #expect(converted["volumes"]?.list?.first?["source"]?.string == "/c/x/y")
  }

  @Test func namesOfProjects() throws {
    let project = try ComposeTestProject([
      "compose.yaml": "services: {a: {image: a}}\n", "named.yaml": "name: My.${X:-App}\nservices: {a: {image: a}}\n",
    ])
    func name(
      _ file: String, _ environment: [String: String] = [:], _ configure: (inout ComposeOptions) -> Void = { _ in }
    ) -> String? {
      project.load([file], environment: environment, configure).project?.name
    }
    #expect(name("named.yaml") == "myapp")
    #expect(name("named.yaml", ["COMPOSE_PROJECT_NAME": "env"]) == "env")
    #expect(name("named.yaml", ["COMPOSE_PROJECT_NAME": "env"]) { $0.projectName = "given" } == "given")
    #expect(name("compose.yaml")?.hasPrefix("composex-test-") == true)
    #expect(project.load { $0.projectName = "Bad" }.finding("invalid project name \"Bad\"") != nil)
  }

  @Test func modelsThatScriptsChangedAreCheckedAgain() throws {
    let project = try ComposeTestProject("services: {web: {image: a}}\n")
    let model = try #require(project.load().project)
    let web = try #require(model.services["web"])
    let place = Place(file: SourceFile(name: "s.lua", role: .script), line: 3)
    web.set("ports", Node(.list([Node(.string("80"), at: place)]), at: place))
    web.set("mem_limit", Node(.string("1g"), at: place))
    func validate() -> [String] {
      let findings = Findings()
      try? ComposeLoader(options: ComposeOptions(), environment: [:], findings: findings).validate(model)
      return findings.sorted.map { "\($0)".split(separator: "\n").first.map(String.init) ?? "" }
    }
    #expect(validate() == [])
    #expect(web["ports"]?.list?.first?["target"]?.int == 80)
    #expect(web["mem_limit"]?.string == "1073741824")
    web.set("imag", Node(.string("x"), at: place))
    web.set("init", Node(.string("maybe"), at: place))
    #expect(
      validate() == [
        "s.lua:3: error: services::web has no attribute \"imag\"",
        "s.lua:3: error: services::web.init must be a boolean, not \"maybe\"",
      ])
  }
}
