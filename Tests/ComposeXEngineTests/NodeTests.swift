import Testing

@testable import ComposeXEngine

@Suite struct NodeTests {
  @Test func aLongHistoryIsFreedWithoutRecursion() {
    let map = Node(.map([:]), at: .unknown)
    for number in 0..<1_000_000 { map.set("n", Node(.int(number), at: .unknown)) }
    #expect(map["n"]?.int == 999_999)
    var length = 0
    var node = map["n"]
    while let here = node {
      length += 1
      node = here.replaced
    }
    #expect(length == 1_000_000)
  }

  @Test func aRemovalIsPartOfTheHistory() {
    let map = Node(.map([:]), at: .unknown)
    map.set("a", Node(.int(1), at: .unknown))
    map.remove("a", at: .unknown)
    #expect(map["a"] == nil)
    map.set("a", Node(.int(2), at: .unknown))
    #expect(map["a"]?.replaced?.isNull == true)
    #expect(map["a"]?.replaced?.replaced?.int == 1)
  }

  @Test func aCopySharesNothing() {
    let map = Node(.map(["list": Node(.list([Node(.int(1), at: .unknown)]), at: .unknown)]), at: .unknown)
    let twin = map.copy()
    twin["list"]?.append(Node(.int(2), at: .unknown))
    #expect(map["list"]?.list?.count == 1)
    #expect(twin["list"]?.list?.count == 2)
  }
}
