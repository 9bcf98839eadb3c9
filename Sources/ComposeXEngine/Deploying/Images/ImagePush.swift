/// `composex push`: builds the images of services, pushes them, and writes their digests into `composex.images.json`.
public final class ImagePush {
  /// What the command line says.
  public struct Options {
    /// `--builder`
    public var builder: ImageBuilder?
    /// `--pin`
    public var pins = false
    /// `--images`
    public var path: String?

    /// The first builder that is there.
    public init() {}
  }

  /// One image to build and push.
  struct Job {
    var build: ImageBuild
    /// What the compose file names; nil when it names none.
    var reference: String?
    /// Where it goes; nil is a registry that is not of ECR.
    var repository: ImageRepository?
    /// The tag that the file names.
    var tag: String?
    var place: Place
  }

  let deployment: Deployment
  let options: Options
  let jobs: [Job]
  let pins: [ImagePin]
  private let path: String
  private var file: ImageFile
  private var loggedIn: Set<String> = []

  private var aws: AWSCommand { deployment.aws }

  /// `names` are services; none is all.
  ///
  /// - Throws: a `Finding` when there is nothing to do for one of them.
  public init(_ deployment: Deployment, _ names: [String], _ options: Options) throws {
    (self.deployment, self.options) = (deployment, options)
    let project = deployment.project
    for name in names where project.services[name] == nil {
      throw Finding.error(
        at: .unknown, "there is no service \"\(name)\"",
        remedy: NearName.remedy(name, in: project.services.keys.elements, what: "there are"))
    }
    let platforms = TaskPlatforms(deployment)
    var jobs: [Job] = []
    var pins: [ImagePin] = []
    for (name, service) in project.services where names.isEmpty || names.contains(name) {
      let platform = platforms.of(name)
      if let build = try ImageBuild(name, service, project, platform: platform) {
        jobs.append(Self.job(build, service, deployment))
      } else if options.pins, let pin = ImagePin(name, service, platform: platform) {
        pins.append(pin)
      } else if !names.isEmpty, !options.pins {
        throw Finding.error(
          at: service.keyPlace ?? service.place, "services::\(name) has no build, so there is nothing to push",
          remedy: "composex push --pin \(ShellText.word(name)) resolves its tag to a digest")
      }
    }
    (self.jobs, self.pins) = (jobs, pins)
    path = ImageFile.path(project, options.path)
    file = try ImageFile(path, isNamed: false) ?? ImageFile(name: Files.shown(path))
  }

  private static func job(_ build: ImageBuild, _ service: Node, _ deployment: Deployment) -> Job {
    let stated = service["image"]?.string.flatMap { $0.isEmpty ? nil : $0 }
    var job = Job(build: build, reference: stated, place: service["build"]?.place ?? service.place)
    let name = stated.map { ImageName($0) }
    job.tag = name?.tag
    if let ecr = name?.ecr {
      let isOwn = ecr.account == deployment.calls.account || deployment.calls.account == "*"
      job.repository = ImageRepository(
        ecr.path, deployment.calls, account: isOwn ? nil : ecr.account,
        region: ecr.region == deployment.region ? nil : ecr.region)
    } else if name?.registry == nil {
      // A name of this machine only, or none.
      job.tag = nil
      job.repository = ImageRepository(ImageName.path(deployment.project.name, build.service), deployment.calls)
    }
    return job
  }

  /// Whether nothing is to be done.
  public var isEmpty: Bool { jobs.isEmpty && pins.isEmpty }

  /// Keys of `build` that no builder is told of.
  public func report(to findings: Findings) {
    for job in jobs {
      for (key, place) in job.build.withoutEffect {
        findings.report(
          .warning(at: place, "services::\(job.build.service) build.\(key) has no effect on composex push"))
      }
    }
  }

  // MARK: - Pushing

  /// Builds, pushes and pins; `say` is told of each image. What was done before a failure is written.
  public func run(say: (String) throws -> Void) throws {
    _ = try deployment.begin([])
    let builder = try needsBuilder ? ImageBuilder.find(options.builder, aws.environment) : nil
    let program = builder.map { BuilderProgram($0, aws.environment) }
    for job in jobs {
      guard let program else { break }
      let entry = try push(job, program)
      try note(entry)
      try say("\(entry.service): \(entry.text)")
    }
    for pin in pins {
      let entry = try pin.resolve(deployment, program)
      try note(entry)
      try say("\(entry.service): \(entry.text)")
    }
  }

  private var needsBuilder: Bool { !jobs.isEmpty || pins.contains { $0.name.ecr == nil } }

  private func note(_ entry: ImageFile.Entry) throws(Finding) {
    file.set(entry)
    let names = deployment.project.services.keys
    file.keep { names.contains($0) || deployment.project.disabled[$0] != nil }
    do throws(Files.Failure) { try Files.write(file.bytes, to: path) } catch {
      throw .error(
        at: Place(file: SourceFile(name: file.name, role: .image)), "cannot be written: \(error.reason)")
    }
  }

  private func push(_ job: Job, _ program: BuilderProgram) throws(Finding) -> ImageFile.Entry {
    let service = job.build.service
    let id = try program.build(job.build, at: job.place)
    // What an image holds says its tag, so that none is pushed twice and no tag ever means another one.
    let tag = job.tag ?? String(id.split(separator: ":").last?.prefix(16) ?? "")
    var target = job.reference.map { ImageName($0).repository } ?? ""
    var digest: String?
    if let repository = job.repository {
      let isThere: Bool
      (target, isThere) = try address(of: repository)
      if isThere, job.tag == nil { digest = try pushed(repository, tag) }
      if digest == nil { try logIn(to: repository, target, program, at: job.place) }
    }
    if digest == nil {
      let name = "\(target):\(job.repository == nil ? job.tag ?? "latest" : tag)"
      try program.run(program.builder.tag(id, name), at: job.place)
      digest = try program.push(name, repository: target, at: job.place)
    }
    return ImageFile.Entry(
      service: service, image: target, digest: digest ?? "", origin: .build, reference: job.reference)
  }

  /// The address of a repository, which is made when it is missing; and whether it was there before.
  private func address(of repository: ImageRepository) throws(Finding) -> (uri: String, isThere: Bool) {
    let answer: Node
    do throws(AWSFailure) {
      answer = try aws.run(repository.describe)
    } catch {
      guard error.isMissing, repository.account == nil else { throw error.finding(aws.connection) }
      let made = try aws.answer(repository.create)
      _ = try aws.answer(repository.limit)
      return (made.at("repository", "repositoryUri")?.string ?? "", false)
    }
    return (answer["repositories"]?.list?.first?["repositoryUri"]?.string ?? "", true)
  }

  /// The digest of what was pushed under a tag before.
  private func pushed(_ repository: ImageRepository, _ tag: String) throws(Finding) -> String? {
    do throws(AWSFailure) {
      return try aws.run(repository.image(tag))["imageDetails"]?.list?.first?["imageDigest"]?.string
    } catch {
      if error.isMissing { return nil }
      throw error.finding(aws.connection)
    }
  }

  private func logIn(
    to repository: ImageRepository, _ target: String, _ program: BuilderProgram, at place: Place
  ) throws(Finding) {
    let registry = target.split(separator: "/").first.map(String.init) ?? target
    guard !loggedIn.contains(registry) else { return }
    let password = try aws.answer(repository.password).string ?? ""
    try program.logIn(registry, password: password, at: place)
    loggedIn.insert(registry)
  }
}
