/// A file that findings point into: its name as the user wrote it, and what kind of writer it is.
public final class SourceFile: Sendable {
  /// Who speaks in a file. The order is that of strength for provenance reports, weakest first.
  public enum Role: Sendable { case module, lookup, image, pack, script, compose, environment, commandLine }

  /// The path as the user gave it (`compose.yaml`, `../prod.yaml`, `<stdin>`), or `lua/task/service.lua` for a built-in file.
  public let name: String
  /// What kind of writer it is.
  public let role: Role

  /// Each call makes another file: places are in the same file when they hold the same object.
  public init(name: String, role: Role) {
    self.name = name
    self.role = role
  }
}

/// A position in a file: 1-based line and column, 0 when unknown. Columns count Unicode scalars, as libyaml does.
public struct Place: Sendable {
  /// nil for what composex itself says.
  public var file: SourceFile?
  /// From 1; 0 for the file as a whole.
  public var line: Int32
  /// From 1; 0 for the line as a whole.
  public var column: Int32

  /// Numbers that do not fit are clamped.
  public init(file: SourceFile?, line: Int = 0, column: Int = 0) {
    self.file = file
    self.line = Int32(clamping: line)
    self.column = Int32(clamping: column)
  }

  /// No file: `composex` in messages.
  public static let unknown = Place(file: nil)
}

extension Place: CustomStringConvertible {
  /// `file:line:column`, without the parts that are not known.
  public var description: String {
    guard let file else { return "composex" }
    if line == 0 { return file.name }
    if column == 0 { return "\(file.name):\(line)" }
    return "\(file.name):\(line):\(column)"
  }

  /// `file:line`, for notes that name where something stands.
  var fileAndLine: String {
    guard let file else { return "composex" }
    return line == 0 ? file.name : "\(file.name):\(line)"
  }
}

extension Place: Equatable {
  /// The same position of the same file.
  public static func == (a: Place, b: Place) -> Bool {
    a.file === b.file && a.line == b.line && a.column == b.column
  }
}
