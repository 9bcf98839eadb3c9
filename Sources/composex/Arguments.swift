import ArgumentParser
import ComposeXEngine
import Glibc

/// The words of the command line, as the parser's messages quote them.
enum Arguments {
  /// What keeps the command from taking its words, or its folder, for what they are: texts here are UTF-8.
  static var fault: String? {
    for index in 1..<max(1, Int(CommandLine.argc)) {
      guard let word = CommandLine.unsafeArgv[index], String(validatingCString: word) == nil else { continue }
      return "argument \(index) is not UTF-8: \(String(cString: word))\nname files and values in UTF-8"
    }
    guard let folder = getcwd(nil, 0) else {
      return "the current folder has no path: \(String(cString: strerror(errno)))\ngo to a folder that exists"
    }
    defer { free(folder) }
    guard String(validatingCString: folder) == nil else { return nil }
    return "the path of the current folder is not UTF-8: \(String(cString: folder))\ngive its folders names in UTF-8"
  }

  /// The error that the parser has for the same words with nothing in them that a terminal or a log would obey: its message
  /// quotes them, between line ends of its own. `error` itself when there is nothing of that kind.
  static func shown(_ error: any Error) -> any Error {
    let words = CommandWords.ordered(Array(CommandLine.arguments.dropFirst()))
    let visible = words.map { VisibleText.of($0, indent: 0).split(separator: "\n").joined(separator: "\\n") }
    if visible == words { return error }
    do { _ = try ComposeX.parseAsRoot(visible) } catch { return error }
    return ValidationError("a word of the command line holds what cannot be shown")
  }
}
