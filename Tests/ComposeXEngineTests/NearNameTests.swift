import Testing

@testable import ComposeXEngine

/// The name that was probably meant.
@Suite struct NearNameTests {
  private struct Row {
    let name: String
    let candidates: [String]
    let near: String?

    init(_ name: String, _ candidates: [String], _ near: String?) {
      (self.name, self.candidates, self.near) = (name, candidates, near)
    }
  }

  private static func check(_ rows: [Row]) {
    for row in rows { #expect(NearName.find(row.name, in: row.candidates) == row.near, "\(row.name)") }
  }

  @Test func fewLettersChanged() {
    Self.check([
      Row("imagee", ["build", "image"], "image"), Row("PUBLSH", ["Publish", "Consume"], "Publish"),
      Row("prot", ["port", "part"], "port"), Row("zzz", ["image"], nil),
    ])
  }

  @Test func theOnlyOneThatBeginsSo() {
    Self.check([
      Row("internet", ["internet-facing", "internal"], "internet-facing"),
      Row("bucket", ["QueueName", "BucketName"], "BucketName"),
      Row("idle_timeout", ["idle_timeout.timeout_seconds"], "idle_timeout.timeout_seconds"),
    ])
  }

  @Test func severalBeginSoOrTheWordGoesOn() {
    Self.check([
      Row("bucket", ["BucketName", "BucketArn"], nil), Row("inter", ["internet-facing"], nil),
      Row("in", ["in-order"], nil),
    ])
  }

  @Test func oneChangedLetterIsNearerThanABeginning() {
    Self.check([Row("web", ["web-api", "weeb"], "weeb"), Row("Web", ["web", "web-api"], "web")])
  }

  @Test func remedyListsWhatThereIs() {
    let schemes = ["internet-facing", "internal"]
    #expect(NearName.remedy("internet", in: schemes, what: "write") == "did you mean \"internet-facing\"?")
    #expect(NearName.remedy("zzz", in: ["a", "b"], what: "there are") == "there are: a, b")
    #expect(NearName.remedy("zzz", in: [], what: "there are") == nil)
  }
}
