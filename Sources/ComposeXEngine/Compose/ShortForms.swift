/// Turns short forms into long ones, in place (loader notes, canonical form).
struct ShortForms {
  let findings: Findings
  /// What ranges of ports may unfold to.
  let budget: Budget
  /// Texts with variables that are not known yet stay as they are.
  let allowsVariables: Bool
  private var path = ModelPath()

  init(findings: Findings, budget: Budget, allowsVariables: Bool = false) {
    self.findings = findings
    self.budget = budget
    self.allowsVariables = allowsVariables
  }

  mutating func run(_ root: Node) { visit(root, .record(Fields.root)) }

  private mutating func visit(_ node: Node, _ shape: Shape) {
    if let short = shape.short { lengthen(node, short) }
    switch (node.value, shape.long) {
    case (.map(let fields), .record(let record)):
      if record["external"] != nil { external(node) }
      for (key, child) in fields {
        guard let attribute = record[key], attribute.passes.contains(.shortForms) else { continue }
        path.push(key)
        visit(child, attribute.shape)
        path.pop()
        // Different short forms may have the same long one.
        if let unique = attribute.unique { Uniqueness.enforce(unique, in: child) }
      }
    case (.map(let fields), .map(let value, _)):
      for (key, child) in fields {
        path.push(key)
        visit(child, value)
        path.pop()
      }
    case (.list(let items), .list(let item, _)):
      if item.short == .port { return ports(node, items) }
      for (index, child) in items.enumerated() {
        path.push(index)
        visit(child, item)
        path.pop()
      }
    default: return
    }
  }

  private mutating func lengthen(_ node: Node, _ short: Short) {
    switch short {
    case .build: MergeRules.context(node)
    case .dependsOn:
      MergeRules.dependencies(node)
      for entry in node.fields?.values.elements ?? [] where entry.fields != nil && entry["required"] == nil {
        entry.set("required", Node(.bool(true), at: entry.place))
      }
    case .names: MergeRules.names(node)
    case .fileMount: wrap(node, "source")
    case .extends: wrap(node, "service")
    case .include: wrap(node, "path")
    case .mount: mount(node)
    case .device: device(node)
    case .envFile: envFiles(node)
    case .gpus:
      guard node.string != nil else { return }
      node.value = .list([Node(.map(["count": Node(.int(-1), at: node.place)]), at: node.place)])
    case .ssh: ssh(node)
    case .ulimit, .port, .external: return
    }
  }

  private func wrap(_ node: Node, _ key: String) {
    guard node.string != nil else { return }
    node.value = .map([key: Node(node.value, at: node.place)])
  }

  private func isVariable(_ text: String) -> Bool { allowsVariables && VariableText.isNeeded(text) }

  private func fail(_ node: Node, _ message: String, remedy: String) {
    findings.report(.error(at: node.place, "\(path): \(message)", remedy: remedy))
  }
}

// MARK: - Mounts, devices, ports

extension ShortForms {
  private func mount(_ node: Node) {
    guard let text = node.string else { return }
    let spec: VolumeSpec
    do throws(VolumeSpec.Problem) { spec = try VolumeSpec.parse(text) } catch {
      if !isVariable(text) { fail(node, error.text, remedy: "write [source:]target[:options], or the long form") }
      return
    }
    node.value = .map(spec.fields(at: node.place))
  }

  private func device(_ node: Node) {
    guard let text = node.string else { return }
    let parts = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    if parts.count > 3 {
      if !isVariable(text) {
        fail(
          node, "confusing device mapping, please use long syntax: \(text)",
          remedy: "write source:, target: and permissions:")
      }
      return
    }
    let source = parts[0]
    let target = parts.count > 1 && !parts[1].isEmpty ? parts[1] : source
    let permissions = parts.count > 2 && !parts[2].isEmpty ? parts[2] : "rwm"
    node.value = .map([
      "source": Node(.string(source), at: node.place), "target": Node(.string(target), at: node.place),
      "permissions": Node(.string(permissions), at: node.place),
    ])
  }

