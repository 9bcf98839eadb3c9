/// Puts the images of `composex.images.json` where a deployment takes them: in the place of the image that the compose file names, or as
/// the parameter that stands for one that it does not name.
struct ImageAnswers {
  /// The image of a service that has none in the file.
  struct Parameter {
    var service: String
    /// The name of the parameter: `WebImage`.
    var name: String
    var value: String
    var place: Place
  }

  private(set) var parameters: [Parameter] = []

  /// Reads the file and changes the project. What is wrong is in the findings.
  init(_ project: ComposeProject, _ images: (isUsed: Bool, path: String?), findings: Findings) {
    guard images.isUsed else { return }
    do throws(Finding) {
      let path = ImageFile.path(project, images.path)
      guard let file = try ImageFile(path, isNamed: images.path != nil) else { return }
      for entry in file.entries {
        guard let service = project.services[entry.service] else { continue }
        apply(entry, service, file.name, findings)
      }
    } catch {
      findings.report(error)
    }
  }

  private mutating func apply(_ entry: ImageFile.Entry, _ service: Node, _ file: String, _ findings: Findings) {
    let image = service["image"]
    let stated = image?.string.flatMap { $0.isEmpty ? nil : $0 }
    guard stated == entry.reference else {
      let words = ShellText.word(entry.service)
      findings.report(
        .error(
          at: image?.place ?? service.keyPlace ?? service.place,
          "services::\(entry.service) has the image \(stated.map { "\"\($0)\"" } ?? "that it builds"), and "
            + "\(entry.place.fileAndLine) that of \(entry.reference.map { "\"\($0)\"" } ?? "a build without a name")",
          remedy: entry.origin == .pin ? "composex push --pin \(words)" : "composex push \(words)"))
      return
    }
    if let image {
      let answer = Node(.string(entry.text), at: entry.place)
      answer.keyPlace = image.keyPlace
      service.set("image", answer)
    } else {
      parameters.append(
        Parameter(
          service: entry.service, name: "\(PascalCase.name(entry.service))Image", value: entry.text, place: entry.place)
      )
    }
  }
}
