extension ImagePush {
  /// A command that would be run.
  private enum Command {
    case aws(AWSCall)
    case program([String])
  }

  /// The commands in their order, with words for what is not known before.
  private func commands() throws(Finding) -> [Command] {
    var commands = [Command.aws(StackCalls.identity)]
    let builder = options.builder ?? (try? ImageBuilder.find(nil, deployment.aws.environment)) ?? .docker
    var isLoggedIn = false
    for job in jobs {
      var build = job.build
      if build.inline != nil { build.inlinePath = "Dockerfile" }
      commands.append(.program(builder.build(build, id: "ID-FILE")))
      var target = job.reference.map { ImageName($0).repository } ?? ""
      var tag = job.tag ?? "latest"
      if let repository = job.repository {
        commands += [.aws(repository.describe), .aws(repository.create), .aws(repository.limit)]
        if job.tag == nil { commands.append(.aws(repository.image("ID"))) }
        if ImageName(job.reference ?? "").ecr == nil { target = "REGISTRY/\(repository.path)" }
        tag = job.tag ?? "ID"
        if !isLoggedIn {
          isLoggedIn = true
          commands += [
            .aws(repository.password), .program(builder.login(String(target.split(separator: "/").first ?? ""))),
          ]
        }
      }
      commands.append(.program(builder.tag("ID", "\(target):\(tag)")))
      commands.append(.program(builder.push("\(target):\(tag)", digest: "DIGEST-FILE")))
      if let words = builder.digest("\(target):\(tag)") { commands.append(.program(words)) }
    }
    for pin in pins {
      if let call = pin.call(deployment) {
        commands.append(.aws(call))
      } else {
        commands += builder.resolve(pin.text, platform: pin.platform).map(Command.program)
      }
    }
    return commands
  }

  /// The commands that would be run, a line each. Nothing is sent.
  public func dryRun() throws -> [UInt8] {
    let lines = try commands().map { command in
      switch command {
      case .aws(let call): call.shown(deployment.aws.connection)
      case .program(let words): words.map(ShellText.word).joined(separator: " ")
      }
    }
    return Array(lines.map { $0 + "\n" }.joined().utf8)
  }

  /// The IAM policy that the command needs. Nothing is sent.
  public func policy() throws -> [UInt8] {
    let calls = try commands().compactMap { if case .aws(let call) = $0 { call } else { nil } }
    return JSONWriter.write(AWSPolicy.document(calls))
  }
}
