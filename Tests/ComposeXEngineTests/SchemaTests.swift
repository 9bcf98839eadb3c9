import Foundation
import Testing

@testable import ComposeXEngine

/// What editors are given. scripts/check-schemas.py holds the JSON Schema against the examples, and wrong files against it.
@Suite struct SchemaTests {
  @Test func theTypesAreCurrent() throws {
    let path = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../lua/meta/composex.lua")
      .standardizedFileURL.path
    let text = try LuaAnnotations.text()
    let written = String(decoding: try Files.read(path), as: UTF8.self)
    if written != text, getenv("RECORD") != nil { try Files.write(Array(text.utf8), to: path) }
    #expect(written == text, "run composex schema --lua >lua/meta/composex.lua")
  }

  /// Every key and word that `composex help` knows has a page.
  @Test func everyNameHasAPage() throws {
    let names = try HelpPage.names()
    for name in ["x-sqs", "x-network", "x-composex", "composex.patch", "patch", "resource:tag"] {
      #expect(names.contains(name), "\(name)")
    }
    for name in Set(names).sorted() {
      let page = try #require(try HelpPage.text(name), "\(name) has no page")
      for line in page.split(separator: "\n") where line.contains(" ") {
        #expect(!line.contains("`") && !line.hasPrefix("|"), "\(name): \(line)")
      }
    }
  }

  @Test func everyModuleHasASection() throws {
    let schema = try ComposeSchema.node()
    let modules = try ModuleFacts.all().modules
    #expect(
      modules.contains {
        $0.key == "x-sqs" && $0.types == ["AWS::SQS::Queue"] && $0.access?.contains("Publish") == true
      })
    for module in modules { #expect(schema["properties"]?[module.key] != nil, "\(module.key)") }
    for attribute in Fields.service.attributes {
      #expect(schema["$defs"]?[Fields.service.name]?["properties"]?[attribute.name] != nil, "\(attribute.name)")
    }
  }

  /// Each key has a table, and an editor is told what may stand below it.
  @Test func everySectionSaysWhatItHolds() throws {
    let schema = try ComposeSchema.node()
    for module in try ModuleFacts.all().modules where module.key != "x-appmesh" {
      #expect(schema["properties"]?[module.key]?.fields?.isEmpty == false, "\(module.key)")
    }
    let properties = schema["properties"]?["x-vpc"]?["properties"]?["Properties"]?["properties"]
    #expect(properties?["Nat"]?["anyOf"]?.list?[0]["enum"]?.list?.compactMap(\.string) == ["one", "zone", "none"])
    let balancer = schema["properties"]?["x-elbv2"]?["additionalProperties"]?["properties"]
    #expect(balancer?["Settings"]?["properties"]?["RetainEips"] != nil)
    #expect(balancer?["Lookup"]?["properties"]?["loadbalancer"]?["properties"]?["SecurityGroup"] != nil)
    #expect(schema["properties"]?["x-cluster"]?["anyOf"]?.list?.count == 2)
  }

  /// Every `$ref` leads somewhere.
  @Test func referencesLeadSomewhere() throws {
    let schema = try ComposeSchema.node()
    let names = Set((schema["$defs"]?.fields ?? [:]).keys)
    var seen = 0
    func walk(_ node: Node) {
      if let target = node["$ref"]?.string {
        seen += 1
        #expect(names.contains(String(target.dropFirst("#/$defs/".count))), "\(target)")
      }
      for value in node.fields?.values.elements ?? node.list ?? [] { walk(value) }
    }
    walk(schema)
    #expect(seen > 1000)
  }
}
