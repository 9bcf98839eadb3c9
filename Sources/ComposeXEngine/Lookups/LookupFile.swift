/// `composex.lookups.json`: what `composex lookup` found for the Lookups of a project, to be committed.
public struct LookupFile {
  /// The answer to one Lookup.
  struct Entry {
    var subject: String
    /// As the file asked, when it was answered.
    var query: Node
    /// What was found, by the names of return values.
    var values: Node
    /// Where the file says so.
    var place = Place.unknown
  }

  /// Its name in the project directory.
  public static let fileName = "composex.lookups.json"

  /// As it is shown.
  let name: String
  var account = ""
  var region = ""
  /// Sorted by subject.
  private(set) var entries: [Entry] = []
  /// Where the account is named.
  private(set) var accountPlace = Place.unknown

  /// One without entries.
  init(name: String) { self.name = name }

  /// Reads one; nil when there is none.
  ///
  /// - Throws: a `Finding` when it is not what `composex lookup` writes.
  init?(_ path: String, isNamed: Bool) throws(Finding) {
    let file = SourceFile(name: Files.shown(path), role: .lookup)
    name = file.name
    let bytes: [UInt8]
    do throws(Files.Failure) { bytes = try Files.readPlain(path) } catch {
      if error.isMissing, !isNamed { return nil }
      throw .error(
        at: Place(file: file), "cannot be read: \(error.reason)", remedy: "composex lookup writes it")
    }
    let findings = Findings()
    let root = try YAMLComposer.documents(bytes, file: file, findings: findings).first
    guard !findings.hasErrors, let root, root["version"]?.int == 1, let lookups = root["lookups"]?.fields,
      let account = root["account"]?.string, let region = root["region"]?.string
    else {
      throw .error(
        at: Place(file: file, line: 1), "this is not what composex lookup writes",
        remedy: "remove it, and run composex lookup")
    }
    (self.account, self.region) = (account, region)
    accountPlace = root["account"]?.place ?? .unknown
    for (subject, entry) in lookups {
      guard let query = entry["query"], let values = entry["values"], values.fields != nil else {
        throw .error(
          at: entry.keyPlace ?? entry.place, "an entry has a query and values", remedy: "composex lookup writes it")
      }
      set(Entry(subject: subject, query: query, values: values, place: entry.keyPlace ?? entry.place))
    }
  }

  /// The entry of that subject.
  subscript(subject: String) -> Entry? { entries.first { $0.subject == subject } }

  /// Takes the place of the entry of that subject.
  mutating func set(_ entry: Entry) {
    entries.removeAll { $0.subject == entry.subject }
    entries.append(entry)
    entries.sort { $0.subject.utf8.lexicographicallyPrecedes($1.subject.utf8) }
  }

  /// The file, always the same for the same entries.
  var bytes: [UInt8] {
    JSONWriter.write(
      .object([
        ("version", .of(1)), ("account", .of(account)), ("region", .of(region)),
        ("lookups", .object(entries.map { ($0.subject, .object([("query", $0.query), ("values", $0.values)])) })),
      ]))
  }

  /// What differs from an older file, a line each.
  func differences(from old: LookupFile?) -> [String] {
    var lines: [String] = []
    if let old, (old.account, old.region) != (account, region) {
      lines.append("asked in \(old.account), \(old.region), and now in \(account), \(region)")
    }
    for entry in entries {
      guard let before = old?[entry.subject] else {
        lines.append("\(entry.subject) is not in it")
        continue
      }
      if !Lookup.isSame(before.query, entry.query) { lines.append("\(entry.subject) asks for something else") }
      let (was, now) = (before.values.fields ?? [:], entry.values.fields ?? [:])
      for key in (Array(was.keys) + now.keys.filter { was[$0] == nil }).sorted() {
        let (a, b) = (was[key]?.brief, now[key]?.brief)
        if a != b { lines.append("\(entry.subject) \(key): \(a ?? "nothing") -> \(b ?? "nothing")") }
      }
    }
    for entry in old?.entries ?? [] where self[entry.subject] == nil {
      lines.append("\(entry.subject) is no Lookup of the project")
    }
    return lines
  }
}
