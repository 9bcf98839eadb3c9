/// Resolves `extends`: a service takes what it does not say itself from another one, of the same document or of another file.
struct Extends {
  let loader: ModelLoader
  /// Services of cycles that were reported already.
  private let told = Told()

  init(loader: ModelLoader) { self.loader = loader }

  private final class Told { var steps: Set<Step> = [] }

  /// The longest chain; each step recurses.
  private static let longest = 100

  /// The services of one file, and where its relative paths start from.
  private final class Scope {
    let path: String
    let services: Node
    let directory: String
    /// Whether the file is another one than the document that is being loaded.
    let isForeign: Bool

    init(path: String, services: Node, directory: String, isForeign: Bool) {
      self.path = path
      self.services = services
      self.directory = directory
      self.isForeign = isForeign
    }
  }

  private struct Step: Hashable {
    var path: String
    var service: String
  }

  private var findings: Findings { loader.findings }

  /// Resolves the services of `root`, in place.
  func resolve(_ root: Node, in path: String) {
    guard let services = root["services"], let fields = services.fields else { return }
    guard fields.values.contains(where: { $0["extends"] != nil }) else { return }
    let scope = Scope(path: path, services: services, directory: loader.directory, isForeign: false)
    var foreign: [String: Scope] = [:]
    for name in fields.keys { _ = resolve(name, in: scope, chain: [], foreign: &foreign) }
  }

  /// The service with everything that it extends merged in; nil when something is wrong, which is reported.
  private func resolve(_ name: String, in scope: Scope, chain: [Step], foreign: inout [String: Scope]) -> Node? {
    guard let service = scope.services[name], let extends = service["extends"] else { return scope.services[name] }
    let step = Step(path: scope.path, service: name)
    if told.steps.contains(step) { return nil }
    if let start = chain.firstIndex(of: step) {
      told.steps.formUnion(chain[start...])
      circular(extends, chain[start...] + [step])
      return nil
    }
    if chain.count >= Self.longest {
      findings.report(
        .error(
          at: extends.place, "services::\(name) extends a chain of more than \(Self.longest) services",
          remedy: "shorten the chain"))
      return nil
    }
    guard let (reference, file) = target(extends, of: name) else { return nil }
    let source: Scope
    if let file, !file.isEmpty {
      guard let scope = open(file, from: scope, at: extends, &foreign) else { return nil }
      source = scope
    } else {
      source = scope
    }
    guard source.services[reference] != nil else {
      notFound(reference, name, extends, source, isNamed: file != nil)
      return nil
    }
    guard let base = resolve(reference, in: source, chain: chain + [step], foreign: &foreign) else { return nil }
    return merge(base, into: service, name, extends, scope)
  }

  /// Puts `base` under `service`; the result takes the service's place in its scope.
  private func merge(_ base: Node, into service: Node, _ name: String, _ extends: Node, _ scope: Scope) -> Node? {
    service.remove("extends")
    if base.isNull || base.tag == "!reset" { return service }
    guard loader.shared.budget.take(base.size) else {
      findings.report(.error(at: extends.place, "extends copies too many values", remedy: "extend smaller services"))
      return nil
    }
    let copy = base.copy()
    if loader.shared.mayHaveTags { copy.dropTags() }
    var rules = MergeRules(findings: findings, path: ModelPath("services", name))
    let merged = rules.merge(copy, service, .record(Fields.service))
    let result = Node(merged.value, at: service.place)
    result.keyPlace = service.keyPlace
    result.tag = service.tag
    scope.services.set(name, result)
    return result
  }

  private func target(_ extends: Node, of name: String) -> (String, String?)? {
    if let text = extends.string { return (text, nil) }
    guard extends.fields != nil, let service = extends["service"]?.string else {
      findings.report(
        .error(
          at: extends.place, "extends.\(name).service is required and must be a string",
          remedy: "write extends: {service: base}"))
      return nil
    }
    return (service, extends["file"]?.string)
  }

  /// The scope of another file: interpolated and in long form, its paths made relative to the project.
  private func open(_ file: String, from scope: Scope, at extends: Node, _ foreign: inout [String: Scope]) -> Scope? {
    let place = extends["file"]?.place ?? extends.place
    let path = Files.join(scope.directory, file)
    if let known = foreign[path] { return known }
    let start = "paths start at the directory of the project, or of the extended file"
    if let (reason, remedy) = loader.shared.confinement.refusal(path, starts: start) {
      findings.report(.error(at: place, "cannot extend from \(Files.shown(path)): \(reason)", remedy: remedy))
      return nil
    }
    let before = findings.all.count
    guard let root = loadForeign(path) else {
      if findings.all.count == before {
        findings.report(
          .error(
            at: place, "cannot extend from \(Files.shown(path)): it has no services section",
            remedy: "name a compose file"))
      }
      return nil
    }
    let directory = Files.directory(of: path)
    let base = loader.options.resolvesPaths ? directory : Files.relative(directory, to: loader.directory)
    Completion(base: base, insertsDefaults: false, environment: loader.environment).run(root)
    guard let services = root["services"] else { return nil }
    let result = Scope(path: path, services: services, directory: directory, isForeign: true)
    foreign[path] = result
    return result
  }

  private func loadForeign(_ path: String) -> Node? {
    var model: Node?
    for document in loader.shared.documents(path, isIncluded: true, findings: findings) where document.fields != nil {
      if loader.options.interpolates {
        var interpolation = Interpolation(lookup: loader.lookup, findings: findings, budget: loader.shared.budget)
        interpolation.run(document)
      }
      var rules = MergeRules(findings: findings)
      model = model.map { rules.merge($0, document, .record(Fields.root)) } ?? document
    }
    guard let model, model["services"]?.fields != nil, !findings.hasErrors else { return nil }
    var short = ShortForms(
      findings: findings, budget: loader.shared.budget, allowsVariables: !loader.options.interpolates)
    short.run(model)
    return model
  }
}

// MARK: - Findings

extension Extends {
  private func notFound(_ reference: String, _ name: String, _ extends: Node, _ source: Scope, isNamed: Bool) {
    let place = extends["service"]?.place ?? extends.place
    let names = source.services.fields?.keys.elements ?? []
    let where_ = isNamed ? "in \(Files.shown(source.path))" : "in this file"
    findings.report(
      .error(
        at: place, "cannot extend service \"\(name)\": service \"\(reference)\" not found \(where_)",
        // Near names are looked for while findings are few.
        remedy: findings.all.count < 20 ? NearName.remedy(reference, in: names, what: "services") : nil))
  }

  private func circular(_ extends: Node, _ steps: ArraySlice<Step>) {
    let shown = steps.map { "\($0.service) in \(Files.shown($0.path))" }
    findings.report(
      .error(
        at: extends.place, "Circular reference: \(shown.joined(separator: " extends "))",
        remedy: "let one of them stand alone"))
  }
}

extension Node {
  /// How many nodes the tree has.
  var size: Int {
    switch value {
    case .list(let items): items.reduce(1) { $0 + $1.size }
    case .map(let fields): fields.values.reduce(1) { $0 + $1.size }
    default: 1
    }
  }
}
