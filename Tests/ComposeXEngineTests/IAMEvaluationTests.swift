@testable import ComposeXEngine
import Foundation
import Testing

/// The decisions of IAM, held against `Tests/iam-evaluation.txt`.
@Suite struct IAMEvaluationTests {
  /// A question of the table, with the policies above it.
  struct Case {
    var group = ""
    var policies = IAMEvaluation()
    var request = IAMRequest(action: "", resource: "")
    var expected = ""
    var line = ""
  }

  private func cases() throws -> [Case] {
    let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../iam-evaluation.txt")
    var all: [Case] = []
    var current = Case()
    var isOpen = false
    for line in try String(contentsOf: file, encoding: .utf8).split(separator: "\n").map(String.init) {
      if line.hasPrefix("# ") {
        current = Case(group: String(line.dropFirst(2)))
        isOpen = true
      } else if isOpen, line.hasPrefix("? ") {
        all.append(try question(line, current))
      } else if isOpen {
        try add(line, to: &current.policies)
      }
    }
    return all
  }

  private func add(_ line: String, to policies: inout IAMEvaluation) throws {
    let parts = line.split(separator: " ", maxSplits: 1).map(String.init)
    let statement = IAMStatement(text: parts.last ?? "")
    switch parts.first {
    case "identity": policies.identity.append(try #require(statement, "\(line)"))
    case "boundary": policies.boundary = (policies.boundary ?? []) + [try #require(statement, "\(line)")]
    case "resource": policies.resource = (policies.resource ?? []) + [try #require(statement, "\(line)")]
    default:
      if parts.last == "identity" { policies.hasUnknownIdentity = true } else { policies.hasUnknownBoundary = true }
    }
  }

  private func question(_ line: String, _ group: Case) throws -> Case {
    var made = group
    made.line = line
    let words = line.split(separator: " ").map(String.init)
    made.expected = try #require(words.last)
    made.request.action = words[1]
    made.request.resource = words[2]
    made.request.principal = "arn:aws:iam::111111111111:role/web"
    for (index, word) in words.enumerated().dropFirst(3) {
      switch word {
      case "as": made.request.principal = words[index + 1]
      case "complete": made.request.isComplete = true
      case "elsewhere": made.request.isSameAccount = false
      case "with":
        let pair = words[index + 1].split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        made.request.context[pair[0].lowercased()] = pair[1].split(
          separator: ",", omittingEmptySubsequences: false
        ).map(String.init)
      default: break
      }
    }
    return made
  }

  @Test func everyDecisionIsThatOfTheTable() throws {
    let all = try cases()
    #expect(all.count >= 300)
    for one in all {
      let decision = one.policies.decide(one.request)
      let word = decision.isExplicit ? "deny" : decision.answer.word
      #expect(word == one.expected, "\(one.group): \(one.line)")
    }
  }

  /// A policy of AWS that is in the table is read as a whole.
  @Test func policiesOfAWSAreRead() throws {
    let policy = "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"
    var policies = IAMEvaluation()
    policies.identity = try #require(ManagedPolicies.statements(policy))
    #expect(policies.decide(IAMRequest(action: "logs:PutLogEvents", resource: "*")).answer == .yes)
    #expect(policies.decide(IAMRequest(action: "s3:GetObject", resource: "*")).answer == .no)
    #expect(ManagedPolicies.statements("arn:aws:iam::aws:policy/NotInTheTable") == nil)
  }
}
