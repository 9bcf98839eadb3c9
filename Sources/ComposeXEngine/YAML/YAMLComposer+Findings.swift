import CYAML

/// What is wrong with a file, and where.
extension YAMLComposer {
  var shownPath: String {
    var text = ""
    for step in path {
      switch step {
      case .key(let key): text += text.isEmpty ? key : "." + key
      case .item(let index): text += "[\(index)]"
      }
    }
    return text
  }

  func tooDeep(at place: Place) -> Finding {
    .error(at: place, "values are nested more than \(limits.depth) deep", remedy: "flatten this part of the file")
  }

  func nonTextKey(_ key: String, at place: Place) -> Finding {
    let where_ = path.isEmpty ? "at top level" : "in " + shownPath
    return .error(at: place, "non-string key \(where_): \(key)", remedy: "put the key into quotes: \"\(key)\"")
  }

  func duplicate(
    _ key: String, at place: Place, first: Place, remedy: String = "keep one of the two, or merge their values"
  ) {
    findings.report(
      .error(at: place, "mapping key \"\(key)\" already defined at line \(first.line)", remedy: remedy))
  }

  func syntaxError(_ bytes: [UInt8]) -> Finding {
    let problem = parser.pointee.problem.map { String(cString: $0) } ?? "not YAML"
    if parser.pointee.error == YAML_READER_ERROR {
      return .error(at: place(ofByte: parser.pointee.problem_offset, in: bytes), "\(problem)", remedy: readerRemedy)
    }
    if parser.pointee.error == YAML_MEMORY_ERROR {
      return .error(at: Place(file: file), "out of memory while reading YAML")
    }
    let place = place(parser.pointee.problem_mark)
    // libyaml's wording differs by version; a tab is the one slip that nobody sees.
    if startsWithTab(line: Int(clamping: parser.pointee.problem_mark.line), in: bytes)
      || problem.contains("tab character")
    {
      return .error(
        at: place, "found a tab character that violates indentation",
        remedy: "indent with spaces: YAML does not allow tabs there")
    }
    var notes: [String] = []
    if let context = parser.pointee.context, parser.pointee.context_mark.line != parser.pointee.problem_mark.line {
      notes.append("\(String(cString: context)) (line \(parser.pointee.context_mark.line &+ 1))")
    }
    return .error(at: place, problem, remedy: "the text is not YAML from here on", notes: notes)
  }

  var readerRemedy: String {
    parser.pointee.problem_value == 0
      ? "remove the NUL byte" : "save the file as UTF-8, without control characters"
  }

  /// libyaml gives no mark for bytes that it cannot read.
  func place(ofByte offset: Int, in bytes: [UInt8]) -> Place {
    var line = 1
    var column = 1
    for byte in bytes.prefix(max(0, offset)) {
      if byte == UInt8(ascii: "\n") {
        line += 1
        column = 1
      } else if byte & 0xC0 != 0x80 {
        column += 1
      }
    }
    return Place(file: file, line: line, column: column)
  }

  func startsWithTab(line: Int, in bytes: [UInt8]) -> Bool {
    var current = 0
    var atIndentation = true
    for byte in bytes {
      if byte == UInt8(ascii: "\n") {
        if current == line { return false }
        current += 1
        atIndentation = true
      } else if current == line, atIndentation {
        if byte == UInt8(ascii: "\t") { return true }
        if byte != UInt8(ascii: " ") { return false }
      }
    }
    return false
  }
}
