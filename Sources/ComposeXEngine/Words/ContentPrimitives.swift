import ComposeXLua

/// What `engine` says of files and texts that become part of a template: `{ text }`, or `{ problem }`.
enum ContentPrimitives {
  /// The most that a parameter or a policy could ever hold, with room to spare.
  static let limit = 1 << 20

  /// `engine.file_text("config.json", { node, key })`: the text of a file that the value there names.
  static let fileText: Primitives.Primitive = { session, call in
    let path = try call.text(1, of: "file_text", "a path")
    let rights = session.readRights
    let reader = session.place(of: try call[2]).map(rights.reader) ?? ReadRights.nobody
    let real: String
    switch rights.resolve(path, for: reader) {
    case .inside(let found): real = found
    case .missing:
      let fromHere = reader.unit == nil ? Files.remedyFromHere(path, base: session.project.workingDirectory) : nil
      return problem("No such file or directory", remedy: fromHere)
    case .outside:
      return problem(
        reader.unit.map { "it is not in the folder of \($0)" } ?? "it lies outside of the project",
        remedy: reader.unit == nil
          ? "copy it into the project, or allow its folder: --allow-read \(ShellText.word(Files.directory(of: path)))"
          : nil)
    }
    do {
      let bytes = try Files.readPlain(real)
      guard bytes.count <= limit else { return problem("it is larger than \(limit) bytes") }
      guard let text = String(validating: bytes, as: UTF8.self) else { return problem("it is not UTF-8 text") }
      try session.host.charge(bytes.count)
      return .table(LuaTable(fields: [("text", .string(text))]))
    } catch let failure as Files.Failure {
      return problem(failure.reason)
    }
  }

  /// `engine.json_text(text, true)`: the text as JSON without blanks; YAML is taken too when the second argument is true.
  /// JSON is reported from YAML by its first letter: every JSON text is YAML as well.
  static let jsonText: Primitives.Primitive = { session, call in
    let text = try call.text(1, of: "json_text", "a string")
    var takesYAML = false
    if case .boolean(true) = try call[2] { takesYAML = true }
    let first = text.utf8.first { !" \t\r\n".utf8.contains($0) }
    guard takesYAML || first.map({ "{[\"-0123456789tfn".utf8.contains($0) }) == true else {
      return problem("it does not begin as JSON")
    }
    let findings = Findings()
    do {
      let file = SourceFile(name: "text", role: .compose)
      let documents = try YAMLComposer.documents(Array(text.utf8), file: file, findings: findings)
      if let finding = findings.all.first(where: { $0.severity == .error }) { return problem(finding) }
      guard documents.count == 1 else { return problem("it holds \(documents.count) documents, not one") }
      try session.host.charge(160 * documents[0].count)
      try checkDepth(documents[0])
      return .table(LuaTable(fields: [("text", .string(JSONWriter.line(documents[0], .compact)))]))
    } catch let finding as Finding {
      return problem(finding)
    }
  }

  /// `engine.json_string(text)`: the text as a JSON string, in its quotes.
  static let jsonString: Primitives.Primitive = { _, call in
    var out: [UInt8] = []
    JSONText.write(try call.text(1, of: "json_string", "a string"), into: &out)
    return .string(String(decoding: out, as: UTF8.self))
  }

  /// `engine.joined(parts)`: one text of a list of texts, numbers and references: what `..` makes of many, without copying the first
  /// ones each time. A part that stands alone stays what it is. A function (`Fn::ImportValue` of the compose file, `Fn::Join` of
  /// a name) among them is left to CloudFormation to join.
  static let joined: Primitives.Primitive = { session, call in
    let parts = withTextsMerged(try call.table(1, of: "joined").items)
    if parts.count <= 1 { return parts.first ?? .string("") }
    if parts.contains(where: isFunction) {
      let arguments = LuaTable(items: [.string(""), .table(LuaTable(items: parts))])
      return .table(LuaTable(fields: [("Fn::Join", .table(arguments))]))
    }
    return .object(try ReferenceView.text(parts.flatMap(ReferenceView.parts), session.host))
  }

  /// The parts with neighbouring texts in one, and without empty ones.
  private static func withTextsMerged(_ parts: [LuaValue]) -> [LuaValue] {
    var merged: [LuaValue] = []
    var text = ""
    func end() {
      if !text.isEmpty { merged.append(.string(text)) }
      text = ""
    }
    for part in parts {
      if case .string(let more) = part {
        text += more
      } else {
        end()
        merged.append(part)
      }
    }
    end()
    return merged
  }

  private static func isFunction(_ value: LuaValue) -> Bool {
    switch value {
    case .object(let view as NodeView): Intrinsics.function(view.node) != nil
    // One that `lua/` made.
    case .table(let table): table.fields.count == 1 && table.fields[0].0.hasPrefix("Fn::")
    default: false
    }
  }

  private static func problem(_ reason: String, remedy: String? = nil) -> LuaValue {
    .table(LuaTable(fields: [("problem", .string(reason))] + (remedy.map { [("remedy", .string($0))] } ?? [])))
  }

  private static func problem(_ finding: Finding) -> LuaValue {
    problem("line \(finding.place.line): \(finding.message)")
  }

  /// Refuses what is nested too deep to be read again.
  private static func checkDepth(_ node: Node, _ depth: Int = 0) throws {
    guard depth < Conversion.maximumDepth else {
      throw Finding.error(at: node.place, "it is nested deeper than \(Conversion.maximumDepth) levels")
    }
    for child in node.list ?? node.fields?.values.elements ?? [] { try checkDepth(child, depth + 1) }
  }
}
