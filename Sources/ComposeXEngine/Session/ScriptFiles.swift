import ComposeXLua

/// The files that a host has loaded, by the names of their chunks: what turns a line of Lua into a place.
final class ScriptFiles {
  /// Whose a file is: the folder that it may read, without links, and the name of its script or pack.
  struct Owner {
    var folder: String
    /// The folder as messages show it.
    var shown = "."
    var unit: String
  }

  private var files: [String: SourceFile] = [:]
  private var owners: [String: Owner] = [:]
  /// The texts of scripts and packs, for messages that look into them.
  private var sources: [String: [UInt8]] = [:]
  private var hasScripts = false
  /// Whether a line of a script may be among the callers.
  var scriptsMayCall = true

  func add(_ file: SourceFile, of owner: Owner? = nil, source: [UInt8] = []) {
    files[file.name] = file
    if !source.isEmpty { sources[file.name] = source }
    if let owner { owners[file.name] = owner }
    if file.role != .module { hasScripts = true }
  }

  /// The names of the files of scripts and packs.
  var names: [String] { files.values.filter { $0.role == .script || $0.role == .pack }.map(\.name).sorted() }

  func owner(of file: SourceFile) -> Owner? { owners[file.name] }

  /// A chunk that nobody added is a built-in one.
  subscript(chunk: String) -> SourceFile {
    if let file = files[chunk] { return file }
    let file = SourceFile(name: chunk, role: .module)
    files[chunk] = file
    return file
  }

  /// The line of the user's script that a call came from; the built-in line when no script is involved.
  ///
  /// `up` passes over that many built-in functions: those that only hand on what their callers want.
  func place(_ call: LuaCall, up: Int = 0) -> Place {
    var passed = 0
    let caller =
      (hasScripts && scriptsMayCall ? call.caller { [self] chunk in self[chunk].role != .module } : nil)
      ?? call.caller { _ in
        passed += 1
        return passed > up
      } ?? call.caller()
    return caller.map { Place(file: self[$0.chunk], line: $0.line) } ?? .unknown
  }

  /// A finding for what a script ran into: at the place that the cause names, else at the script's line.
  func finding(_ error: any Error, notes: [String] = []) -> Finding {
    var finding: Finding
    switch error {
    case let failure as LuaFailure: finding = self.finding(failure)
    case let given as Finding: finding = given
    case let error as ScriptError: finding = .error(at: .unknown, error.message, remedy: error.remedy)
    default: finding = .error(at: .unknown, "\(error)")
    }
    finding.notes += notes
    return finding
  }

  private func finding(_ failure: LuaFailure) -> Finding {
    var finding = blamed(failure)
    if !failure.isOverTime, !failure.isOverMemory {
      finding.notes = callers(failure, of: finding.place) + finding.notes
    }
    return finding
  }

  /// Who called the function in which it happened, as far as those are lines of the user's.
  private func callers(_ failure: LuaFailure, of place: Place) -> [String] {
    guard let file = place.file, file.role != .compose,
      let first = failure.frames.firstIndex(where: { $0.chunk == file.name && $0.line == place.line })
    else { return [] }
    var notes: [String] = []
    for frame in failure.frames[(first + 1)...] where self[frame.chunk].role != .module {
      let note = "called from \(frame.chunk):\(frame.line)"
      if notes.last != note, frame.line != place.line || frame.chunk != file.name { notes.append(note) }
    }
    return Array(notes.prefix(5))
  }

  private func blamed(_ failure: LuaFailure) -> Finding {
    let place = Place(file: failure.chunk.map { self[$0] }, line: failure.line)
    switch failure.cause {
    case let finding as Finding: return finding
    case let error as ScriptError: return .error(at: place, error.message, remedy: error.remedy)
    default:
      let lines = failure.chunk.flatMap { sources[$0] }.map(LuaSource.init)
      if let lines, failure.frames.isEmpty, let slip = SyntaxSlip.find(failure.message, at: failure.line, in: lines) {
        return .error(
          at: Place(file: place.file, line: slip.line, column: slip.column), slip.message, remedy: slip.remedy)
      }
      var failure = failure
      if let lines, let name = lines.nilValue(failure.message, at: failure.line) {
        failure.message = "attempt to index a nil value (\(name))"
      }
      let (message, remedy) = LuaRemedies.split(failure.message)
      guard place.file?.role == .module, failure.isOverTime || failure.isOverMemory else {
        return .error(at: place, message, remedy: remedy)
      }
      // The user did not write what ran into the limit, but how much it has to do.
      return .error(
        at: place, "the project is too large: \(message)",
        remedy: "split it into several projects" + (failure.isOverTime ? ", or raise --script-timeout" : ""))
    }
  }
}

extension ScriptSession {
  func place(_ call: LuaCall, up: Int = 0) -> Place { files.place(call, up: up) }

  func finding(_ error: any Error, notes: [String] = []) -> Finding { files.finding(error, notes: notes) }
}

extension Pack {
  /// What its files may read, and its name.
  var owner: ScriptFiles.Owner { ScriptFiles.Owner(folder: directory, unit: name) }
}
