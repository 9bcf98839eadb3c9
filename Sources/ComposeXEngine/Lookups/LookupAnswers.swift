/// Puts what `composex.lookups.json` says where a project looks things up: then the Lookup has an ARN, and the return values that an ARN
/// does not say, as if the file had stated them.
struct LookupAnswers {
  private let file: LookupFile?
  private let findings: Findings

  /// Answers the Lookups of a project. One that the file needs an answer for and has none is an error.
  ///
  /// `path` is the file that the command line names; nil is the one beside the compose file.
  static func apply(
    to project: ComposeProject, account: (text: String, place: Place)?, path: String?, findings: Findings
  ) {
    let lookups = Lookup.all(project)
    if lookups.isEmpty { return }
    do throws(Finding) {
      let file = try LookupFile(Self.path(project, path), isNamed: path != nil)
      LookupAnswers(file: file, findings: findings).apply(lookups, account)
    } catch {
      findings.report(error)
    }
  }

  /// Where the file is, or would be.
  static func path(_ project: ComposeProject, _ path: String?) -> String {
    path.map { Files.join(Files.currentDirectory, $0) } ?? Files.join(project.workingDirectory, LookupFile.fileName)
  }

  private func apply(_ lookups: [Lookup], _ account: (text: String, place: Place)?) {
    if let file, let stated = account, stated.text != file.account {
      findings.report(
        .error(
          at: stated.place,
          "the project is deployed to account \(stated.text), and \(file.name) was asked of \(file.account)",
          remedy: remedy("take that of the account: --lookups FILE, or")))
    }
    for lookup in lookups {
      if let entry = file?[lookup.subject] {
        guard Lookup.isSame(entry.query, lookup.query) else {
          findings.report(
            .error(
              at: lookup.place,
              "\(lookup.subject) asks for something else than what \(entry.place.fileAndLine) answers",
              remedy: remedy()))
          continue
        }
        put(entry.values, in: lookup)
      } else if lookup.isOpen, LookupKinds.isKnown(lookup.key) {
        let name = file?.name ?? LookupFile.fileName
        findings.report(
          .error(
            at: lookup.place,
            "\(lookup.subject) is looked up by \(lookup.way), and \(name) has no answer", remedy: remedy()))
      }
    }
  }

  private func remedy(_ words: String = "ask AWS:") -> String { "\(words) composex lookup" }

  private func put(_ values: Node, in lookup: Lookup) {
    let fields = values.fields ?? [:]
    switch lookup.key {
    case "x-vpc":
      for (name, value) in fields { Self.replace(name, value, in: lookup.node) }
    case "x-cluster":
      if lookup.node.fields == nil { Self.replace("Lookup", Node(.map([:]), at: lookup.node.place), in: lookup.holder) }
      for (name, value) in fields where lookup.node[name] == nil { lookup.node.set(name, value.copy()) }
    case "x-secrets", "x-route53", "x-cloudmap":
      if lookup.node.fields == nil { Self.replace("Lookup", Node(.map([:]), at: lookup.node.place), in: lookup.holder) }
      for (name, value) in fields where lookup.node[name] == nil { lookup.node.set(name, value.copy()) }
      if lookup.key == "x-route53" { for name in ["Tags", "Name"] { lookup.node.remove(name) } }
    case Lookup.securityGroup, Lookup.prefixList:
      lookup.holder.remove("Lookup")
      if let id = fields["Id"], lookup.holder["Id"] == nil { lookup.holder.set("Id", id.copy()) }
    default: putGeneric(fields, in: lookup)
    }
  }

  private func putGeneric(_ fields: Node.Fields, in lookup: Lookup) {
    let inner = lookup.inner
    for (name, value) in fields {
      switch name {
      case "Arn": if inner["Arn"] == nil { inner.set(name, value.copy()) }
      case "secret": Self.replace(name, .object([("Arn", value.copy())]), in: lookup.node)
      case "Listeners":
        for (port, arn) in value.fields ?? [:] where lookup.isOpen(listener: port) {
          lookup.node.at("Listeners", port)?.set("Arn", arn.copy())
        }
      case "SecurityGroup", "DNSName", "CanonicalHostedZoneID":
        if lookup.key == "x-elbv2" { if inner[name] == nil { inner.set(name, value.copy()) } } else { fallthrough }
      default:
        // What the file states counts.
        let holder = inner["ReturnValues"] == nil && lookup.node["ReturnValues"] != nil ? lookup.node : inner
        if holder["ReturnValues"]?.fields == nil { holder.set("ReturnValues", Node(.map([:]), at: holder.place)) }
        if holder.at("ReturnValues", name) == nil { holder["ReturnValues"]?.set(name, value.copy()) }
      }
    }
    if inner["Arn"] != nil { for name in ["Tags", "Name", "Identifier"] { inner.remove(name) } }
  }

  /// Puts a value at its place in the file of answers, with the key where the compose file has it.
  private static func replace(_ key: String, _ value: Node, in holder: Node) {
    let copy = value.copy()
    copy.keyPlace = holder[key]?.keyPlace
    holder.set(key, copy)
  }
}
