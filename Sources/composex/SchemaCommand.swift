import ArgumentParser
import ComposeXEngine

/// `composex schema`: the JSON Schema of the compose file, or the types of the Lua interface, for editors.
struct SchemaCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema", abstract: "Print the JSON Schema of the compose file.",
    discussion: """
      Name it in an editor's settings, or in the first line of the file: # yaml-language-server: $schema=schema.json

      Examples:
        composex schema > compose.schema.json
        composex schema --types > compose.schema.json
      """)

  @Flag(help: "Print the types of the Lua interface instead, as the Lua language server reads them.") var lua = false
  @Flag(help: "Know the properties of every resource type below x-resources, too: a file of many megabytes.")
  var types = false

  func run() throws {
    try Process.run(Findings()) {
      try Process.emit(
        lua ? Array(try LuaAnnotations.text().utf8) : JSONWriter.write(try ComposeSchema.node(types: types)))
    }
  }
}
