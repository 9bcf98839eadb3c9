/// What helps with the errors of Lua itself, which know nothing of remedies.
enum LuaRemedies {
  /// A part of Lua's message to what helps, in order.
  private static let remedies: [(part: String, remedy: String)] = [
    ("ran longer than", "make it do less, or raise --script-timeout"),
    ("MiB of memory", "keep less at once: a template has no use for so much"),
    ("is nested too deep", "write it in smaller parts; many strings are joined with table.concat"),
    ("stack overflow", "end the recursion, or write a loop"),
    ("nested too deep", "end the recursion, or write a loop"),
    ("nested more than", "a template has no use for such depth"),
    ("resulting string too large", "make a shorter string"),
    ("not valid UTF-8", "write the text in UTF-8"),
    ("attempt to index a nil value", "look whether it is there first: if value then ... end"),
    ("attempt to call a nil value", "there is no function of that name here"),
    ("attempt to unm a 'string'", "a list has its items between commas: { \"a\", \"b\" }"),
    (" with a 'string'", "strings are joined with .."),
    ("attempt to perform arithmetic on a string value", "strings are joined with .."),
    ("attempt to perform arithmetic on", "both sides must be numbers; a reference is known to CloudFormation only"),
    ("attempt to compare", "both sides must be numbers, or both strings"),
    ("attempt to concatenate a nil value", "look whether it is there first: if value then ... end"),
    (
      "attempt to concatenate",
      "join strings, numbers and references with ..; tostring() makes a string of anything else"
    ),
    ("an error that is a ", "write error(\"what is wrong\"), or composex.fail(\"what is wrong\")"),
    ("an error without a message", "write error(\"what is wrong\"), or composex.fail(\"what is wrong\")"),
    ("this metatable is locked", "strings are the same for all scripts: write a function of your own"),
    (" near ", "the file must be Lua 5.4"),
    ("unfinished", "the file must be Lua 5.4"),
    ("'setmetatable'", "it works on tables that the script made itself"),
    ("'rawset'", "it works on tables that the script made itself"),
    ("'rawget'", "it works on tables that the script made itself"),
    ("'rawlen'", "it works on tables that the script made itself"),
    ("'rawequal'", "it takes two values"),
    ("plain table expected", "copy the items into a table without a metatable"),
    ("in table for 'concat'", "each item must be a string or a number; tostring() makes a string of anything else"),
    ("too many results to unpack", "hand the table on as it is"),
    ("to 'format'", "string.format(\"%s-%d\", name, 3): a % for each value"),
    ("conversion specification", "widths and precisions have two digits at most"),
    ("too many values to format", "format a line at a time"),
    ("chain too long", "a metatable must not lead back to itself"),
    ("divide by zero", "see whether it is 0 first"),
    ("'n%%0'", "see whether it is 0 first"),
    ("const variable", "leave out <const>, or use another variable"),
    ("visible label", "a label stands in the same block, or in one around it"),
    ("outside a loop", "break ends a loop"),
    ("malformed pattern", "% goes before a letter that means something in a pattern, as in \"%.\""),
    ("pattern capture", "each ( of a pattern needs its )"),
    ("invalid order function", "the function says whether a stands before b, and never both ways"),
    ("no integer representation", "write // for an integer, or math.floor"),
    ("whose text could not be made", "write error(\"what is wrong\"), or composex.fail(\"what is wrong\")"),
    ("__tostring' must return", "return a string"),
    ("protected metatable", "make a table of your own"),
    ("keys are 1, 2", "a list has items from 1, a mapping has strings as keys"),
    ("items count from 1", "a list has items from 1, a mapping has strings as keys"),
    ("a list has no item", "close the gap: table.insert appends"),
    ("'for' ", "a loop counts numbers: for i = 1, 10 do"),
    ("attempt to call", "only functions are called"),
    ("attempt to index", "only tables, strings, and what composex hands out have fields"),
    ("attempt to get length", "only strings, lists and tables have a length"),
    ("bitwise operation", "both sides must be integers"),
    ("value expected", "it needs an argument"),
    ("compiled bytecode", "name the file with its source"),
    ("cannot be changed", "change the resources and services that composex hands out"),
    ("nothing to go through with pairs", "pairs works on lists, mappings and tables"),
    ("cannot be joined", "join strings, numbers and references with ..; tostring() makes a string of anything else"),
    ("has no length", "only strings, lists and tables have a length"),
    ("cannot be called", "methods are called with a colon: resource:tag { owner = \"me\" }"),
    ("'next'", "write for name, value in pairs(mapping) do"),
    ("out of range", "see what is handed to it"),
    ("bad argument", "see what is handed to it"),
  ]

  /// What a script finds in its environment.
  private static let globals = [
    "composex", "assert", "error", "getmetatable", "ipairs", "math", "next", "pairs", "pcall", "print", "rawequal",
    "rawget", "rawlen", "rawset", "select", "setmetatable", "string", "table", "tonumber", "tostring", "type", "utf8",
    "xpcall",
  ]

  /// What other languages call it.
  private static let habits = [
    "null": "write nil, or composex.null for a null in the template", "None": "write nil", "True": "write true",
    "False": "write false", "undefined": "write nil",
  ]

  /// The name in `"name" is not defined`.
  private static func undefined(_ message: String) -> String? {
    guard message.hasPrefix("\""), message.hasSuffix("\" is not defined") else { return nil }
    let name = message.dropFirst().dropLast(16)
    return name.utf8.count <= 60 ? String(name) : nil
  }

  /// Message and remedy. What the host says of a library that is not there has both: `os is not available: a script sees ...`.
  static func split(_ message: String) -> (message: String, remedy: String?) {
    let missing = " is not available: "
    let parts = message.split(separator: missing, maxSplits: 1)
    if parts.count == 2 { return ("\(parts[0]) is not available", String(parts[1])) }
    if let name = undefined(message) {
      if let other = habits[name] { return (message, other) }
      let near = NearName.find(name, in: globals).map { "did you mean \"\($0)\"?" }
      return (message, near ?? "define it above: local \(name) = ...")
    }
    return (message, remedies.first { message.contains($0.part) }?.remedy)
  }
}
