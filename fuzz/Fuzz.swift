// A libFuzzer target over everything that reads what users write. The first byte of an input says what the rest is:
// y a YAML file, p the manifest of a pack, l a lock file of packs, w a text that writers write, t a template of variables, e an environment file, and anything else two compose files, apart by a line of `=====`.
// Whatever the input, nothing may crash, hang or fill the memory; and what loads must load again from its canonical text.

@testable import ComposeXEngine
import Glibc

private let variables = ["A": "a", "EMPTY": "", "N": "5", "HOME": "/home/fuzz"]

/// Where the files of an input stand while it is tried; in memory.
private let folder: String = {
  let path = "/dev/shm/composex-fuzz-\(getpid())"
  mkdir(path, 0o755)
  return path
}()

@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  let bytes = Array(UnsafeBufferPointer(start: start, count: count))
  guard let kind = bytes.first else { return 0 }
  let rest = Array(bytes.dropFirst())
  switch kind {
  case UInt8(ascii: "y"): tryYAML(rest)
  case UInt8(ascii: "t"): tryTemplate(rest)
  case UInt8(ascii: "e"): tryEnvironment(rest)
  case UInt8(ascii: "p"): tryManifest(rest)
  case UInt8(ascii: "l"): tryLock(rest)
  case UInt8(ascii: "w"): tryWriters(rest)
  default: tryFiles(rest)
  }
  return 0
}

private func tryYAML(_ bytes: [UInt8]) {
  let file = SourceFile(name: "fuzz", role: .compose)
  let findings = Findings()
  guard let documents = try? YAMLComposer.documents(bytes, file: file, findings: findings), !findings.hasErrors else {
    return
  }
  for document in documents {
    let written = YAMLWriter.write(document)
    let again = Findings()
    guard let read = try? YAMLComposer.documents(written, file: file, findings: again), !again.hasErrors else {
      fatalError("not YAML: \(String(decoding: written, as: UTF8.self))")
    }
    let second = read.first.map { YAMLWriter.write($0) } ?? written
    if second != written { fatalError("changed: \(String(decoding: written, as: UTF8.self))") }
  }
}

private func tryTemplate(_ bytes: [UInt8]) {
  let text = String(decoding: bytes, as: UTF8.self)
  _ = VariableText.variables(in: text)
  _ = try? VariableText.substitute(text) { variables[$0] }
}

private func load(_ configure: (inout ComposeOptions) -> Void) -> (ComposeProject?, Findings) {
  var options = ComposeOptions()
  options.projectDirectory = folder
  options.projectName = "fuzz"
  configure(&options)
  let findings = Findings()
  let project = try? ComposeLoader(options: options, environment: variables, findings: findings).load()
  return (project, findings)
}

private func write(_ bytes: [UInt8], _ name: String) -> String {
  let path = folder + "/" + name
  try? Files.write(bytes, to: path)
  return path
}

private func tryEnvironment(_ bytes: [UInt8]) {
  let file = write(bytes, "vars.env")
  let compose = write(Array("services: {a: {image: 'a${A}', env_file: vars.env}}".utf8), "a.yaml")
  _ = load {
    $0.files = [compose]
    $0.environmentFiles = [file]
  }
}

private func tryFiles(_ bytes: [UInt8]) {
  let mark = Array("\n=====\n".utf8)
  var files: [String] = []
  var part: [UInt8] = []
  var index = 0
  while index < bytes.count {
    if files.isEmpty, bytes[index...].starts(with: mark) {
      files.append(write(part, "a.yaml"))
      part = []
      index += mark.count
    } else {
      part.append(bytes[index])
      index += 1
    }
  }
  files.append(write(part, "b.yaml"))
  let (project, findings) = load { $0.files = files }
  for finding in findings.sorted { _ = "\(finding)" }
  guard let project else {
    if !findings.hasErrors { fatalError("refused without a word") }
    return
  }
  _ = try? FidelityReport(project).text
  let text = YAMLWriter.write(CanonicalText.node(project))
  let again = write(text, "c.yaml")
  let (second, more) = load { $0.files = [again] }
  guard let second else {
    fatalError("does not load again: \(more.sorted.map(\.description))\n\(String(decoding: text, as: UTF8.self))")
  }
  let twice = YAMLWriter.write(CanonicalText.node(second))
  if twice != text {
    fatalError("changed:\n\(String(decoding: text, as: UTF8.self))\n---\n\(String(decoding: twice, as: UTF8.self))")
  }
}

// MARK: - Packs

private func tryManifest(_ bytes: [UInt8]) {
  _ = write(bytes, "pack.lua")
  guard let pack = try? Pack.inspect(folder, named: "fuzz") else { return }
  if !Pack.isName(pack.name) { fatalError("a name that is none: \(pack.name)") }
}

private func tryLock(_ bytes: [UInt8]) {
  _ = write(bytes, PackLock.fileName)
  _ = try? PackSpec(String(decoding: bytes, as: UTF8.self))
  guard let lock = try? PackLock(of: folder) else { return }
  _ = write(lock.text, PackLock.fileName)
  guard let again = try? PackLock(of: folder), again.text == lock.text else {
    fatalError("changed: \(String(decoding: lock.text, as: UTF8.self))")
  }
}

// MARK: - Writers

private func tryWriters(_ bytes: [UInt8]) {
  let text = String(decoding: bytes, as: UTF8.self)
  checkLines(VisibleText.of(text), begins: text.utf8.first.map { [$0] } ?? [])
  let finding = Finding.error(
    at: Place(file: SourceFile(name: text, role: .compose), line: 1), text, remedy: text, notes: [text])
  for format in DiagnosticsFormat.allCases {
    checkControls(String(decoding: format.write([finding]), as: UTF8.self))
  }
  func node(_ key: String) -> Node { Node(.map([key: Node(.string(text), at: .unknown)]), at: .unknown) }
  // YAML reads no more than 1,024 characters as a key unless a `?` goes before, which JSON does not have.
  let isKey = text.utf8.count <= 1024 / 6
  for written in [YAMLWriter.write(node(text)), JSONWriter.write(node(isKey ? text : "key"))] {
    let findings = Findings()
    let read = try? YAMLComposer.documents(
      written, file: SourceFile(name: "fuzz", role: .compose), findings: findings, limits: YAMLLimits()
    ).first?.fields
    guard let fields = read, !findings.hasErrors, fields.count == 1, fields.values[0].string?.utf8.elementsEqual(text.utf8) == true
    else { fatalError("changed: \(String(decoding: written, as: UTF8.self))") }
  }
  let literal = [TextPart.literal(text)].subText
  for case .reference(let reference) in [TextPart](sub: literal) { fatalError("live: \(reference.text)") }
}

/// No line after the first begins at the margin, and none is a command.
private func checkLines(_ shown: String, begins: [UInt8]) {
  checkControls(shown)
  for (number, line) in shown.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).enumerated() {
    if number > 0, !line.starts(with: "  ".utf8) { fatalError("at the margin: \(shown)") }
    let words = line.drop { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
    if words.starts(with: "::".utf8) { fatalError("a command: \(shown)") }
  }
}

private func checkControls(_ shown: String) {
  for scalar in shown.unicodeScalars {
    switch scalar.value {
    case 0x09, 0x0A: continue
    case 0...0x1F, 0x7F...0x9F, 0x202A...0x202E, 0x2066...0x2069: fatalError("a control: \(scalar.value)")
    default: continue
    }
  }
}
