@testable import ComposeXEngine
import Testing

/// The table of `lua/project/attributes.lua` against what happens: a file for each attribute, on each platform.
@Suite struct AttributeEffectTests {
  static let platforms = ["FARGATE", "EC2", "MANAGED_INSTANCES", "EXTERNAL"]

  @Test func everyAttributeHasARow() throws {
    let fates = try AttributeFates()
    let sections = try fates.sections()
    let covered = try fates.pathsAsHolder()
    for (path, record) in Fields.paths where !covered.contains(where: { path == $0 || path.hasPrefix("\($0).") }) {
      let above = sections.first { section in
        section.all != nil && (path == section.path || path.hasPrefix("\(section.path)."))
      }
      if above != nil { continue }
      let rows = sections.first { $0.path == path }?.rows.map(\.name) ?? []
      #expect(rows.sorted() == record.attributes.map(\.name).sorted(), "\(path.isEmpty ? "top level" : path)")
    }
    for section in sections { #expect(Fields.record(at: section.path) != nil, "\(section.path)") }
    for path in covered { #expect(Fields.record(at: path) != nil, "\(path)") }
  }

  /// A fact about AWS has a page, and the day on which it was read.
  @Test func everySourceHasADate() throws {
    for source in try AttributeFates().sources() {
      #expect(source.address.hasPrefix("https://") && source.address.contains("aws.amazon.com/"))
      #expect(source.checked.wholeMatch(of: /20\d\d-\d\d-\d\d/) != nil, "\(source.address)")
    }
  }

  /// Each attribute changes the template or is reported, never neither, and the report and `render` say the same.
  @Test(arguments: platforms) func everyAttributeHasAnEffectOrIsReported(platform: String) throws {
    let project = try ComposeTestProject([
      "labels.env": "a=b\n", "folder/a.txt": "a\n", "platform.yaml": Self.platformFile(platform),
    ])
    var plain: [String: Rendered] = [:]
    for section in try AttributeFates().sections() where section.all == nil {
      for attribute in Fields.record(at: section.path)?.attributes ?? [] {
        guard let sample = AttributeSample(section.path, attribute) else { continue }
        if section.path.isEmpty, !["name", "models"].contains(attribute.name) { continue }
        if plain[sample.without] == nil { plain[sample.without] = try render(sample.without, in: project) }
        let without = try #require(plain[sample.without])
        let with = try render(sample.with, in: project)
        check(sample, without, with, try report(project), on: platform)
      }
    }
  }

  private static func platformFile(_ platform: String) -> String {
    let compute = [
      "EC2": "x-cluster: {Compute: EC2}\n", "MANAGED_INSTANCES": "x-cluster: {Compute: ManagedInstances}\n",
    ]
    let label = "{deploy: {labels: {ecs.compute.platform: \(platform)}}}"
    return "services: {web: \(label), other: \(label)}\n\(compute[platform] ?? "")"
  }

  // MARK: - One attribute

  /// What came of a file.
  struct Rendered {
    var template: String
    var findings: [String]
  }

  private func render(_ text: String, in project: ComposeTestProject) throws -> Rendered {
    try project.write("compose.yaml", text)
    var options = ComposeOptions()
    options.files = ["compose.yaml", "platform.yaml"].map(project.path)
    let findings = Findings()
    let pipeline = Pipeline(Pipeline.Input(compose: options, environment: [:]), findings: findings)
    let templates = try? pipeline.render(.yaml)
    return Rendered(
      template: templates.map { String(decoding: $0[0].bytes, as: UTF8.self) } ?? "",
      findings: findings.sorted.map { "\($0.severity): \($0.message)" + ($0.remedy.map { "\n  " + $0 } ?? "") })
  }

  /// What `config --fidelity` says of the file that was rendered last.
  private func report(_ project: ComposeTestProject) throws -> [FidelityReport.Row] {
    let model = project.load(["compose.yaml", "platform.yaml"]).project
    return try model.map { try FidelityReport($0).rows } ?? []
  }

  /// The path of a row as the table has it: `services::web.ports[0].target` is `services.ports.target`.
  private static func table(_ path: String) -> String {
    if path == "models::m" { return ".models" }
    let entries: Set = ["web", "back", "v", "s", "c", "other", "nofile"]
    var names = path.replacing(/\[\d+\]/, with: "").replacing("::", with: ".").split(separator: ".").map(String.init)
    names = names.enumerated().filter { !entries.contains($0.element) || $0.offset == 0 }.map(\.element)
    return names.joined(separator: ".")
  }

  private func check(
    _ sample: AttributeSample, _ without: Rendered, _ with: Rendered, _ rows: [FidelityReport.Row], on platform: String
  ) {
    let what: Comment =
      "\(sample.path).\(sample.name): \(sample.value) on \(platform)\n\(with.findings.joined(separator: "\n"))"
    if with.template.isEmpty {
      // What AWS refuses of the attribute is reported as an error of the service.
      #expect(with.findings.contains { $0.hasPrefix("error: services::web ") }, what)
      return
    }
    let news = with.findings.filter { !without.findings.contains($0) }
    let hasEffect = with.template != without.template
    let isIgnored = news.contains { $0.contains(" has no effect on ") && $0.contains(sample.name) }
    let isRefused = news.contains { $0.contains(" is refused on ") && $0.contains(sample.name) }
    guard let row = rows.first(where: { Self.table($0.path) == "\(sample.path).\(sample.name)" }) else {
      #expect(!isIgnored && !isRefused, what)
      return
    }
    let comment: Comment = "\(row.fate): \(what)"
    switch row.fate {
    case .ignored: #expect(isIgnored && !hasEffect, comment)
    case .refused: #expect(isRefused && hasEffect, comment)
    case .exact: #expect(hasEffect && !isIgnored && !isRefused, comment)
    case .generated: #expect((hasEffect || !news.isEmpty) && !isIgnored && !isRefused, comment)
    case .restricted: #expect(hasEffect || !news.isEmpty, comment)
    case .local, .loader: #expect(!isIgnored && !isRefused, comment)
    }
    if let sentence = row.sentence {
      let reason = sentence.split(separator: " has no effect on ").last ?? ""
      #expect(with.findings.contains { $0.contains(reason) || $0.contains(" is refused on ") }, comment)
    }
  }
}
