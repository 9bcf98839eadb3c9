// A libFuzzer target over everything that reads what users write. The first byte of an input says what the rest is:
// y a YAML file, t a template of variables, e an environment file, and anything else two compose files, apart by a line of `=====`.
// Whatever the input, nothing may crash, hang or fill the memory; and what loads must load again from its canonical text.

import ComposeXEngine
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
  _ = Template.variables(in: text)
  _ = try? Template.substitute(text) { variables[$0] }
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
