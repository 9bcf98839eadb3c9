import Testing

@testable import ComposeXLua

@Suite struct OrderTests {
  @Test(arguments: [
    ("{}", ""), ("{b=1, a=2, C=3}", "C a b"), ("{10, 20, 30}", "1 2 3"),
    ("{x=1, 'a', [true]=1, [0.5]=1, [-3]=1, [false]=1, y=2}", "-3 0.5 1 x y false true"),
    ("{[3]=1, [1]=1, [2]=1}", "1 2 3"), ("{a=1, ab=1, b=1, [''] = 1, ['a\\0']=1}", " a a\0 ab b"),
    ("{['ä']=1, z=1, Z=1}", "Z z ä"),
    (
      "{[2^53]=1, [9007199254740993]=1, [1e300]=1, [-1e300]=1, [math.maxinteger]=1, [math.mininteger]=1}",
      "-1e+300 -9223372036854775808 9007199254740992 9007199254740993 9223372036854775807 1e+300"
    ),
    ("{[1]=1, [2]=1, [4]=1}", "1 2 4"), ("{nil, 2, nil, 4}", "2 4"),
  ])
  func pairsAndNextAgree(table: String, expected: String) throws {
    let byPairs = "local out = {} for k in pairs(t) do out[#out + 1] = tostring(k) end return table.concat(out, ' ')"
    let byNext =
      "local out, k = {}, next(t) while k ~= nil do out[#out + 1] = tostring(k) k = next(t, k) end return table.concat(out, ' ')"
    for loop in [byPairs, byNext] { #expect(try run("local t = \(table) \(loop)").string == expected) }
  }

  @Test func sameOrderInEveryHost() throws {
    let source = """
      local t, out = {}, {}
      for i = 1, 300 do t['key' .. (i * 7919) % 1009] = i end
      for k, v in pairs(t) do out[#out + 1] = k .. '=' .. v end
      return table.concat(out, ' ')
      """
    let first = try run(source).string
    for _ in 0..<10 { #expect(try run(source).string == first) }
  }

  @Test func changesDuringATraversal() throws {
    let source = """
      local t = {a = 1, b = 2, c = 3, d = 4}
      local out = {}
      for k, v in pairs(t) do
        out[#out + 1] = k .. v
        t.c = nil
        t.d = 40
        t.e = 5
        t[k] = nil
      end
      return table.concat(out, ' ') .. ' ' .. next(t)
      """
    #expect(try run(source).string == "a1 b2 d40 e")
  }

  @Test func keysWithoutAnOrderAreRefused() throws {
    for loop in ["for k in pairs(t) do end", "next(t)"] {
      for key in ["{}", "print", "r"] {
        let failure = try #require(
          fails("local t = {a = 1, [\(key)] = 2} \(loop)", globals: [("r", .object(Record()))]))
        #expect(failure.message.contains("only numbers, strings and booleans have an order"), "\(failure)")
      }
    }
  }

  @Test func iteratorsMayBeKept() throws {
    let source = """
      local f = pairs({a = 1, b = 2})
      local g = pairs({5})
      local a, x = f()
      local b, y = f()
      return tostring(a) .. tostring(x) .. b .. y .. tostring(f()) .. tostring(f()) .. g() .. tostring(g())
      """
    #expect(try run(source).string == "a1b2nilnil1nil")
  }
}