  private mutating func ports(_ list: Node, _ items: [Node]) {
    guard items.contains(where: { $0.fields == nil }) else {
      for item in items { publishText(item) }
      return
    }
    var result: [Node] = []
    for (index, item) in items.enumerated() {
      path.push(index)
      defer { path.pop() }
      guard let text = Casts.text(item) else {
        publishText(item)
        result.append(item)
        continue
      }
      do throws(PortSpec.Problem) {
        if budget.isSpent { return }
        let specs = try PortSpec.parse(text)
        // A port has five fields.
        guard specs.count == 1 || budget.take(6 * specs.count) else {
          return fail(item, "too many ports", remedy: "write smaller ranges, and each port once")
        }
        for spec in specs {
          let node = Node(.map(spec.fields(at: item.place)), at: item.place)
          node.replaced = item.replaced
          result.append(node)
        }
      } catch {
        if isVariable(text) {
          result.append(item)
        } else {
          fail(item, error.text, remedy: "write [[address:]published:]target[/protocol], or the long form")
        }
      }
    }
    list.value = .list(result)
  }

  /// `published: 8080` and `"8080"` are the same port.
  private func publishText(_ port: Node) {
    guard let published = port["published"], case .int(let number) = published.value else { return }
    published.value = .string(String(number))
  }
}

extension PortSpec {
  func fields(at place: Place) -> Node.Fields {
    var fields: Node.Fields = ["mode": Node(.string("ingress"), at: place)]
    if let address { fields["host_ip"] = Node(.string(address), at: place) }
    fields["target"] = Node(.int(target), at: place)
    if let published { fields["published"] = Node(.string(published), at: place) }
    fields["protocol"] = Node(.string(transport), at: place)
    return fields
  }
}

extension VolumeSpec {
  func fields(at place: Place) -> Node.Fields {
    func string(_ text: String) -> Node { Node(.string(text), at: place) }
    func boolean(_ value: Bool) -> Node { Node(.bool(value), at: place) }
    var fields: Node.Fields = ["type": string(kind.rawValue)]
    if let source { fields["source"] = string(source) }
    fields["target"] = string(target)
    if isReadOnly { fields["read_only"] = boolean(true) }
    var bind: Node.Fields = kind == .bind ? ["create_host_path": boolean(true)] : [:]
    if let propagation { bind["propagation"] = string(propagation) }
    if let selinux { bind["selinux"] = string(selinux) }
    if !bind.isEmpty { fields["bind"] = Node(.map(bind), at: place) }
    if kind == .volume { fields["volume"] = Node(.map(noCopy ? ["nocopy": boolean(true)] : [:]), at: place) }
    return fields
  }
}

// MARK: - Files, keys, external resources

extension ShortForms {
  private func envFiles(_ node: Node) {
    if node.string != nil { node.value = .list([Node(node.value, at: node.place)]) }
    for item in node.list ?? [] {
      wrap(item, "path")
      if item.fields != nil, item["required"] == nil { item.set("required", Node(.bool(true), at: item.place)) }
    }
  }

  private func ssh(_ node: Node) {
    guard let items = node.list else { return }
    var fields = Node.Fields()
    for item in items {
      guard let text = item.string else { continue }
      let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      if parts.count == 2 {
        fields[String(parts[0])] = Node(.string(String(parts[1])), at: item.place)
      } else if text == "default" || isVariable(text) {
        fields[text] = Node(.null, at: item.place)
      } else {
        fail(item, "invalid ssh key \"\(text)\"", remedy: "write id=path; only default stands alone")
      }
    }
    node.value = .map(fields)
  }

  /// `external: {name: n}` is `external: true` and `name: n`.
  private func external(_ node: Node) {
    guard let external = node["external"], case .map(let fields) = external.value else { return }
    if let name = fields["name"] {
      findings.report(
        .warning(
          at: external.place, "\(path): external.name is deprecated. Please set name and external: true",
          remedy: "write external: true and name: \(name.string ?? "")"))
      if let other = node["name"], other.string != name.string {
        fail(name, "name and external.name conflict; only use name", remedy: "remove external.name")
      } else if node["name"] == nil {
        node.set("name", name)
      }
    }
    external.value = .bool(true)
  }
}
