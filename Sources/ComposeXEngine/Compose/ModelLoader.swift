/// Loads one set of compose files into one model: the project's own, or those of an include.
///
/// The order of the stages is that of the official loader: per document interpolate, include, extends, merge, check, long forms;
/// after the last one defaults, rules, paths, types.
final class ModelLoader {
  /// Where relative paths start from; absolute.
  let directory: String
  /// What relative paths become: below `directory`; nil leaves them as they are.
  let pathBase: String?
  let environment: ProjectEnvironment
  let options: ComposeOptions
  let findings: Findings
  /// The files of the includes around this one, outermost first.
  let includeChain: [String]
  let shared: SharedLoads

  init(
    directory: String, pathBase: String?, environment: ProjectEnvironment, options: ComposeOptions, findings: Findings,
    includeChain: [String] = [], shared: SharedLoads
  ) {
    self.directory = directory
    self.pathBase = pathBase
    self.environment = environment
    self.options = options
    self.findings = findings
    self.includeChain = includeChain
    self.shared = shared
  }

  /// All variables in one level, which every include begins with.
  lazy var variables = environment.flat

  var lookup: VariableText.Lookup { { [environment] name in environment[name] } }

  /// `lookup` for bare names, whose values count like those in texts; past the budget they are not found, which is reported once.
  func budgeted(_ lookup: @escaping VariableText.Lookup) -> VariableText.Lookup {
    { [budget = shared.budget, findings] name in
      guard !budget.areTextsSpent, let value = lookup(name) else { return nil }
      if budget.take(bytes: value.utf8.count) { return value }
      findings.report(
        .error(
          at: .unknown, "the values of variables of this project are longer than 64 MiB together",
          remedy: "name \(name) at fewer services"))
      return nil
    }
  }

  /// A document of a file that is being loaded.
  struct Document {
    var path: String
    var root: Node
  }

  /// Parses files; all of them, so that all their syntax errors are told.
  func parse(_ paths: [String]) throws(StageFailed) -> [Document] {
    var documents: [Document] = []
    let isIncluded = !includeChain.isEmpty
    let isNamed = !isIncluded && !options.files.isEmpty
    guard paths.count <= 1_000 else {
      findings.report(
        .error(at: .unknown, "there are \(paths.count) compose files; at most 1000 are read", remedy: "name fewer"))
      throw StageFailed()
    }
    for path in paths {
      documents += shared.documents(path, isIncluded: isIncluded, isNamed: isNamed, findings: findings).map {
        Document(path: path, root: $0)
      }
    }
    try findings.stopIfErrors()
    return documents
  }

  /// The model of the documents, or nil when nothing is in them.
  func load(_ documents: [Document]) throws(StageFailed) -> Node? {
    let documents = documents.filter { !$0.root.isNull }
    for document in documents where document.root.fields == nil {
      findings.report(
        .error(
          at: document.root.place, "top-level object must be a mapping, not \(document.root.kind)",
          remedy: "begin with services: and name: at the top level"))
    }
    try findings.stopIfErrors()
    if options.interpolates {
      for document in documents {
        var interpolation = Interpolation(lookup: lookup, findings: findings, budget: shared.budget)
        interpolation.run(document.root)
      }
      try findings.stopIfErrors()
    }
    var model: Node?
    for document in documents { model = try add(document, to: model) }
    guard let model else { return nil }
    try complete(model)
    return model
  }

  /// Steps 4 to 11: one document onto what earlier ones gave.
  private func add(_ document: Document, to model: Node?) throws(StageFailed) -> Node {
    var root = document.root
    if root["include"] != nil {
      root = try Include(loader: self).resolve(root, in: document.path)
      try findings.stopIfErrors()
    }
    Extends(loader: self).resolve(root, in: document.path)
    try findings.stopIfErrors()
    let touched = Touched(root)
    if let model {
      var merge = MergeRules(findings: findings)
      root = merge.merge(model, root, .record(Fields.root))
      try findings.stopIfErrors()
    }
    if shared.mayHaveTags { root.dropTags() }
    try canonicalize(touched.part(of: root))
    if let version = root.remove("version") {
      findings.report(
        .warning(
          at: version.keyPlace ?? version.place, "the attribute `version` is obsolete, it will be ignored",
          remedy: "remove it"))
    }
    return root
  }

  /// Checks and lengthens the parts of the model that a document has touched.
  private func canonicalize(_ part: Node) throws(StageFailed) {
    var check = ShapeCheck(findings: findings, allowsVariables: !options.interpolates)
    check.run(part)
    try findings.stopIfErrors()
    var short = ShortForms(findings: findings, budget: shared.budget, allowsVariables: !options.interpolates)
    short.run(part)
    try findings.stopIfErrors()
    for service in part["services"]?.fields?.values.elements ?? [] {
      guard let dns = service["dns"],
        let items = dns.list ?? (dns.string == nil ? nil : [Node(dns.value, at: dns.place)])
      else { continue }
      dns.value = .list(items.filter { $0.string != "" })
    }
  }

