/// An image whose tag becomes a digest.
struct ImagePin {
  let service: String
  let text: String
  let name: ImageName
  let platform: String
  let place: Place

  /// nil when there is no image, or it has a digest.
  init?(_ service: String, _ node: Node, platform: String) {
    guard let image = node["image"], let text = image.string, !text.isEmpty else { return nil }
    name = ImageName(text)
    guard name.digest == nil else { return nil }
    (self.service, self.text, self.platform, place) = (service, text, platform, image.place)
  }

  private var tag: String { name.tag ?? "latest" }

  /// Asks ECR for its own images, and the builder for others.
  func resolve(_ deployment: Deployment, _ program: BuilderProgram?) throws(Finding) -> ImageFile.Entry {
    let digest: String
    if let call = call(deployment) {
      let answer: Node
      do throws(AWSFailure) { answer = try deployment.aws.run(call) } catch {
        var finding = error.finding(deployment.aws.connection)
        finding.place = place
        throw finding
      }
      digest = answer["imageDetails"]?.list?.first?["imageDigest"]?.string ?? ""
      guard ImageFile.isDigest(digest) else {
        throw .error(at: place, "ECR does not say the digest of \(text)")
      }
    } else {
      guard let program else { throw .error(at: place, "nothing resolves \(text)") }
      digest = try program.digest(text, platform: platform, at: place)
    }
    return ImageFile.Entry(
      service: service, image: name.repository, digest: digest, origin: .pin, reference: text)
  }

  /// nil for an image of another registry than ECR.
  func call(_ deployment: Deployment) -> AWSCall? {
    guard let ecr = name.ecr else { return nil }
    return ImageRepository(ecr.path, deployment.calls, account: ecr.account, region: ecr.region).image(tag)
  }
}

/// The platforms that tasks run on, as the template says.
struct TaskPlatforms {
  private var platforms: [String: String] = [:]

  init(_ deployment: Deployment) {
    for family in StackServices(deployment).families {
      let runtime = family.definition.properties["RuntimePlatform"]
      let system = runtime?["OperatingSystemFamily"]?.string ?? "LINUX"
      let processor = runtime?["CpuArchitecture"]?.string == "ARM64" ? "arm64" : "amd64"
      for service in family.services {
        platforms[service] = "\(system.hasPrefix("WINDOWS") ? "windows" : "linux")/\(processor)"
      }
    }
  }

  /// The platform of a service's tasks; `linux/amd64` where nothing is said.
  func of(_ service: String) -> String { platforms[service] ?? "linux/amd64" }
}
