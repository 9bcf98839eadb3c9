/// The name of a project: lower-case letters, digits, `-` and `_`, beginning with a letter or digit.
enum ProjectName {
  /// `name` in lower case, without what a project name cannot have.
  static func normalize(_ name: String) -> String {
    var kept = ""
    for scalar in name.lowercased().unicodeScalars where isAllowed(scalar) {
      if !kept.isEmpty || (scalar != "_" && scalar != "-") { kept.unicodeScalars.append(scalar) }
    }
    return kept
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
