import Foundation
import Testing

/// What `-o` and standard output do to the files and streams that are there, and what is left when they fail.
@Suite(.timeLimit(.minutes(10))) struct WritingTests {
  /// A folder with a small project.
  final class Room {
    let url = FileManager.default.temporaryDirectory.appending(path: "composex-writing-\(UUID().uuidString)")
      .resolvingSymlinksInPath()

    init() throws {
      try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
      try write("x-sqs: { jobs: {} }\n", "compose.yaml")
    }

    deinit { try? FileManager.default.removeItem(at: url) }

    func write(_ text: String, _ name: String) throws { try Data(text.utf8).write(to: url.appending(path: name)) }
    func read(_ name: String) -> String { (try? String(contentsOf: url.appending(path: name), encoding: .utf8)) ?? "" }
    func names(_ folder: String = ".") -> [String] {
      ((try? FileManager.default.contentsOfDirectory(atPath: url.appending(path: folder).path)) ?? []).sorted()
    }

    /// Runs a line of shell, in which `composex` is the command.
    func shell(_ line: String) throws -> Command.Outcome {
      try Command.run(
        ["-c", "composex() { '\(Command.executable.path)' \"$@\"; }; \(line)"], in: url,
        program: URL(filePath: "/bin/bash"))
    }
  }

  static let nested = "x-sqs: { jobs: {} }\nx-sns: { news: {} }\nx-composex: { layout: nested }\n"

  // MARK: - One file

  @Test func aFileKeepsModeOwnerAndLinks() throws {
    let room = try Room()
    let outcome = try room.shell(
      """
      echo old > f; chmod 640 f; ln -s f l; ln -s new dangling; [ $(id -u) = 0 ] && chown 1234:99 f
      before=$(stat -c '%a %u %g' f)
      composex render -o l && [ "$before" = "$(stat -c '%a %u %g' f)" ] && [ -L l ] && [ -L dangling ]
      composex render -o dangling && [ -L dangling ] && [ -f new ] && composex render > expected
      cmp f expected && cmp new expected && composex config -o f && [ "$before" = "$(stat -c '%a %u %g' f)" ]
      """)
    #expect(outcome.exit == 0, "\(outcome.errors)")
    #expect(!room.names().contains { $0.hasPrefix(".composex") })
  }

  @Test func whatIsNoFileIsWrittenStraightTo() throws {
    let room = try Room()
    let outcome = try room.shell(
      """
      composex render > expected
      mkfifo pipe; cat pipe > got & composex render -o pipe && wait && cmp got expected && [ -p pipe ]
      ln -s /dev/null null; composex render -o null && [ -c /dev/null ] && [ -L null ]
      composex render -o /dev/stdout | cmp - expected
      echo first > log; composex render -o /dev/stdout >> log; (echo first; cat expected) | cmp - log
      composex render -o /dev/full
      """)
    #expect(outcome.exit == 1 && outcome.errors.contains("/dev/full: error: cannot be written: No space left"))
    #expect(outcome.errors.split(separator: "\n").count == 2, "\(outcome.errors)")
    let unread = try room.shell("mkfifo alone; composex render -o alone")
    #expect(unread.exit == 1 && unread.errors.contains("alone: error: cannot be written: nobody reads"))
    #expect(try room.shell("mkdir d; composex config -o d").errors.contains("is a directory"))
  }

  /// `-` is standard output, as for other programs, and no file.
  @Test func aDashIsStandardOutput() throws {
    let room = try Room()
    try room.write(
      "services: {web: {image: \"nginx:1\", deploy: {x-aws-autoscaling: {min: 1, max: 3, cpu: 50}}}}\n", "old.yaml")
    let outcome = try room.shell(
      """
      set -e
      composex render > expected; composex render -o - | cmp - expected
      composex config > expected; composex config -o - | cmp - expected
      composex migrate -f old.yaml -o expected.yaml > told; composex migrate -f old.yaml -o - > got.yaml; cmp expected.yaml got.yaml
      """)
    #expect(outcome.exit == 0, "\(outcome.errors)")
    #expect(outcome.errors.contains("both render the same template") && !room.names().contains("-"))
    for command in ["render", "config", "migrate -f old.yaml"] {
      let full = try room.shell("composex \(command) -o - > /dev/full")
      #expect(full.exit == 1 && full.errors.contains("No space left"), "\(command): \(full.errors)")
    }
  }

  /// A file that cannot grow, a disk that is full: the old file stays, and nothing beside it.
  @Test func aFileThatCannotGrow() throws {
    let room = try Room()
    let outcome = try room.shell("echo old > t.yaml; ulimit -f 0; composex render -o t.yaml; exit $?")
    #expect(outcome.exit == 1)
    #expect(room.read("t.yaml") == "old\n" && room.names() == ["compose.yaml", "t.yaml"])
  }

  // MARK: - A folder

  @Test func oneTargetThatCannotBe() throws {
    let room = try Room()
    try room.write(Self.nested, "compose.yaml")
    #expect(try room.shell("composex render -o out").exit == 0)
    let names = room.names("out").filter { $0.hasSuffix(".yaml") }
    #expect(names == ["sns.yaml", "sqs.yaml", "template.yaml"])
    try room.write(Self.nested.replacing("jobs", with: "others").replacing("news", with: "olds"), "compose.yaml")
    let obstacles = [
      "rm out/sqs.yaml; mkdir out/sqs.yaml", "rmdir out/sqs.yaml; mkfifo out/sqs.yaml",
      "rm out/sqs.yaml; echo mine > mine; ln -s ../mine out/sqs.yaml",
    ]
    for obstacle in obstacles {
      let outcome = try room.shell(
        """
        \(obstacle); cp -r out before; composex render -o out; code=$?
        diff -r --no-dereference out before 2>&1 | grep -v fifo; rm -r before; exit $code
        """)
      #expect(outcome.exit == 1 && outcome.output.isEmpty, "\(outcome.output)")
      #expect(outcome.errors.hasPrefix("out/sqs.yaml: error: cannot be written: is a "), "\(outcome.errors)")
    }
    #expect(room.read("mine") == "mine\n")
  }

  /// Templates of a former layout go, if it was composex that wrote them; those of another format, and what is not ours, stay.
  @Test func templatesOfAFormerLayout() throws {
    let room = try Room()
    try room.write(Self.nested, "compose.yaml")
    #expect(
      try room.shell("composex render -o out; echo mine > out/mine.yaml; composex render --format json -o out").exit
        == 0)
    try room.write(Self.nested.replacing("x-sns: { news: {} }\n", with: ""), "compose.yaml")
    #expect(try room.shell("composex render -o out").exit == 0)
    let json = ["sns.json", "sqs.json", "template.json"]
    #expect(
      room.names("out") == [".composex-templates", "mine.yaml"] + (json + ["sqs.yaml", "template.yaml"]).sorted())
    // A list that somebody else wrote removes nothing outside, and nothing that is no template.
    let list = room.read("out/.composex-templates")
    try room.write(list + "../compose.yaml\n/etc/passwd\nmine.txt\n.\n", "out/.composex-templates")
    try room.write("mine", "out/mine.txt")
    try room.write("x-sqs: { jobs: {} }\n", "compose.yaml")
    #expect(try room.shell("composex render -o out").exit == 0)
    #expect(room.names("out").filter { $0.hasSuffix(".yaml") } == ["mine.yaml", "template.yaml"])
    #expect(room.names("out").contains("mine.txt") && room.names().contains("compose.yaml"))
  }

  /// A run that is killed leaves one staging folder at most, which the next run clears; and never the root without its parts.
  @Test func runsThatAreKilled() throws {
    let room = try Room()
    try room.write(Self.nested, "compose.yaml")
    let outcome = try room.shell(
      """
      mkdir -p out/.composex-staging-left out/.composex-staging-held && echo x > out/.composex-staging-left/sqs.yaml
      exec 9< out/.composex-staging-held; flock 9
      composex render -o out; ls -A out | grep -c staging; exec 9<&-; composex render -o out; ls -A out | grep -c staging
      for i in 1 2 3 4 5 6; do
        '\(Command.executable.path)' render -o out & sleep 0.0$i; kill -9 $!; wait $!
        [ $(ls -A out | grep -c staging) -le 1 ] || echo two are left
      done 2>/dev/null
      composex render -o out && ls -A out
      """)
    #expect(
      outcome.output == "1\n0\n.composex-templates\nsns.yaml\nsqs.yaml\ntemplate.yaml\n",
      "\(outcome.output)\(outcome.errors)")
  }

  // MARK: - Streams

  /// Every command that prints says so when it cannot.
  @Test(arguments: [
    "render", "config", "config --services", "config --variables", "config --environment", "config --fidelity",
    "check --diagnostics-format json", "check --diagnostics-format sarif",
    "explain x-sqs::jobs", "explain x-sqs::jobs --format json", "schema", "schema --lua", "version", "--version",
    "--help",
    "help render", "help findings", "help CX3101", "test pack --format junit", "test pack --format json",
    "pack outdated",
    "pack update", "check --diagnostics-format gitlab", "schema --types", "up --dry-run", "plan --policy",
    "query 'reach from web'",
    "pack list", "pack verify", "pack add", "test pack", "init --pack other",
  ]) func aFullDisk(_ command: String) throws {
    let room = try Room()
    #expect(try room.shell("composex init --pack pack && composex pack add ./pack").exit == 0)
    try room.write("services: { web: { image: nginx } }\nx-sqs: { jobs: {} }\n", "compose.yaml")
    let outcome = try room.shell("composex \(command) > /dev/full")
    #expect(outcome.exit == 1, "\(command)")
    #expect(outcome.errors.contains("cannot be written: No space left on device"), "\(outcome.errors)")
  }

  @Test func streamsThatAreClosed() throws {
    let room = try Room()
    try room.write("return { name = \"s\", version = \"1\" }\n", "pack.lua")
    let outcome = try room.shell(
      """
      tar -cf s.tar pack.lua; composex render > expected
      composex render -o a.yaml <&- >&- 2>&- && cmp a.yaml expected
      composex pack add s.tar <&- && composex pack verify <&- 2>&-
      composex render -f - < compose.yaml 2>&- | cmp - expected; composex render >&-
      """)
    #expect(outcome.exit == 1 && outcome.errors.contains("the output cannot be written: Bad file descriptor"))
    #expect(outcome.errors.split(separator: "\n").count == 1, "\(outcome.errors)")
    #expect(outcome.output.contains("added s 1 from s.tar"))
  }

  @Test func namesThatAreNotUTF8() throws {
    let room = try Room()
    let folder = try room.shell(
      "d=$(printf 'caf\\351'); mkdir \"$d\"; cp compose.yaml \"$d\"; cd \"$d\"; composex render")
    #expect(folder.exit == 2 && folder.errors.contains("the path of the current folder is not UTF-8"))
    let word = try room.shell("composex render -f \"$(printf 'caf\\351')/compose.yaml\"")
    #expect(word.exit == 2 && word.errors.contains("argument 3 is not UTF-8"), "\(word.errors)")
  }

  // MARK: - Files that block

  @Test(arguments: [
    "services: {w: {image: nginx, env_file: BAD}}", "services: {w: {image: nginx, label_file: BAD}}",
    "include: [BAD]", "services: {w: {image: nginx, extends: {file: BAD, service: a}}}",
    "services: {w: {image: nginx, configs: [c]}}\nconfigs: {c: {file: BAD}}",
    "services: {w: {image: nginx, volumes: ['BAD:/a']}}",
    "x-composex: {scripts: [BAD]}\nx-sqs: {a: {}}", "x-dashboards: {d: {Properties: {DashboardBody: {FromFile: BAD}}}}",
    "x-composex: {packs: [BAD]}\nx-sqs: {a: {}}",
  ]) func filesThatBlock(_ text: String) throws {
    let room = try Room()
    _ = try room.shell("mkfifo pipe; ln -s /proc/kmsg kernel")
    for bad in ["/proc/kmsg", "./kernel", "./pipe", "/dev/tty", "/dev/zero"] {
      try room.write(text.replacing("BAD", with: bad) + "\n", "compose.yaml")
      let outcome = try room.shell("timeout 20 '\(Command.executable.path)' render > /dev/null < /dev/zero")
      #expect(outcome.exit != 124, "\(text) \(bad)")
    }
  }

  @Test(arguments: ["-f", "--env-file", "--script"]) func filesOfTheKernel(_ option: String) throws {
    let room = try Room()
    try room.write("services: {w: {image: nginx}}\n", "compose.yaml")
    let file = option == "-f" ? "" : "-f compose.yaml"
    let outcome = try room.shell("timeout 20 '\(Command.executable.path)' render \(file) \(option) /proc/kmsg")
    #expect(outcome.exit == 1 && outcome.errors.contains("one that the kernel makes up"), "\(outcome.errors)")
  }
}
