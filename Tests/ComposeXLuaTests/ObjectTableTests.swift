import Testing

@testable import ComposeXLua

/// The table of objects against a dictionary that does the same.
@Suite struct ObjectTableTests {
  private final class Thing {}

  @Test(arguments: 1...20)
  func agreesWithADictionary(seed: Int) {
    var random = Dice(UInt64(seed))
    let things = (0..<300).map { _ in Thing() }
    var table = ObjectTable<Int>()
    var expected: [ObjectIdentifier: Int] = [:]
    for step in 0..<5000 {
      let thing = things.randomElement(using: &random)!
      // Waves of growing and shrinking, so that places are freed among others that are taken.
      let removes = Int.random(in: 0..<100, using: &random) < (step / 500 % 2 == 0 ? 20 : 70)
      table[thing] = removes ? nil : step
      expected[ObjectIdentifier(thing)] = removes ? nil : step
      #expect(table.count == expected.count)
    }
    for thing in things { #expect(table[thing] == expected[ObjectIdentifier(thing)]) }
  }
}
