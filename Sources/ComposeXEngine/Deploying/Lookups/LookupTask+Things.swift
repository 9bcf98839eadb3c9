/// Finding a thing of the table: by its ARN, its name or its tags, and asking what else of it is wanted.
extension LookupTask {
  /// Something that may be meant.
  private struct Candidate {
    var kind: LookupKind
    var parts: [String: String]
    var name: String
    var arn: String { parts["arn"] ?? "" }
    var shown: String { name.isEmpty || arn.hasSuffix(name) ? arn : "\(arn) (\(name))" }
  }

  func startThing() {
    let kinds = LookupKinds.of(lookup.key, level: lookup.level)
    find(lookup.inner, kinds, at: lookup.place) { [self] candidate in
      put("Arn", .of(candidate.arn))
      describe(candidate, step: 0) { [self] in
        if lookup.key == "x-elbv2" { askListeners(candidate.arn) }
        finish(candidate)
      }
    }
    if let secret = lookup.node["secret"], Lookup.isOpen(secret) {
      find(secret, [LookupKinds.secret], at: secret.keyPlace ?? secret.place) { [self] in put("secret", .of($0.arn)) }
    }
  }

  /// What a row cannot say.
  private func finish(_ candidate: Candidate) {
    switch lookup.key {
    case "x-route53":
      put("HostedZoneId", candidate.parts["id"].map { .of($0) })
      drop("Arn")
      if values["IsPrivateZone"]?.bool != true { drop("IsPrivateZone") }
    default: break
    }
    let keys = candidate.kind.keys.sorted().filter { name in
      guard let id = values[name]?.string else { return false }
      // Keys of AWS's own need no grant.
      if id.contains("alias/aws/") { drop(name) }
      return values[name] != nil && !id.hasPrefix("arn:")
    }
    guard !keys.isEmpty else { return }
    ask(keys.map { LookupCalls.key(values[$0]?.string ?? "") }) { [self] answers in
      for (name, answer) in zip(keys, answers) {
        let metadata = read(answer, "key \(values[name]?.string ?? "")")?["KeyMetadata"]
        drop(name)
        if metadata?["KeyManager"]?.string != "AWS" { put(name, metadata?["Arn"]) }
      }
    }
  }

  // MARK: - Finding

  private func find(_ node: Node, _ kinds: [LookupKind], at place: Place, _ then: @escaping (Candidate) -> Void) {
    let tags = LookupTag.read(node["Tags"])
    if let arn = node["Arn"]?.string {
      guard let found = Self.candidate(arn, kinds) else {
        return fail(
          "\(lookup.subject): \(arn) is no \(kinds[0].what)", at: node["Arn"]?.place,
          remedy: "it looks like \(kinds[0].arn)")
      }
      then(found)
    } else if let id = (node["HostedZoneId"] ?? node["NamespaceId"])?.string {
      then(made(kinds[0], ["id": id, "name": id]))
    } else if let text = node["Identifier"]?.string, text.split(separator: "|").count == 3 {
      let words = text.split(separator: "|").map(String.init)
      then(made(kinds[0], ["name": words[0], "id": words[1], "scope": "regional"]))
    } else if !tags.isEmpty {
      ask(LookupCalls.tagged(kinds.map(\.type), tags, region: kinds[0].tagRegion)) { [self] answer in
        guard let answer = read(answer, at: place, kinds[0].what) else { return }
        let all = Self.candidates(answer, kinds)
        choose(all, node, kinds, at: place, then)
      }
    } else if let name = node["Name"]?.string ?? node["Identifier"]?.string ?? lookup.name ?? node.string {
      if ARNTemplate.needsName(kinds[0].arn), kinds[0].listing == nil { return findNamed(name, kinds, then) }
      findByListing(name, kinds[0], at: place, then)
    }
  }

