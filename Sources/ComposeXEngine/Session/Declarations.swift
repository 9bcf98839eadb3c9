import ComposeXLua

/// What the loaded files declared, in the order in which they did.
struct Declarations {
  var project: [Declaration] = []
  var naming: [Declaration] = []
  /// What is known of images; the title of each is the image's name.
  var images: [Declaration] = []
  var defaults: [Declaration] = []
  /// `patch`, `each` and `stack`, which run in the order in which they were written.
  var transforms: [Declaration] = []
  var checks: [Declaration] = []
  /// Contracts of packs.
  var contracts: [Declaration] = []
  /// Step name to the functions that replace it, in the order of declaration: each is handed the one before.
  var overrides: [String: [Declaration]] = [:]
  /// `x-` keys of scripts and packs.
  var modules: [Declaration] = []
  /// Whether the generators call what scripts declared.
  var areCalledByGenerators: Bool { !overrides.isEmpty || !modules.isEmpty || !naming.isEmpty }

  /// All, in the order of the phases.
  var all: [Declaration] {
    project + naming + defaults + transforms + checks + contracts + modules
      + overrides.sorted { $0.key < $1.key }.flatMap(\.value)
  }
}

/// One declaration of a script or a pack.
final class Declaration {
  enum Body {
    case function(LuaReference)
    case properties(LuaTable)
    case check(must: String, LuaReference)
    /// The contract of that number in a file of a pack, and what it says must be so.
    case contract(must: String, LuaReference, Int)
    /// The table of a module, as it was when it was declared.
    case module(LuaTable)
  }

  let word: String
  let selector: Selector?
  let body: Body
  let guards: Guards
  let place: Place
  /// The pack that declared it; nil for a script.
  let pack: Pack?
  /// Whether the word is the name of what it is about.
  var isName = false
  /// Whether it acted on anything yet.
  var hasFired = false
  /// Whether it changed anything.
  var hasWritten = false
  /// Whether its rule held for something, and refused something.
  var hasHeld = false, hasRefused = false

  init(
    word: String, selector: Selector? = nil, body: Body, guards: Guards = Guards(), place: Place, pack: Pack? = nil
  ) {
    self.word = word
    self.selector = selector
    self.body = body
    self.guards = guards
    self.place = place
    self.pack = pack
  }

  /// What a declaration believes of the resources that it meets.
  struct Guards {
    /// How many it must match (`{ expect = 2 }`).
    var expect: Int?
    /// What a patch replaces (`{ expect_was = ... }`).
    var was: LuaValue?
    /// Whether a rule lets pass what it cannot know (`{ unknown = "pass" }`).
    var passesUnknown = false
  }

  /// `each("AWS::SQS::Queue")`, as notes name it.
  var title: String {
    if let selector { return "\(word)(\"\(selector)\")" }
    return word.hasSuffix(")") || isName ? word : "\(word)()"
  }
}
