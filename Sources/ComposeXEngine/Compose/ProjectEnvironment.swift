import Glibc

/// The variables of a project: those of the process, then those of the environment files.
public struct ProjectEnvironment {
  /// What the process was given; it wins.
  public let process: [String: String]
  /// What environment files add, in the order of the files.
  private(set) var files = Dotenv.Values()

  init(process: [String: String]) { self.process = process }

  /// The variables that this process was started with.
  public static var ofProcess: [String: String] {
    var result = [String: String](minimumCapacity: 64)
    var entry = environ
    while let text = entry.pointee {
      if let equals = strchr(text, Int32(UInt8(ascii: "="))) {
        let name = UnsafeRawBufferPointer(start: text, count: equals - text)
        result[String(decoding: name, as: UTF8.self)] = String(cString: equals + 1)
      }
      entry += 1
    }
    return result
  }

  /// The value of a variable: the process wins over files.
  public subscript(name: String) -> String? { process[name] ?? files[name]?.value }

  /// Name and value of all variables, by name.
  public var all: [(name: String, value: String)] {
    let names = Set(process.keys).union(files.keys).sorted()
    return names.compactMap { name in self[name].map { (name, $0) } }
  }

  /// This environment with one more variable of the process.
  func setting(_ name: String, _ value: String) -> ProjectEnvironment {
    var process = process
    process[name] = value
    var copy = ProjectEnvironment(process: process)
    copy.files = files
    return copy
  }

  /// Reads an environment file that must exist. `shownPath` names it in findings. `isNamed`: on the command line, where it may be a
  /// pipe.
  mutating func read(
    _ path: String, shownAs shownPath: String, at place: Place, findings: Findings, budget: Budget = Budget(),
    isNamed: Bool = false, confinedTo confinement: Confinement? = nil
  ) {
    if let confinement, !confinement.permits(path) {
      findings.report(
        .error(at: place, "\(shownPath) \(Confinement.reason)", remedy: "copy it into the project, or allow its folder")
      )
      return
    }
    let bytes: [UInt8]
    do throws(Files.Failure) { bytes = isNamed ? try Files.read(path) : try Files.readPlain(path) } catch {
      let message =
        error.isMissing
        ? "couldn't find env file: \(path)"
        : error.reason == "is a directory"
          ? "failed to read \(path): \(path) is a directory"
          : "failed to read \(path): \(error.reason)"
      findings.report(.error(at: place, message, remedy: "create it, or do not name it"))
      return
    }
    guard budget.take(textOf: bytes.count) else {
      findings.report(
        .error(at: place, "the environment files hold too many values", remedy: "make \(shownPath) smaller"))
      return
    }
    let process = process
    var values = files
    Dotenv.read(
      bytes, file: SourceFile(name: shownPath, role: .environment), into: &values, findings: findings
    ) { process[$0] }
    guard budget.take(bytes: values.values.reduce(0) { $0 + $1.value.utf8.count }) else {
      findings.report(
        .error(
          at: place, "the values of the environment files are longer than 64 MiB together",
          remedy: "use fewer variables in values"))
      return
    }
    files = values
  }
}
