/// `composex.images.json`: the images that `composex push` built or pinned, by the service.
public struct ImageFile {
  /// Where an image came from.
  enum Origin: String { case build, pin }

  /// The image of a service.
  struct Entry {
    var service: String
    /// Its name without a tag: `123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop/web`.
    var image: String
    var digest: String
    var origin: Origin
    /// What the compose file said then; nil when it named none.
    var reference: String?
    /// Where the file says so.
    var place = Place.unknown

    /// As ECS takes it.
    var text: String { "\(image)@\(digest)" }
  }

  /// Its name in the project directory.
  public static let fileName = "composex.images.json"

  /// As it is shown.
  let name: String
  /// Sorted by service.
  private(set) var entries: [Entry] = []

  /// One without entries.
  init(name: String) { self.name = name }

  /// Where the file is, or would be.
  static func path(_ project: ComposeProject, _ path: String?) -> String {
    path.map { Files.join(Files.currentDirectory, $0) } ?? Files.join(project.workingDirectory, fileName)
  }

  /// Reads one; nil when there is none.
  ///
  /// - Throws: a `Finding` when it is not what `composex push` writes.
  init?(_ path: String, isNamed: Bool) throws(Finding) {
    let file = SourceFile(name: Files.shown(path), role: .image)
    name = file.name
    let bytes: [UInt8]
    do throws(Files.Failure) { bytes = try Files.readPlain(path) } catch {
      if error.isMissing, !isNamed { return nil }
      throw .error(at: Place(file: file), "cannot be read: \(error.reason)", remedy: "composex push writes it")
    }
    let findings = Findings()
    let root = try YAMLComposer.documents(bytes, file: file, findings: findings).first
    guard !findings.hasErrors, let root, root["version"]?.int == 1, let images = root["images"]?.fields else {
      throw .error(
        at: Place(file: file, line: 1), "this is not what composex push writes",
        remedy: "remove it, and run composex push")
    }
    for (service, entry) in images {
      guard let image = entry["image"]?.string, let digest = entry["digest"]?.string, Self.isDigest(digest),
        let origin = entry["from"]?.string.flatMap(Origin.init)
      else {
        throw .error(
          at: entry.keyPlace ?? entry.place, "an entry has image, digest (sha256:...) and from (build or pin)",
          remedy: "composex push writes it")
      }
      set(
        Entry(
          service: service, image: image, digest: digest, origin: origin, reference: entry["reference"]?.string,
          place: entry["digest"]?.place ?? entry.place))
    }
  }

  /// `sha256:` and 64 digits of base 16.
  static func isDigest(_ text: String) -> Bool {
    let digits = text.utf8.dropFirst(7)
    return text.hasPrefix("sha256:") && digits.count == 64
      && digits.allSatisfy { (48...57).contains($0) || (97...102).contains($0) }
  }

  /// The entry of that service.
  subscript(service: String) -> Entry? { entries.first { $0.service == service } }

  /// Takes the place of the entry of that service.
  mutating func set(_ entry: Entry) {
    entries.removeAll { $0.service == entry.service }
    entries.append(entry)
    entries.sort { $0.service.utf8.lexicographicallyPrecedes($1.service.utf8) }
  }

  /// Drops the services that are none.
  mutating func keep(_ isKept: (String) -> Bool) { entries.removeAll { !isKept($0.service) } }

  /// The file, always the same for the same entries.
  var bytes: [UInt8] {
    JSONWriter.write(
      .object([
        ("version", .of(1)),
        (
          "images",
          .object(
            entries.map { entry in
              var fields: [(String, Node)] = [
                ("image", .of(entry.image)), ("digest", .of(entry.digest)), ("from", .of(entry.origin.rawValue)),
              ]
              if let reference = entry.reference { fields.append(("reference", .of(reference))) }
              return (entry.service, .object(fields))
            })
        ),
      ]))
  }
}
