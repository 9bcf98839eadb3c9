/// What helps with the errors of Lua itself, which know nothing of remedies.
enum LuaRemedies {
  /// A part of Lua's message to what helps, in order.
  private static let remedies: [(part: String, remedy: String)] = [
    ("ran longer than", "make it do less, or raise --script-timeout"),
    ("MiB of memory", "keep less at once: a template has no use for so much"),
    ("stack overflow", "end the recursion, or write a loop"),
    ("nested too deep", "end the recursion, or write a loop"),
    ("nested more than", "a template has no use for such depth"),
    ("resulting string too large", "make a shorter text"),
    ("not valid UTF-8", "write the text in UTF-8"),
    ("attempt to index a nil value", "look whether it is there first: if value then ... end"),
    ("attempt to call a nil value", "there is no function of that name here"),
    ("attempt to perform arithmetic on", "both sides must be numbers; a reference is known to CloudFormation only"),
    ("attempt to compare", "both sides must be numbers, or both texts"),
    ("attempt to concatenate", "join texts, numbers and references with ..; tostring() makes a text of anything else"),
    ("an error that is a ", "write error(\"what is wrong\"), or composex.fail(\"what is wrong\")"),
    ("an error without a message", "write error(\"what is wrong\"), or composex.fail(\"what is wrong\")"),
    ("this metatable is locked", "texts are the same for all scripts: write a function of your own"),
    (" near ", "the file must be Lua 5.4"),
    ("unfinished", "the file must be Lua 5.4"),
  ]

  /// Message and remedy. What the host says of a library that is not there has both: `os is not available: a script sees ...`.
  static func split(_ message: String) -> (message: String, remedy: String?) {
    let missing = " is not available: "
    let parts = message.split(separator: missing, maxSplits: 1)
    if parts.count == 2 { return ("\(parts[0]) is not available", String(parts[1])) }
    return (message, remedies.first { message.contains($0.part) }?.remedy)
  }
}