  /// What has a name that says its ARN; a name may be that of one of several kinds, as of caches.
  private func findNamed(_ name: String, _ kinds: [LookupKind], _ then: @escaping (Candidate) -> Void) {
    let all = kinds.filter { ARNTemplate.needsName($0.arn) && !$0.steps.isEmpty }.map { made($0, ["name": name]) }
    guard all.count > 1 else { return then(made(kinds[0], ["name": name])) }
    ask(all.compactMap { LookupCalls.step($0.kind.steps[0], $0.parts) }) { answers in
      let found = zip(all, answers).first { _, answer in (try? answer.get()) != nil }?.0
      // Of none the first says what is missing.
      then(found ?? all[0])
    }
  }

  private func findByListing(
    _ name: String, _ kind: LookupKind, at place: Place, _ then: @escaping (Candidate) -> Void
  ) {
    guard let listing = kind.listing, let call = LookupCalls.listing(listing) else { return }
    ask(call) { [self] answer in
      guard let answer = read(answer, at: place, kind.what) else { return }
      let items = answer[listing.items]?.list ?? []
      let all = items.compactMap { item -> Candidate? in
        guard let arn = item.found(at: listing.arn)?.string else { return nil }
        let shown = item.found(at: listing.name)?.string ?? ""
        if arn.hasPrefix("arn:") {
          return Self.candidate(arn, [kind]).map { Candidate(kind: $0.kind, parts: $0.parts, name: shown) }
        }
        let id = arn.split(separator: "/").last.map(String.init) ?? arn
        var whole = made(kind, ["id": id, "name": arn.hasPrefix("/") ? String(arn.dropFirst()) : arn])
        whole.name = shown
        return whole
      }
      pick(all.filter { Self.isNamed($0.name, name) }, of: all, "called \(name)", kind, at: place, then)
    }
  }

  /// `alias/orders` is called `orders`, and so is the zone `orders.`.
  private static func isNamed(_ found: String, _ name: String) -> Bool {
    func plain(_ text: String) -> String {
      let text = text.hasPrefix("alias/") ? String(text.dropFirst(6)) : text
      return text.hasSuffix(".") ? String(text.dropLast()) : text
    }
    return plain(found) == plain(name)
  }

  /// Of what has the tags, what has the name as well, and is what it must be.
  private func choose(
    _ all: [Candidate], _ node: Node, _ kinds: [LookupKind], at place: Place, _ then: @escaping (Candidate) -> Void
  ) {
    var fitting = all
    for name in ["Name", "Identifier"].compactMap({ node[$0]?.string }) {
      fitting = fitting.filter { candidate in
        candidate.arn.hasSuffix(name) || candidate.parts.values.contains(name)
          || candidate.arn.contains("/\(name)/") || candidate.parts["id"]?.hasPrefix("\(name)-") == true
      }
    }
    if fitting.isEmpty {
      ask(LookupCalls.tagged(kinds.map(\.type), [], region: kinds[0].tagRegion)) { [self] answer in
        let others = (try? answer.get()).map { Self.candidates($0, kinds) } ?? []
        pick([], of: all.isEmpty ? others : all, "with these tags", kinds[0], at: place, then)
      }
      return
    }
    guard let must = fitting[0].kind.must, fitting.count > 1, let step = fitting[0].kind.steps.first else {
      return pick(fitting, of: fitting, "with these tags", fitting[0].kind, at: place, then)
    }
    ask(fitting.compactMap { LookupCalls.step(step, $0.parts) }) { [self] answers in
      let path = step.take.first { $0.key == must.name }?.value ?? ""
      let kept = zip(fitting, answers).filter { _, answer in
        let value = (try? answer.get())?.found(at: path)?.string ?? ""
        return must.prefixes.contains { value.hasPrefix($0) }
      }.map(\.0)
      pick(kept, of: fitting, "with these tags", kinds[0], at: place, then)
    }
  }

