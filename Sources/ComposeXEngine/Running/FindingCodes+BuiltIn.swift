import ComposeXLua

extension FindingCodes {
  /// The kinds of `lua/reflect/finding_codes.lua`.
  ///
  /// - Throws: a `Finding` when the file cannot be read.
  public static func builtIn() throws -> FindingCodes {
    let session = ScriptSession(project: .empty, stack: Stack(name: "findings"), findings: Findings())
    do {
      guard let list = try session.module("reflect/finding_codes").reference else { return FindingCodes(kinds: []) }
      return FindingCodes(kinds: try session.host.copy(of: list).items.compactMap { row($0.table?.items ?? []) })
    } catch {
      throw session.finding(error)
    }
  }

  /// `{ code, message or messages, title, help }`.
  private static func row(_ items: [LuaValue]) -> Row? {
    guard items.count == 4, let code = items[0].string, let title = items[2].string, let help = items[3].string else {
      return nil
    }
    let messages = items[1].string.map { [$0] } ?? items[1].table?.items.compactMap(\.string) ?? []
    return Row(code: code, title: title, help: help, messages: messages.map(Wording.init), isStage: false)
  }
}
