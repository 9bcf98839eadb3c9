@testable import ComposeXEngine
import Glibc
import Testing

/// A folder of files that exists while a test runs, and the loading of a project from it.
final class ComposeTestProject {
  let directory: String

  init(_ files: [String: String]) throws {
    var template = Array("/tmp/composex-test-XXXXXX".utf8CString)
    directory = try #require(mkdtemp(&template).map { String(cString: $0) })
    for (name, text) in files { try write(name, text) }
  }

  convenience init(_ text: String) throws { try self.init(["compose.yaml": text]) }

  deinit { remove(directory) }

  func path(_ name: String) -> String { directory + "/" + name }

  func write(_ name: String, _ text: String) throws {
    var folder = directory
    for part in name.split(separator: "/").dropLast() {
      folder += "/" + part
      mkdir(folder, 0o755)
    }
    try Files.write(Array(text.utf8), to: path(name))
  }

  private func remove(_ path: String) {
    guard let folder = opendir(path) else { return }
    while let entry = readdir(folder) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name == "." || name == ".." { continue }
      let child = path + "/" + name
      if Files.isDirectory(child) { remove(child) } else { unlink(child) }
    }
    closedir(folder)
    rmdir(path)
  }

  struct Outcome {
    var project: ComposeProject?
    var findings: [String]

    /// The finding that holds `text`.
    func finding(_ text: String) -> String? { findings.first { $0.contains(text) } }
  }

  /// Loads the files (default: `compose.yaml`); findings name files relative to the project's folder.
  func load(
    _ files: [String] = ["compose.yaml"], environment: [String: String] = [:], strict: Bool = false,
    _ configure: (inout ComposeOptions) -> Void = { _ in }
  ) -> Outcome {
    var options = ComposeOptions()
    options.files = files.map(path)
    configure(&options)
    let findings = Findings(strict: strict)
    let loader = ComposeLoader(options: options, environment: environment, findings: findings)
    let project = try? loader.load()
    let texts = findings.sorted.map { "\($0)".replacing(directory + "/", with: "") }
    return Outcome(project: project, findings: texts)
  }

  /// The canonical text of the model.
  func text(_ files: [String] = ["compose.yaml"], environment: [String: String] = [:]) throws -> String {
    let outcome = load(files, environment: environment)
    let project = try #require(outcome.project, "\(outcome.findings)")
    return String(decoding: YAMLWriter.write(CanonicalText.node(project)), as: UTF8.self)
  }

  /// One service of the model as JSON on one line each.
  func service(
    _ name: String = "web", _ files: [String] = ["compose.yaml"], environment: [String: String] = [:]
  ) throws -> Node {
    let outcome = load(files, environment: environment)
    let project = try #require(outcome.project, "\(outcome.findings)")
    return try #require(project.services[name])
  }
}

extension Node {
  /// The value as JSON without line breaks.
  var compact: String {
    String(decoding: JSONWriter.write(self), as: UTF8.self).split(separator: "\n")
      .map { $0.drop { $0 == " " } }.joined()
  }
}

/// A small generator of numbers (SplitMix64): the same seed gives the same test.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
