import ComposeXEngine
import Foundation

/// A folder with a project, an organisation's pack beside it, and things that are none of theirs.
struct TrustFolder {
  let root: URL

  /// What must never come out of a run: the content of a file outside, of `.env`, of a variable, and of a file that a link leads to.
  static let canaries = ["CANARY_FILE", "CANARY_DOTENV", "CANARY_VARIABLE", "CANARY_LINKED"]
  static let environment = ["TOKEN": "CANARY_VARIABLE", "HOME": "/nowhere"]

  init() throws {
    root = FileManager.default.temporaryDirectory.appending(path: "composex-trust-\(UUID().uuidString)")
    try write("secret.txt", "A=CANARY_FILE\n")
    try write("linked/secret.txt", "A=CANARY_LINKED\n")
    try write("app/.env", "TOKEN_OF_FILE=CANARY_DOTENV\n")
    try write("app/evil/pack.lua", "return { name = \"evil\", version = \"1\", load = { \"rules.lua\" } }\n")
    try write("app/evil/own.txt", "A=own\n")
    for name in [".env", ".env.local"] { try write("app/evil/\(name)", "OWN=CANARY_DOTENV\n") }
    for (name, target) in [("app/evil/link", "../../linked/secret.txt"), ("app/evil/folder", "../../linked")] {
      try FileManager.default.createSymbolicLink(
        atPath: root.appending(path: name).path, withDestinationPath: target)
    }
  }

  /// A text, and what its runs of Base64 stand for: files of containers are written so.
  static func decoded(_ text: String) -> String {
    text.matches(of: /[A-Za-z0-9+\/]{16,}={0,2}/).reduce(text) { all, run in
      all + "\n" + (Data(base64Encoded: String(run.output)).map { String(decoding: $0, as: UTF8.self) } ?? "")
    }
  }

  func remove() { try? FileManager.default.removeItem(at: root) }

  func write(_ name: String, _ text: String) throws {
    let url = root.appending(path: name)
    try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: url)
  }

  /// Every file below the folder with its content, to see that nothing was written.
  var content: [String: Data] {
    var found: [String: Data] = [:]
    let files = FileManager.default.enumerator(atPath: root.path)
    while let name = files?.nextObject() as? String {
      found[name] = FileManager.default.contents(atPath: root.appending(path: name).path) ?? Data()
    }
    return found
  }

  /// Renders the project; all that comes of it: the templates, and what is found.
  func render(
    packs: [String] = ["app/evil"], organisation: [String] = [], scripts: [String] = [], confines: Bool = false,
    readable: [String] = []
  ) -> (findings: [String], text: String) {
    var options = ComposeOptions()
    options.files = [root.appending(path: "app/compose.yaml").path]
    options.confines = confines
    options.readable = readable.map { root.appending(path: $0).path }
    var input = Pipeline.Input(compose: options, environment: Self.environment)
    func reference(_ name: String, _ isOrganisations: Bool) -> PackReference {
      PackReference(
        text: name, directory: root.appending(path: name).path, place: .unknown, isOrganisations: isOrganisations)
    }
    input.packs = packs.map { reference($0, false) } + organisation.map { reference($0, true) }
    input.scripts = scripts.map { root.appending(path: $0).path }
    let findings = Findings()
    let templates = try? Pipeline(input, findings: findings).render(.json)
    let texts = (templates ?? []).map { String(decoding: $0.bytes, as: UTF8.self) }
    return (findings.sorted.map(\.description), texts.joined())
  }
}

/// Numbers that are the same in every run.
struct Dice: RandomNumberGenerator {
  private var state: UInt64

  init(_ seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  mutating func pick(_ list: [String]) -> String { list[Int.random(in: 0..<list.count, using: &self)] }
}
