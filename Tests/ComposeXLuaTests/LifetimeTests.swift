import Testing

@testable import ComposeXLua

@Suite struct LifetimeTests {
  /// Swift Testing takes a backtrace of every error that is thrown, so the million is in ProcessTests.
  @Test func failingCallsLeaveNothingBehind() throws {
    final class Counted: Error, @unchecked Sendable {
      nonisolated(unsafe) static var alive = 0
      init() { Counted.alive += 1 }
      deinit { Counted.alive -= 1 }
    }
    do {
      let host = LuaHost(limits: LuaLimits(memory: 16 << 20, seconds: 300))
      let fail = host.function("fail") { _ in throw Counted() }
      try run("for i = 1, 20000 do local ok, e = pcall(fail) end", in: host, globals: [("fail", fail)])
      // What Lua has not collected yet is bounded by its pace, not by the number of calls.
      #expect(Counted.alive < 15_000)
      #expect(host.objects.slots.count < 15_000)
    }
    #expect(Counted.alive == 0)
  }

  @Test func shortLivedObjectsDoNotPileUp() throws {
    let tally = Tally()
    do {
      let host = LuaHost(limits: LuaLimits(memory: 16 << 20, seconds: 300))
      let make = host.function("make") { _ in .object(Record(tally)) }
      try run("for i = 1, 300000 do local o = make() o.x = i end", in: host, globals: [("make", make)])
      #expect(tally.made == 300_000 && tally.alive < 50_000)
      #expect(host.objects.slots.count < 50_000)
    }
    #expect(tally.alive == 0)
  }

  @Test func functionsMadeOnTheFlyAreCollected() throws {
    let tally = Tally()
    do {
      let host = LuaHost(limits: LuaLimits(memory: 16 << 20, seconds: 300))
      let make = host.function("make") { call in
        let record = Record(tally)
        return call.host.function("method") { _ in .object(record) }
      }
      try run("for i = 1, 100000 do assert(make()() ~= nil) end", in: host, globals: [("make", make)])
      #expect(tally.made == 100_000 && tally.alive < 50_000)
    }
    #expect(tally.alive == 0)
  }

  /// Blocks of all sizes come, grow, shrink and go, in more memory than the pool has, and keep what is in them.
  @Test(arguments: [1 << 20, 4 << 20, 64 << 20])
  func blocksKeepTheirContents(memory: Int) throws {
    let host = LuaHost(limits: LuaLimits(memory: memory, seconds: 300))
    let source = """
      local kept, seed = {}, 7
      local function random(n)
        seed = (seed * 1103515245 + 12345) & 0x7fffffff
        return seed // 65536 % n + 1
      end
      local function text(n, i) return ("<" .. i .. ">"):rep(n // 4) end
      for round = 1, 30000 do
        local place, size = random(250), random(160)
        local old = kept[place]
        if old then
          assert(old.text == text(old.size, old.round))
          assert(#old.items == old.count)
          for i, item in ipairs(old.items) do assert(item == old.round + i) end
        end
        local items = {}
        for i = 1, size % 70 do items[i] = round + i end
        for i = size % 70, size % 50 + 1, -1 do items[i] = nil end
        kept[place] = random(4) > 1 and { text = text(size, round), size = size, round = round, items = items, count = #items } or nil
      end
      return true
      """
    #expect(try run(source, in: host).boolean == true)
  }

  @Test func objectsLiveWhileLuaCanReachThem() throws {
    let tally = Tally()
    let host = LuaHost()
    let make = host.function("make") { _ in .object(Record(tally)) }
    let source = """
      local kept = {}
      for i = 1, 1000 do kept[i] = make() end
      return function(i) return kept[i] end, kept
      """
    var get = try run(source, in: host, globals: [("make", make)]).function
    try run("local t = {} for i = 1, 100000 do t[i % 10] = {i} end", in: host)
    #expect(tally.alive == 1000)
    #expect(try same(get, in: host))
    get = nil
    try run("local t = {} for i = 1, 1000000 do t[i % 10] = {i} end", in: host)
    try run("", in: host)
    #expect(tally.alive == 0)
  }

  private func same(_ get: LuaReference?, in host: LuaHost) throws -> Bool {
    let get = try #require(get)
    let one = try #require(try host.call(get, [.integer(500)]).object)
    let again = try host.call(get, [.integer(500)]).object
    return one === again
  }

  @Test func sameObjectSameValueAcrossCollections() throws {
    let host = LuaHost()
    let record = Record()
    let give = host.function("give") { _ in .object(record) }
    // The proxy is dropped and made again, with collections in between.
    let source = """
      for round = 1, 2000 do
        local a = give()
        local t = {[a] = round}
        for i = 1, 50 do t[i] = {i} end
        assert(a == give() and t[give()] == round)
      end
      """
    try run(source, in: host, globals: [("give", give)])
    #expect(host.objects.count <= 3)
  }

  @Test func referencesGiveTheirPlaceBack() throws {
    let host = LuaHost()
    for _ in 0..<100 {
      var kept: [LuaReference] = []
      for _ in 0..<50 { kept.append(try #require(try run("return function() end", in: host).function)) }
    }
    #expect(host.state.pointee.slot_count < 120)
  }

  @Test func argumentsAreReleased() throws {
    let tally = Tally()
    do {
      let host = LuaHost()
      let keep = try #require(try run("return function(o) return type(o) end", in: host).function)
      for _ in 0..<1000 {
        _ = try host.call(keep, [.object(Record(tally)), .table(LuaTable(items: [.object(Record(tally))]))])
      }
      #expect(tally.made == 2000)
    }
    #expect(tally.alive == 0)
  }

  @Test func memoryFailuresWhileAnswersArePushedLeakNothing() throws {
    let tally = Tally()
    do {
      let host = LuaHost(limits: LuaLimits(memory: 2 << 20, seconds: 300))
      let long = String(decoding: [UInt8](repeating: 120, count: 300_000), as: UTF8.self)
      let big = host.function("big") { _ in
        let record = Record(tally)
        return .table(LuaTable(items: [.object(record), .string(long)]))
      }
      let source = """
        local kept, failed = {}, 0
        for i = 1, 2000 do
          local ok, v = pcall(big)
          if ok then kept[i % 10] = v else failed = failed + 1 end
        end
        return failed
        """
      let failed = try #require(try run(source, in: host, globals: [("big", big)]).integer)
      #expect(failed > 0 && failed < 2000)
      #expect(tally.made == 2000)
      #expect(try run("return 1", in: host).integer == 1)
    }
    #expect(tally.alive == 0)
  }
}