  private func pick(
    _ found: [Candidate], of all: [Candidate], _ how: String, _ kind: LookupKind, at place: Place,
    _ then: (Candidate) -> Void
  ) {
    if found.count == 1 { return then(found[0]) }
    let level = lookup.level.map { "\($0): {" } ?? ""
    if found.isEmpty {
      fail(
        "\(lookup.subject): no \(kind.what) \(how) is in \(target.shown)", at: place,
        remedy: "correct the Lookup, or make one", candidates: all.map(\.shown))
    } else {
      fail(
        "\(lookup.subject): \(found.count) of kind \(kind.what) are \(how == "with these tags" ? "there \(how)" : how)",
        at: place,
        remedy: "name the one: Lookup: {\(level)Arn: \(found.map(\.arn).sorted()[0])\(level.isEmpty ? "" : "}")}",
        candidates: found.map(\.shown))
    }
  }

  private static func candidate(_ arn: String, _ kinds: [LookupKind]) -> Candidate? {
    for kind in kinds {
      if let parts = ARNTemplate.parts(kind.arn, arn) { return Candidate(kind: kind, parts: parts, name: "") }
    }
    return nil
  }

  private static func candidates(_ answer: Node, _ kinds: [LookupKind]) -> [Candidate] {
    (answer["ResourceTagMappingList"]?.list ?? []).compactMap { item in
      guard let arn = item["ResourceARN"]?.string, var found = candidate(arn, kinds) else { return nil }
      found.name = item["Tags"]?.list?.first { $0["Key"]?.string == "Name" }?["Value"]?.string ?? ""
      return found
    }
  }

  private func made(_ kind: LookupKind, _ names: [String: String]) -> Candidate {
    var parts = target.parts.merging(names) { $1 }
    parts["region"] = lookup.node["Region"]?.string ?? target.region
    parts["arn"] = ARNTemplate.filled(kind.arn, parts) ?? ""
    return Candidate(kind: kind, parts: parts, name: names["name"] ?? "")
  }

  // MARK: - Asking more of it

  private func describe(_ candidate: Candidate, step index: Int, _ then: @escaping () -> Void) {
    let steps = candidate.kind.steps
    guard index < steps.count else { return then() }
    var parts = candidate.parts.merging(values.compactMapValues(\.string)) { mine, _ in mine }
    parts["account"] = parts["account"].flatMap { $0.isEmpty ? nil : $0 } ?? target.account
    guard let call = LookupCalls.step(steps[index], parts) else {
      return describe(candidate, step: index + 1, then)
    }
    ask(call) { [self] answer in
      if steps[index].isOptional, case .failure(let failure) = answer, Self.isGone(failure) {
        return describe(candidate, step: index + 1, then)
      }
      let what = "\(candidate.kind.what) \(candidate.parts["name"] ?? candidate.parts["id"] ?? candidate.arn)"
      guard let answer = read(answer, what) else { return }
      for (name, path) in steps[index].take { put(name, answer.found(at: path)) }
      if let must = candidate.kind.must, let value = values[must.name]?.string,
        !must.prefixes.contains(where: { value.hasPrefix($0) })
      {
        fail(
          "\(lookup.subject): \(candidate.arn) is \(value), not \(must.prefixes.joined(separator: " or "))",
          remedy: "name another")
      }
      describe(candidate, step: index + 1, then)
    }
  }

  private func askListeners(_ arn: String) {
    let open = lookup.listeners.filter { lookup.isOpen(listener: $0) }
    guard !open.isEmpty else { return }
    let call = AWSCall("elbv2", "describe-listeners").option("--load-balancer-arn", arn)
      .needs("elasticloadbalancing:DescribeListeners")
    ask(call) { [self] answer in
      guard let list = read(answer, "load balancer \(arn)")?["Listeners"]?.list else { return }
      var found: [(String, Node)] = []
      for port in open.sorted() {
        if let listener = list.first(where: { $0["Port"]?.scalarText == port }), let arn = listener["ListenerArn"] {
          found.append((port, arn))
        } else {
          let node = lookup.node.at("Listeners", port)
          fail(
            "\(lookup.subject): the load balancer has no listener of port \(port)", at: node?.keyPlace,
            remedy: "name one that it has",
            candidates: list.map { "port \($0["Port"]?.scalarText ?? "?") \($0["Protocol"]?.string ?? "")" })
        }
      }
      put("Listeners", .object(found))
    }
  }
}
