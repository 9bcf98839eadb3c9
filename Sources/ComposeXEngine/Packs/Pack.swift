import ComposeXLua

/// A pack: a folder with a manifest, `pack.lua`, and the files that it names.
public final class Pack {
  /// As the manifest says; `--set name.option=value` uses it.
  public let name: String
  /// As the manifest says.
  public let version: Version
  /// The folder, with links resolved.
  public let directory: String
  /// The folder as messages show it.
  public let shownDirectory: String
  /// `pack.lua`, for the places of findings.
  public let manifest: SourceFile
  let content: PackManifest
  /// Whether the command line names it: the organisation's, and not the project's own.
  let isOrganisations: Bool
  /// The values of its options.
  var options = LuaTable()

  init(
    name: String, version: Version, directory: String, shownDirectory: String, manifest: SourceFile,
    content: PackManifest, isOrganisations: Bool
  ) {
    self.name = name
    self.version = version
    self.directory = directory
    self.shownDirectory = shownDirectory
    self.manifest = manifest
    self.content = content
    self.isOrganisations = isOrganisations
  }

  /// The file that makes a folder a pack.
  public static let manifestName = "pack.lua"

  /// Whether a text can be the name of a pack: lower-case letters, digits, `-` and `_`.
  public static func isName(_ text: String) -> Bool { PackManifest.isName(text) }

  /// Strings of the data files that its files read.
  var dataTexts: Set<String> = []

  /// The strings that its rules have from elsewhere: of its options, and of data files.
  var texts: [String] { options.fields.compactMap(\.value.string) + dataTexts.sorted() }

  /// Where the manifest speaks, for findings about it.
  var place: Place { Place(file: manifest, line: 1) }

  /// One of the pack's own files. A path that leads out of the folder, by `..` or by a link, is an error.
  func file(_ path: String) throws(Finding) -> (bytes: [UInt8], file: SourceFile) {
    let full = try self.path(path)
    let file = SourceFile(name: shown(path), role: .pack)
    do throws(Files.Failure) { return (try Files.readPlain(full), file) } catch {
      throw .error(
        at: place, "pack \(name) names \(path), which cannot be read: \(error.reason)",
        remedy: "mend the path in \(manifest.name)")
    }
  }

  /// The whole path of one of the pack's own files.
  func path(_ path: String) throws(Finding) -> String {
    guard let full = Files.inside(directory, path) else {
      throw .error(
        at: place, "pack \(name) names \"\(path)\", which is not inside it", remedy: "a pack reads only its own files")
    }
    return full
  }

  func shown(_ path: String) -> String { shownDirectory == "." ? path : "\(shownDirectory)/\(path)" }
}

/// A pack as the command line or the compose file names it.
public struct PackReference {
  /// As it was written.
  public var text: String
  /// The folder that it stands for.
  public var directory: String
  /// Where it was written.
  public var place: Place
  /// Whether the command line names it.
  public var isOrganisations: Bool

  /// A folder is not looked at before it is loaded.
  public init(text: String, directory: String, place: Place, isOrganisations: Bool = false) {
    self.text = text
    self.directory = directory
    self.place = place
    self.isOrganisations = isOrganisations
  }
}
