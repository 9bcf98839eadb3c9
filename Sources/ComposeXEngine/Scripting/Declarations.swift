import ComposeXLua

/// What the loaded files declared, in the order in which they did.
struct Declarations {
  var project: [Declaration] = []
  var naming: [Declaration] = []
  var defaults: [Declaration] = []
  /// `patch`, `each` and `stack`, which run in the order in which they were written.
  var transforms: [Declaration] = []
  var checks: [Declaration] = []
  /// Step name to the function that replaces it, with the place of the declaration.
  var overrides: [String: Declaration] = [:]
  /// `x-` keys of scripts and packs.
  var modules: [Declaration] = []
}

/// One declaration of a script.
struct Declaration {
  enum Body {
    case function(LuaReference)
    case properties(LuaTable)
    case check(must: String, LuaReference)
    case table(LuaReference)
  }

  var word: String
  var selector: Selector?
  var body: Body
  /// How many resources it must match (`{ expect = 2 }`).
  var expect: Int?
  var place: Place

  /// `each("AWS::SQS::Queue")`, as notes name it.
  var title: String { selector.map { "\(word)(\"\($0)\")" } ?? "\(word)()" }
}
