@testable import ComposeXEngine
import Testing

/// The canonical text of a generated project loads again to the same text.
@Suite struct ComposeRoundTripTests {
  /// Writes services at random, from forms that are valid together.
  private struct Author {
    var random: SeededGenerator

    private mutating func pick(_ choices: [String]) -> String { choices.randomElement(using: &random) ?? "" }

    private static let forms: [[String]] = [
      [
        "command: serve --port 80", "command: [a, 'b c', \"d\\n\"]", "command: ''", "command: []", "command:",
        "entrypoint: sh -c 'x y'",
      ],
      [
        "environment: [A=1, B, C=, 'D=$$x']", "environment: {A: 1, B: , C: 'yes', D: 1.50, E: \"a\\nb\"}",
        "environment: {x-token: a}",
      ],
      [
        "ports: ['80', '8080:80', '53:53/udp', '9000-9002:90-92']",
        "ports: [{target: 80, published: 8080, mode: host}]", "ports: [8080]",
      ],
      [
        "volumes: ['data:/d', './x:/x:ro', '/a', '~/b:/b:z']",
        "volumes: [{type: tmpfs, target: /t, tmpfs: {size: 64m, mode: 0755}}]",
      ],
      ["mem_limit: 64m", "mem_limit: 67108864", "shm_size: 64kb"], ["cpus: 0.5", "cpus: '0.50'", "cpu_shares: 512"],
      [
        "healthcheck: {test: curl x, interval: 90s, retries: '3'}", "healthcheck: {test: [NONE]}",
        "healthcheck: {disable: true}",
      ],
      ["labels: [a=b, c]", "labels: {a: b, c: true}"],
      ["depends_on: [other]", "depends_on: {other: {condition: service_healthy}}"],
      ["networks: [front]", "networks: {front: {aliases: [a, b]}, default: }", "network_mode: host"],
      ["secrets: [s]", "secrets: [{source: s, target: /s, mode: 0440}]"],
      ["configs: [c]", "configs: [{source: c, mode: '0400'}]"],
      ["extra_hosts: ['h=1.1.1.1', 'h=1.1.1.2', 'g:::1']", "extra_hosts: {h: [1.1.1.1], g: '[::1]'}"],
      ["ulimits: {nofile: 5, nproc: {soft: 1, hard: 2}}"],
      ["dns: 1.1.1.1", "dns: [1.1.1.1, '']", "tmpfs: [/run, '/q:size=1m']"],
      [
        "deploy: {replicas: 2, resources: {limits: {cpus: '0.5', memory: 64M}, reservations: {devices: [{capabilities: [gpu]}]}}}"
      ],
      [
        "build: .", "build: {context: sub, args: [X=1], ssh: [default], secrets: [s]}",
        "build: {dockerfile_inline: \"FROM x\\nRUN y\\n\"}",
      ],
      [
        "stop_grace_period: 1m30s", "init: true", "tty: 'no'", "user: '1000'", "gpus: all", "expose: [80, '90-91']",
        "group_add: [1, x]",
      ],
      [
        "logging: {driver: awslogs, options: {a: 1, b: }}", "provider: {type: x, options: {a: 1, b: [c, 2]}}",
        "devices: ['/dev/a:/dev/b:r']",
      ],
      [
        "x-own: {a: [1, null, 'on', '22:22', .5, \"\\u2028\", '$$'], b: {}}",
        "x-own: |\n      line one\n       line two\n\n      end\n",
      ],
    ]

    mutating func service() -> String {
      var text = "    image: img\n"
      for forms in Self.forms where Int.random(in: 0...2, using: &random) == 0 { text += "    \(pick(forms))\n" }
      return text
    }

    mutating func project() -> String {
      """
      name: gen
      services:
        other:
          image: other
        web:
      \(service())  web2:
      \(service())networks: {front: {}, back: {ipam: {config: [{subnet: 10.0.0.0/8}]}}}
      volumes: {data: {labels: [a=b]}, ext: {external: {name: e}}}
      secrets: {s: {file: ./s}}
      configs: {c: {content: "a $$b"}}
      x-top: !Sub '${AWS::Region}'
      """ + "\n"
    }
  }

  @Test func generatedProjectsComeBack() throws {
    for seed in 0..<150 as Range<UInt64> {
      var author = Author(random: SeededGenerator(seed: seed))
      let source = author.project()
      let project = try ComposeTestProject(source)
      let outcome = project.load(environment: ["HOME": "/home/u"])
      let model = try #require(outcome.project, "\(outcome.findings)\n\(source)")
      let text = String(decoding: YAMLWriter.write(CanonicalText.node(model)), as: UTF8.self)
      try project.write("again.yaml", text)
      let again = project.load(["again.yaml"], environment: ["HOME": "/home/u"])
      let second = try #require(again.project, "\(again.findings)\n\(text)")
      #expect(again.findings.isEmpty, "\(again.findings)\n\(text)")
      #expect(String(decoding: YAMLWriter.write(CanonicalText.node(second)), as: UTF8.self) == text, "\(source)")
      let json = JSONWriter.write(CanonicalText.node(second))
      try project.write("again.json", String(decoding: json, as: UTF8.self))
      let third = try #require(project.load(["again.json"], environment: ["HOME": "/home/u"]).project)
      #expect(JSONWriter.write(CanonicalText.node(third)) == json, "\(source)")
    }
  }
}