  /// Step C: what happens once, after the last document.
  private func complete(_ model: Node) throws(StageFailed) {
    let completion = Completion(base: pathBase, insertsDefaults: true, environment: environment)
    var binding = Binding(
      findings: findings, completion: completion, allowsVariables: !options.interpolates,
      lookup: budgeted(lookup))
    binding.run(model)
    if options.takesPeerForms { PeerForms(findings: findings).dropSourceless(in: model) }
    StructureRules(findings: findings).run(model)
    try findings.stopIfErrors()
  }
}

/// Which parts of the model a document has something to say about.
private struct Touched {
  private let keys: [(section: String, names: [String]?)]

  init(_ document: Node) {
    keys = (document.fields ?? [:]).map { ($0.key, $0.value.fields?.keys.elements) }
  }

  /// Those parts of `model`, in a mapping that shares its nodes.
  func part(of model: Node) -> Node {
    var part = Node.Fields()
    for (section, names) in keys {
      guard let node = model[section] else { continue }
      guard let names, let fields = node.fields, Fields.root[section] != nil else {
        part[section] = node
        continue
      }
      var entries = Node.Fields(minimumCapacity: names.count)
      for name in names { if let entry = fields[name] { entries[name] = entry } }
      part[section] = Node(.map(entries), at: node.place)
    }
    return Node(.map(part), at: model.place)
  }
}

/// What the models of one project share: parsed files and bounds.
final class SharedLoads {
  /// What is in files that are not on the disk, by whole path.
  private let texts: [String: [UInt8]]

  /// What files that others name may be.
  let confinement: Confinement

  init(_ texts: [String: [UInt8]], confinement: Confinement) {
    self.confinement = confinement
    self.texts = Dictionary(
      uniqueKeysWithValues: texts.map { (Files.join(Files.currentDirectory, $0.key), $0.value) })
  }

  private var files: [String: SourceFile] = [:]
  let budget = Budget()
  /// The most documents of one file.
  private static let mostDocuments = 100
  /// Models that includes have loaded.
  private var includes = 0
  /// Whether a file may hold `!reset` or `!override`.
  private(set) var mayHaveTags = false

  /// One more included model; false when there are too many.
  func countInclude() -> Bool {
    includes += 1
    return includes <= 1_000
  }

  func file(_ path: String) -> SourceFile {
    if let file = files[path] { return file }
    let file = SourceFile(name: path == "-" ? "<stdin>" : Files.shown(path), role: .compose)
    files[path] = file
    return file
  }

  /// Whether `!r` or `!o` is in the text.
  private static func holdsTags(_ bytes: [UInt8]) -> Bool {
    bytes.withUnsafeBufferPointer { buffer in
      var rest = buffer[...]
      while let mark = rest.firstIndex(of: UInt8(ascii: "!")) {
        rest = rest[(mark + 1)...]
        if let next = rest.first, next == UInt8(ascii: "r") || next == UInt8(ascii: "o") { return true }
      }
      return false
    }
  }

  /// The documents of a file; what is wrong with it is reported. One that others name counts for each of them.
  /// `isNamed`: on the command line, where it may be a pipe.
  func documents(_ path: String, isIncluded: Bool, isNamed: Bool = false, findings: Findings) -> [Node] {
    let isKnown = files[path] != nil
    let file = file(path)
    guard isNamed || path == "-" || texts[path] != nil || confinement.permits(path) else {
      findings.report(
        .error(at: Place(file: file), "\(file.name) \(Confinement.reason)", remedy: "copy it into the project"))
      return []
    }
    let bytes: [UInt8]
    do throws(Files.Failure) {
      bytes =
        if let text = texts[path] { text } else { isNamed ? try Files.read(path) : try Files.readPlain(path) }
    } catch {
      findings.report(
        .error(
          at: Place(file: file), "cannot read \(file.name): \(error.reason)",
          remedy: error.remedy(reading: path, otherwise: "check the name of the file")))
      return []
    }
    guard !(isIncluded || isKnown) || budget.take(textOf: bytes.count) else {
      findings.report(
        .error(
          at: Place(file: file), "too much is included", remedy: "include fewer or smaller files, and each of them once"
        ))
      return []
    }
    if !mayHaveTags { mayHaveTags = Self.holdsTags(bytes) }
    do throws(Finding) {
      let documents = try YAMLComposer.documents(bytes, file: file, findings: findings)
      // Each is checked together with what those before it said.
      guard documents.count <= Self.mostDocuments else {
        throw .error(
          at: documents[Self.mostDocuments].place,
          "the file has \(documents.count) documents; at most \(Self.mostDocuments) are read",
          remedy: "write them as one")
      }
      return documents
    } catch {
      findings.report(error)
      return []
    }
  }
}
