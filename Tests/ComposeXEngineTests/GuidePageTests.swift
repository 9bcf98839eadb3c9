import Foundation
import Testing

@testable import ComposeXEngine

/// What docs/services.md and docs/platform.md show renders: each block of YAML is a file, or keys of a service, or sections of a file.
@Suite struct GuidePageTests {
  /// What keys of a service on these pages name.
  private static let definitions = """
    x-alarms: {errors: {MacroParameters: {Predefined: HighCpuUsage, For: web}}}
    x-composex: {publish: auto}
    x-resources:
      smoke:
        Type: AWS::Lambda::Function
        Properties:
          {Runtime: python3.13, Handler: index.handler, Role: "arn:aws:iam::123456789012:role/smoke",
           Code: {ZipFile: "def handler(event, context): pass"}}
    x-sns: {ops: {}}

    """

  private static let services = """
    services:
      web: {image: acme/web:1.4, ports: ["80:8080"]}
      api: {image: acme/api:1.4, ports: ["5000"]}
      worker: {image: acme/worker:1.4}

    """

  /// The block as a whole file.
  private func file(_ block: String) throws -> String {
    if block.hasPrefix("services:") || block.contains("\nservices:") { return block }
    let first = String(block.prefix { $0 != ":" })
    let sections = try ModuleFacts.all().modules.map(\.key)
    let isOfService = try ModuleFacts.all().sections["service"]?[first] != nil
    if sections.contains(first), !isOfService { return Self.services + block }
    let keys = block.split(separator: "\n").map { "    \($0)\n" }.joined()
    let web = "  web:\n    image: acme/web:1.4\n    ports: [\"80:8080\"]\n"
    return "services:\n  worker: {image: acme/worker:1.4}\n\(web)\(keys)\(Self.definitions)"
  }

  @Test(arguments: ["services", "platform"]) func everyBlockRenders(page: String) throws {
    let url = ResourceModules.package.appending(path: "docs/\(page).md")
    let text = try String(contentsOf: url, encoding: .utf8)
    let blocks = text.matches(of: /```yaml\n((?:.*\n)*?)```/).map { String($0.1) }
    #expect(blocks.count >= 5)
    for block in blocks {
      let project = try ComposeTestProject(try file(block))
      var options = ComposeOptions()
      options.files = [project.path("compose.yaml")]
      let findings = Findings()
      let templates = try? Pipeline(Pipeline.Input(compose: options, environment: [:]), findings: findings)
        .render(.yaml)
      let errors = findings.sorted.filter { $0.severity == .error }.map(\.message)
      #expect(templates != nil && errors.isEmpty, "docs/\(page).md: \(errors)\n\(block)")
    }
  }
}
