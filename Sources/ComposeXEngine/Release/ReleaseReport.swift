/// One page for a release (`composex report`): what runs, pictures, access, findings, exemptions, fidelity, what is paid for, and what
/// changes. It asks nothing of any other place, and can be printed.
public struct ReleaseReport {
  private let outcome: Pipeline.Outcome
  private let findings: [Finding]
  private let facts: Facts
  /// Pictures by their titles: SVG, or Mermaid where there is no Graphviz.
  public var pictures: [(title: String, svg: String?, text: String)] = []
  /// The comparison with a base, as its text: what it is compared with, and what changes.
  public var comparison: (base: String, text: String)?

  /// A report of what a run made and found.
  public init(of outcome: Pipeline.Outcome, findings: Findings) {
    self.outcome = outcome
    self.findings = findings.sorted
    facts = Facts(of: outcome.stack)
  }

  /// The whole page.
  ///
  /// - Throws: a `Finding` when the built-in files cannot be read.
  public func html() throws -> String {
    let name = GraphPage.escaped(outcome.project.name)
    var body = "<h1>\(name)</h1>\n"
    body += section("What runs", table(["service", "image", "tasks", "size", "ports", "role"], services))
    for picture in pictures {
      let drawn = picture.svg.map { "<div class=\"picture\">\(GraphPage.picture($0))</div>" }
      body += section(
        picture.title,
        drawn
          ?? "<p>Graphviz is not installed: the picture as Mermaid.</p><pre>\(GraphPage.escaped(picture.text))</pre>")
    }
    body += section("From the internet", table(["from", "to", "port", "how", "line"], internet))
    body += section("Who reaches whom", table(["from", "to", "port", "how", "line"], inner))
    body += section("Who may do what", table(["role", "action", "resource", "", "line"], grants))
    body += section("Findings", table(["", "what", "line", "remedy"], findings.map(row)))
    body += section("Exemptions", table(["rule", "of", "owner", "reason", "ends"], exemptions))
    body += section("Fidelity", try fidelity())
    body += section("What is paid for", table(["what", "count", "of"], costs))
    if let comparison {
      body += section("Changes since \(comparison.base)", "<pre>\(GraphPage.escaped(comparison.text))</pre>")
    }
    return """
      <!DOCTYPE html>
      <html lang="en"><head><meta charset="utf-8"><title>\(name)</title>
      <style>\(Self.style)</style></head><body>
      \(body)</body></html>

      """
  }

  private static let style = """
    body{font:14px/1.45 Helvetica,Arial,sans-serif;color:#1f2328;max-width:72em;margin:2em auto;padding:0 1em}
    h2{border-bottom:1px solid #d0d7de;margin-top:2em}table{border-collapse:collapse;width:100%;font-size:12px}
    td,th{border-top:1px solid #d0d7de;padding:3px 8px;text-align:left;vertical-align:top;overflow-wrap:anywhere}
    .picture svg{max-width:100%;height:auto}pre{font-size:12px;white-space:pre-wrap;background:#f6f8fa;padding:1em}
    @media print{h2{break-after:avoid}tr,.picture{break-inside:avoid}body{margin:0;max-width:none}}
    """

  // MARK: - Writing

  private func section(_ title: String, _ content: String) -> String {
    "<h2>\(GraphPage.escaped(title))</h2>\n\(content)\n"
  }

  private func table(_ heads: [String], _ rows: [[String]]) -> String {
    if rows.isEmpty { return "<p>none</p>" }
    let head = heads.map { "<th>\(GraphPage.escaped($0))</th>" }.joined()
    let body = rows.map { row in
      "<tr>" + row.map { "<td>\(GraphPage.escaped(VisibleText.of($0)))</td>" }.joined() + "</tr>\n"
    }
    return "<table><thead><tr>\(head)</tr></thead><tbody>\n\(body.joined())</tbody></table>"
  }

  // MARK: - Rows

  private var services: [[String]] {
    facts.template.all("AWS::ECS::Service").flatMap { service -> [[String]] in
      let task = facts.template.byKey[service.text("TaskDefinition").map(GroupRules.group) ?? ""]
      let size = [task?.text("Cpu").map { "\($0) CPU" }, task?.text("Memory").map { "\($0) MiB" }]
      let role = facts.roles.first { $0.kind == .task && $0.services.contains(service.subject) }
      return (task?.items(["ContainerDefinitions"]) ?? []).map { container in
        func text(_ name: String) -> String {
          ARNForms.shown(FactValues.text(container.node[name], container.scope) ?? "")
        }
        let ports = FactValues.items(container.node["PortMappings"], container.scope).compactMap {
          FactValues.text($0.node["ContainerPort"] ?? $0.node["ContainerPortRange"], $0.scope)
        }
        return [
          text("Name"), text("Image"), service.text("DesiredCount") ?? "1",
          size.compactMap(\.self).joined(separator: ", "), ports.joined(separator: ", "), role?.key ?? "",
        ]
      }
    }
  }

  private func row(_ reach: Reach) -> [String] {
    let how = [reach.via.map { "through \($0)" }, reach.certainty == .maybe ? "maybe" : nil].compactMap(\.self)
    return [
      reach.from, reach.to, reach.portText, how.joined(separator: ", "), reach.because.first?.place.fileAndLine ?? "",
    ]
  }

  private var internet: [[String]] { facts.reach.filter { $0.from == "internet" }.map(row) }
  private var inner: [[String]] { facts.reach.filter { $0.from != "internet" && $0.via == nil }.map(row) }

  private var grants: [[String]] {
    facts.grants.map {
      [
        $0.role, $0.action, $0.resource,
        $0.certainty == .maybe
          ? "maybe" + ($0.conditions.isEmpty ? "" : ": \($0.conditions.joined(separator: ", "))") : "",
        $0.evidence?.place.fileAndLine ?? "",
      ]
    }
  }

  private func row(_ finding: Finding) -> [String] {
    [finding.severity.rawValue, finding.message, finding.place.fileAndLine, finding.remedy ?? ""]
  }

  private var exemptions: [[String]] {
    outcome.session.exemptions.map { [$0.check, $0.scope, $0.owner, $0.reason, $0.expires] }
  }

  private func fidelity() throws -> String {
    let report = try FidelityReport(outcome.project)
    let counts = Fate.allCases.compactMap { fate -> [String]? in
      let count = report.rows.count { $0.fate == fate }
      return count == 0 ? nil : [fate.rawValue, "\(count)"]
    }
    let others = report.rows.filter { [.restricted, .ignored, .refused].contains($0.fate) }.map {
      [$0.path, $0.fate.rawValue, $0.platform ?? "", $0.note, $0.place.fileAndLine]
    }
    return table(["attributes", "count"], counts) + table(["attribute", "", "on", "why", "line"], others)
  }

  private var costs: [[String]] { CostDrivers(facts.template).rows.map { [$0.what, "\($0.count)", $0.detail] } }
}
