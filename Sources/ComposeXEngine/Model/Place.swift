/// A file that findings point into: its name as the user wrote it, and what kind of writer it is.
public final class SourceFile: Sendable {
  /// Who speaks in a file. The order is that of strength for provenance reports, weakest first.
  public enum Role: Sendable { case module, pack, script, compose, environment, commandLine }

  /// The path as the user gave it (`compose.yaml`, `../prod.yaml`, `<stdin>`), or `lua/task/service.lua` for a built-in file.
  public let name: String
  public let role: Role

  public init(name: String, role: Role) {
    self.name = name
    self.role = role
  }
}

/// A position in a file: 1-based line and column, 0 when unknown. Columns count Unicode scalars, as libyaml does.
public struct Place: Sendable {
  public var file: SourceFile?
  public var line: Int32
  public var column: Int32

  public init(file: SourceFile?, line: Int = 0, column: Int = 0) {
    self.file = file
    self.line = Int32(clamping: line)
    self.column = Int32(clamping: column)
  }

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
  public var fileAndLine: String {
    guard let file else { return "composex" }
    return line == 0 ? file.name : "\(file.name):\(line)"
  }
}

extension Place: Equatable {
  public static func == (a: Place, b: Place) -> Bool {
    a.file === b.file && a.line == b.line && a.column == b.column
  }
}
