import Glibc

/// Runs docker, podman or buildah. What they write while they build goes to standard error.
final class BuilderProgram {
  let builder: ImageBuilder
  private let environment: [String: String]

  init(_ builder: ImageBuilder, _ environment: [String: String]) {
    (self.builder, self.environment) = (builder, environment)
  }

  // MARK: - What it does

  /// Builds an image, and returns its id.
  func build(_ build: ImageBuild, at place: Place) throws(Finding) -> String {
    let folder = try Self.folder()
    defer { Files.removeTree(folder) }
    var build = build
    if let text = build.inline {
      build.inlinePath = "\(folder)/Dockerfile"
      do throws(Files.Failure) { try Files.write(Array(text.utf8), to: "\(folder)/Dockerfile") } catch {
        throw .error(at: place, "its Dockerfile cannot be written: \(error.reason)")
      }
    }
    let file = "\(folder)/id"
    try run(builder.build(build, id: file), variables: build.variables, at: place)
    return try line(of: file, at: place)
  }

  /// Pushes an image, and returns the digest that the registry knows it by.
  func push(_ name: String, repository: String, at place: Place) throws(Finding) -> String {
    let folder = try Self.folder()
    defer { Files.removeTree(folder) }
    try run(builder.push(name, digest: "\(folder)/digest"), at: place)
    guard let words = builder.digest(name) else { return try line(of: "\(folder)/digest", at: place) }
    let answer = JSONReader.answer(try captured(words, at: place))
    let digests = (answer?.list ?? []).compactMap(\.string)
    guard let own = digests.first(where: { $0.hasPrefix("\(repository)@") }) else {
      throw .error(at: place, "\(builder.rawValue) does not say the digest of \(name)")
    }
    return String(own.dropFirst(repository.count + 1))
  }

  /// The password is in no list of processes, and in no file that has a name.
  func logIn(_ registry: String, password: String, at place: Place) throws(Finding) {
    _ = try captured(builder.login(registry), input: Array(password.utf8), at: place)
  }

  /// The digest of an image of a registry.
  func digest(_ name: String, platform: String, at place: Place) throws(Finding) -> String {
    var output: [UInt8] = []
    for words in builder.resolve(name, platform: platform) { output = try captured(words, at: place) }
    let text = String(decoding: output, as: UTF8.self).split(separator: "\n").last.map(String.init) ?? ""
    let digest = builder == .docker ? JSONReader.answer(output)?["digest"]?.string ?? "" : text
    guard ImageFile.isDigest(digest) else {
      throw .error(at: place, "\(builder.rawValue) does not say the digest of \(name)")
    }
    return digest
  }

  // MARK: - Running

  /// Runs it to its end; what it writes is shown.
  func run(_ words: [String], variables: [(name: String, value: String)] = [], at place: Place) throws(Finding) {
    let outcome = try child(words, variables, .shown, at: place).wait()
    try check(outcome, words, at: place)
  }

  private func captured(_ words: [String], input: [UInt8]? = nil, at place: Place) throws(Finding) -> [UInt8] {
    let outcome = try child(words, [], input.map { .fed($0) } ?? .captured, at: place).wait()
    try check(outcome, words, at: place)
    return outcome.output
  }

  private func check(_ outcome: AWSChild.Outcome, _ words: [String], at place: Place) throws(Finding) {
    guard outcome.exit != 0 else { return }
    let said = String(decoding: outcome.errors, as: UTF8.self).split(separator: "\n").last.map { ": \($0)" } ?? ""
    throw .error(at: place, "\(words[0]) \(words[1]) failed with \(outcome.exit)\(said)")
  }

  private func child(
    _ words: [String], _ variables: [(name: String, value: String)], _ streams: AWSChild.Streams, at place: Place
  ) throws(Finding) -> AWSChild {
    if Interruption.isRequested { throw Planning.interrupted }
    var environment = self.environment
    for (name, value) in variables { environment[name] = value }
    do throws(ScratchFile.Failure) {
      return try AWSChild(
        words, variables: environment.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }, streams)
    } catch {
      throw .error(at: place, "cannot run \(words[0]): \(String(cString: strerror(error.code)))")
    }
  }

  private func line(of path: String, at place: Place) throws(Finding) -> String {
    do throws(Files.Failure) {
      let text = String(decoding: try Files.readPlain(path), as: UTF8.self)
      return text.split(separator: "\n").first.map(String.init) ?? ""
    } catch {
      throw .error(at: place, "\(builder.rawValue) does not say what it made: \(error.reason)")
    }
  }

  /// A folder that nobody else reads.
  private static func folder() throws(Finding) -> String {
    do throws(Files.Failure) { return try Files.makeScratchFolder() } catch {
      throw .error(at: .unknown, "no folder can be made for the builder: \(error.reason)")
    }
  }
}

extension JSONReader {
  /// What a program answered; nil when it is no JSON.
  fileprivate static func answer(_ bytes: [UInt8]) -> Node? { try? read(bytes) }
}
