/// A text as a terminal or a log may show it: what they would obey is written out, and no line of it begins at the margin.
///
/// Controls (C0, DEL, C1), marks that turn the direction of writing and separators of lines become `\\u{1b}`. A continuation line
/// is indented. GitHub's runner takes a line for a command that begins with `::`, blanks aside, and any `##[`; Azure's takes
/// `##vso[`: their first sign is written out there.
/// https://github.com/actions/runner/blob/main/src/Runner.Common/ActionCommand.cs (2026-11)
public enum VisibleText {
  /// `text` for people; continuation lines are `indent` blanks in.
  public static func of(_ text: String, indent: Int = 2) -> String {
    if isPlain(text) { return text }
    var shown = String.UnicodeScalarView()
    // A text follows something of ours, if only a blank: its own first line is looked at as well, in case it does not.
    var isAtStart = true
    var rest = text.unicodeScalars[...]
    while let scalar = rest.first {
      if scalar == "\n" {
        shown.append(scalar)
        shown.append(contentsOf: String(repeating: " ", count: indent).unicodeScalars)
        isAtStart = true
      } else if isObeyed(scalar) || isCommand(rest, isAtStart: isAtStart) {
        shown.append(contentsOf: "\\u{\(String(scalar.value, radix: 16))}".unicodeScalars)
        isAtStart = false
      } else {
        shown.append(scalar)
        if !scalar.properties.isWhitespace { isAtStart = false }
      }
      rest = rest.dropFirst()
    }
    return String(shown)
  }

  /// Whether there is nothing to do, as nearly always.
  private static func isPlain(_ text: String) -> Bool {
    text.utf8.allSatisfy { 0x20...0x7E ~= $0 } && !text.contains("##") && !text.drop { $0 == " " }.hasPrefix("::")
  }

  /// Whether `rest` begins what a runner takes for a command.
  private static func isCommand(_ rest: Substring.UnicodeScalarView, isAtStart: Bool) -> Bool {
    switch rest.first {
    case ":": isAtStart && rest.starts(with: "::".unicodeScalars)
    case "#": rest.starts(with: "##[".unicodeScalars) || rest.starts(with: "##vso[".unicodeScalars)
    default: false
    }
  }

  /// Whether a terminal acts on `scalar` instead of showing it; a tabulator only moves.
  /// https://www.unicode.org/reports/tr9/ (the explicit directional formatting characters)
  static func isObeyed(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x09: false
    case 0x00...0x1F, 0x7F...0x9F: true
    case 0x061C, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069: true
    default: false
    }
  }
}
