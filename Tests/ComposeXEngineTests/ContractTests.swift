import ComposeXLua
import Foundation
import Testing

@testable import ComposeXEngine

/// The book of contracts (`lua/contracts`): each has a source, a date, and a case that breaks it; docs/contracts.md is made of it.
@Suite struct ContractTests {
  private struct Contract {
    let id: String
    let types: [String]
    let sentence: String
    let severity: String
    let page: String
    let checked: String
  }

  private static let package = ResourceModules.package

  private func page(_ function: String) throws -> String {
    let session = ScriptSession(project: .empty, stack: Stack(name: "empty"), findings: Findings())
    let table = try #require(try session.module("reflect/contracts_page").reference)
    let body = try #require(try session.host.contents(of: table)[function]?.function)
    return try #require(try session.host.call(body).string)
  }

  private func contracts() throws -> [Contract] {
    try page("rows").split(separator: "\n").map { line in
      let parts = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      return Contract(
        id: parts[0], types: parts[1].split(separator: " ").map(String.init), sentence: parts[2], severity: parts[3],
        page: parts[4], checked: parts[5])
    }
  }

  @Test func everyContractHasASourceAndADate() throws {
    let contracts = try contracts()
    #expect(Set(contracts.map(\.id)).count == contracts.count, "ids are unique")
    let types = ResourceTypes()
    for contract in contracts {
      #expect(contract.page.hasPrefix("https://"), "\(contract.id) names no page")
      #expect(contract.checked.wholeMatch(of: /20\d\d-\d\d-\d\d/) != nil, "\(contract.id): \(contract.checked)")
      #expect(contract.sentence.contains("must"), "\(contract.id): \(contract.sentence)")
      #expect(["error", "warning"].contains(contract.severity), "\(contract.id): \(contract.severity)")
      for type in contract.types { #expect(types.type(type) != nil, "\(contract.id): \(type) is no type") }
    }
  }

  @Test func everyContractHasACaseThatBreaksIt() throws {
    for contract in try contracts() {
      let file = Self.package.appending(path: "Tests/Cases/contracts/\(contract.id).case")
      let text = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
      let name = "Tests/Cases/contracts/\(contract.id).case"
      #expect(text.contains("\(contract.severity): "), "\(name) shows no \(contract.severity)")
      #expect(text.contains("AWS: \(contract.page)"), "\(name) does not break it")
    }
  }

  /// `RECORD=1 swift test --filter ContractTests` writes the page, and fails.
  @Test func thePageIsCurrent() throws {
    let file = Self.package.appending(path: "docs/contracts.md")
    let now = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
    let mark = "<!-- generated -->\n"
    let head = now.range(of: mark).map { String(now[..<$0.upperBound]) } ?? "# Contracts of AWS\n\n" + mark
    let wanted = head + (try page("text")) + "\n"
    if now == wanted { return }
    if ProcessInfo.processInfo.environment["RECORD"] == "1" {
      try Data(wanted.utf8).write(to: file)
      Issue.record("docs/contracts.md was written: read the change, then run the tests again without RECORD")
    } else {
      Issue.record("docs/contracts.md is not current: RECORD=1 swift test --filter ContractTests")
    }
  }
}
