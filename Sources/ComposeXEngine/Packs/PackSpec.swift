/// Where a pack comes from: a folder, an archive, or a revision of a Git repository.
public struct PackSpec {
  /// The three ways to name a pack.
  public enum Source: Equatable {
    case folder(String)
    /// `.tar`, `.tar.gz`, `.tgz` or `.zip`.
    case archive(String)
    /// `git+<url>@<rev>`.
    case git(url: String, revision: String)
  }

  /// Where it comes from.
  public let source: Source
  /// The digest that follows `#`: what the content must have.
  public let digest: String?
  /// The text without its digest.
  public let text: String

  /// Why a text names no pack.
  public struct Malformed: Error {
    /// What is wrong, for a finding.
    public var message: String
    /// How to write it.
    public var remedy: String?
  }

  static let archives = [".tar", ".tar.gz", ".tgz", ".zip"]
  private static let form = "write git+https://host/path.git@v1.2.0#<sha256>"

  /// Reads what a person wrote; nothing is looked up.
  ///
  /// - Throws: `Malformed` for a text that is empty, names no revision, or could be taken for an option of Git.
  public init(_ written: String) throws(Malformed) {
    guard !written.isEmpty, written.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0.value != 0x7F }) else {
      throw Malformed(
        message: "the name of a pack is empty, or holds control characters",
        remedy: "a pack is a folder, an archive, or git+<url>@<rev>")
    }
    let isGit = written.hasPrefix("git+")
    if !isGit, let colon = written.firstIndex(of: ":"), written[colon...].hasPrefix("://") {
      throw Self.unsupported(written, written[..<colon])
    }
    let parts = written.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
    let isArchive = Self.archives.contains { parts[0].hasSuffix($0) }
    guard isGit || isArchive else {
      (source, digest, text) = (.folder(written), nil, written)
      return
    }
    if parts.count > 1, !PackDigest.isDigest(parts[1]) {
      throw Malformed(
        message: "\"#\(parts[1])\" is no digest: 64 hexadecimal digits in lower case",
        remedy: "composex pack add prints the digest")
    }
    text = String(parts[0])
    digest = parts.count > 1 ? String(parts[1]) : nil
    source = isGit ? try Self.git(text) : .archive(text)
  }

  /// What is said of an address that is not one of a repository.
  private static func unsupported(_ written: String, _ scheme: Substring) -> Malformed {
    let isRepository =
      ["http", "https", "ssh", "git", "file"].contains(scheme) && !archives.contains { written.hasSuffix($0) }
    let address = written.hasPrefix("http://") ? "https://" + written.dropFirst(7) : written
    let named = address.hasSuffix(".git") || address.contains("@") ? address : address + ".git"
    return Malformed(
      message:
        "a pack cannot be fetched by \(scheme): it is a folder, an archive on this disk, or a revision of a repository",
      remedy: isRepository
        ? "write git+\(named)\(named.hasSuffix(".git") ? "@v1.0.0" : "")"
        : "download it, and add the file: composex pack add ./\(written.split(separator: "/").last ?? "pack.tar.gz")")
  }

  // MARK: - Git

  /// Reads `git+<url>@<rev>`. Only what cannot be taken for an option, another protocol or a command of Git's passes.
  private static func git(_ text: String) throws(Malformed) -> Source {
    let body = text.dropFirst(4)
    guard let colon = body.firstIndex(of: ":"), body[colon...].hasPrefix("://") else {
      throw Malformed(message: "\"\(text)\" has no URL", remedy: form)
    }
    let scheme = String(body[..<colon])
    guard ["https", "ssh", "file"].contains(scheme) else {
      throw Malformed(
        message: "a pack cannot be fetched by \(scheme)", remedy: "use git+https://, git+ssh:// or git+file://")
    }
    let rest = body[colon...].dropFirst(3)
    // The user in `ssh://git@host/` is not the revision: that follows the first slash.
    guard let slash = rest.firstIndex(of: "/"), let at = rest.lastIndex(of: "@"), at > slash else {
      throw Malformed(message: "\"\(text)\" names no revision", remedy: form)
    }
    let authority = rest[..<slash]
    let revision = rest[rest.index(after: at)...]
    let url = String(body[..<at])
    let isPlain = url.utf8.allSatisfy { 0x21...0x7E ~= $0 && $0 != UInt8(ascii: "\\") }
    let host = authority.split(separator: "@", omittingEmptySubsequences: false).last ?? ""
    guard isPlain, scheme == "file" ? authority.isEmpty : !host.isEmpty, !authority.hasPrefix("-"), !host.hasPrefix("-")
    else {
      throw Malformed(message: "\"\(url)\" is not the URL of a repository", remedy: form)
    }
    guard isRevision(revision) else {
      throw Malformed(
        message: "\"\(revision)\" is not the name of a revision", remedy: "write a tag, a branch or a whole commit id")
    }
    return .git(url: url, revision: String(revision))
  }

  /// A part of what `git check-ref-format` takes: letters, digits, and `.`, `_`, `/`, `+`, `-` inside.
  private static func isRevision(_ text: Substring) -> Bool {
    func isWord(_ byte: UInt8) -> Bool { (48...57).contains(byte) || (97...122).contains(byte | 0x20) }
    guard let first = text.utf8.first, isWord(first), text.utf8.count <= 200 else { return false }
    return !text.contains("..") && text.utf8.allSatisfy { isWord($0) || "._/+-".utf8.contains($0) }
  }
}
