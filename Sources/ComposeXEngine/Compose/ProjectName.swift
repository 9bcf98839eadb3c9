/// The name of a project: lower-case letters, digits, `-` and `_`, beginning with a letter or digit.
enum ProjectName {
  /// `name` in lower case, without what a project name cannot have.
  static func normalize(_ name: String) -> String {
    let kept = name.lowercased().unicodeScalars.filter(isAllowed)
    return String(String.UnicodeScalarView(kept.drop { $0 == "_" || $0 == "-" }))
  }

  static func isValid(_ name: String) -> Bool { !name.isEmpty && normalize(name) == name }

  private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "a"..."z", "0"..."9", "_", "-": true
    default: false
    }
  }

  static func invalid(_ name: String, at place: Place) -> Finding {
    .error(
      at: place,
      "invalid project name \"\(name)\": must consist only of lowercase alphanumeric characters, hyphens, and underscores "
        + "as well as start with a letter or number",
      remedy: normalize(name).isEmpty ? nil : "for example \"\(normalize(name))\"")
  }
}
