import Foundation
import Testing

/// Recipes of the cookbook work on projects that are not the small ones which they show: tasks of two services, the nested layout,
/// instances.
@Suite struct CookbookTests {
  private static let services = """
    name: shop
    services:
      web:
        image: ghcr.io/acme/shop-web:1.4.2
        expose: ["8080"]
        read_only: true
        deploy: { labels: { ecs.task.family: front }, resources: { limits: { memory: 512M } } }
      proxy:
        image: ghcr.io/acme/shop-proxy:1.4.2
        expose: ["8443"]
        read_only: true
        deploy: { labels: { ecs.task.family: front }, resources: { limits: { memory: 512M } } }
      worker:
        image: ghcr.io/acme/shop-worker:1.4.2
        read_only: true
        deploy: { resources: { limits: { memory: 512M } } }
      mailer:
        image: ghcr.io/acme/shop-mailer:1.4.2
        read_only: true
        depends_on: [worker]
        deploy: { resources: { limits: { memory: 512M } } }
    x-sqs:
      jobs: { Services: { web: { Access: Publish }, worker: { Access: Consume } } }
    x-sns:
      news: { Services: { web: { Access: Publish } } }
    x-elbv2:
      public: { Services: { web: {} } }
    x-vpc: {}

    """

  private static let projects = [
    ("families", services),
    ("nested", services + "x-composex: { layout: nested }\n"),
    ("instances", services + "x-cluster: { Compute: { Type: EC2, InstanceTypes: [m7i.large], Min: 1, Max: 4 } }\n"),
  ]

  /// What a recipe asks of its own project: the services of one that are none of these, images of a registry.
  private static let elsewhere = ["pinned-images", "guard-rail"]

  @Test(arguments: ExampleTests.Example.all.filter { $0.name.hasPrefix("cookbook/") }, projects.map(\.0))
  func aRecipeWorksOnAnyProject(_ example: ExampleTests.Example, _ project: String) throws {
    let name = String(example.name.dropFirst("cookbook/".count))
    if Self.elsewhere.contains(name) { return }
    let text = try #require(Self.projects.first { $0.0 == project }?.1)
    let folder = FileManager.default.temporaryDirectory.appending(path: "composex-recipe-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    try FileManager.default.copyItem(at: example.folder, to: folder)
    try Data(text.utf8).write(to: folder.appending(path: "compose.yaml"))
    let outcome = try Command.run(try example.arguments() + ["-q", "-o", "out/"], in: folder)
    #expect(outcome.exit == 0, "\(outcome.errors)")
  }
}
