/// The name of an image, in its parts: `123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop/web:1`.
struct ImageName {
  /// With the registry, without tag and digest.
  let repository: String
  let tag: String?
  let digest: String?

  init(_ text: String) {
    let halves = text.split(separator: "@", maxSplits: 1)
    let name = halves.first ?? ""
    digest = halves.count > 1 ? String(halves[1]) : nil
    let slash = name.lastIndex(of: "/") ?? name.startIndex
    if let colon = name[slash...].lastIndex(of: ":") {
      (repository, tag) = (String(name[..<colon]), String(name[name.index(after: colon)...]))
    } else {
      (repository, tag) = (String(name), nil)
    }
  }

  /// The host before the first `/`; nil for an image of Docker Hub, or of this machine only.
  var registry: String? {
    guard let first = repository.split(separator: "/").first, repository.contains("/"),
      first.contains(".") || first.contains(":") || first == "localhost"
    else { return nil }
    return String(first)
  }

  /// Account, region and path, when the registry is one of ECR.
  /// https://docs.aws.amazon.com/AmazonECR/latest/userguide/Registries.html (read 2026-11-29)
  var ecr: (account: String, region: String, path: String)? {
    guard let host = registry else { return nil }
    let parts = host.split(separator: ".").map(String.init)
    guard parts.count >= 6, parts[1] == "dkr", parts[2] == "ecr" || parts[2] == "ecr-fips", parts[4] == "amazonaws",
      parts[0].count == 12, parts[0].allSatisfy(\.isNumber)
    else { return nil }
    return (parts[0], parts[3], String(repository.dropFirst(host.count + 1)))
  }

  /// A name that ECR takes: lower case, single separators. https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_CreateRepository.html
  /// (read 2026-11-29)
  static func path(_ project: String, _ service: String) -> String {
    "\(part(project))/\(part(service))"
  }

  private static func part(_ text: String) -> String {
    var result = ""
    for letter in text.lowercased() {
      let isPlain = letter.isASCII && (letter.isLetter || letter.isNumber)
      if isPlain {
        result.append(letter)
      } else if let last = result.last, last.isLetter || last.isNumber {
        result.append(letter == "_" || letter == "." ? letter : "-")
      }
    }
    while let last = result.last, !last.isLetter, !last.isNumber { result.removeLast() }
    return result.isEmpty ? "image" : result
  }
}
