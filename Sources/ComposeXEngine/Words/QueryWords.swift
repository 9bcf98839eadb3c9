import ComposeXLua

/// The words that ask for resources and services, and those that report.
extension Word {
  static let askingWords: [Word] = [
    resources, services, tasks, warn, fail,
  ]

  private static let selector = ("selector", "composex.selector")

  private static let resources = Word(
    WordDoc(
      "resources", [selector], returns: "composex.resource[]",
      "The resources that a selector matches; inside a function only.")
  ) { session, call in
    guard session.phase != .load else {
      throw ScriptError("resources() works inside a function only", remedy: insideHint)
    }
    guard session.phase != .project else {
      throw ScriptError(
        "there are no resources before they are generated", remedy: "call resources() in each(), stack() or check()")
    }
    let selector = try session.selector(call, of: "resources")
    let found = try selector.resources(in: session.stack).map { LuaValue.object(session.view($0)) }
    return .table(LuaTable(items: found))
  }

  private static let services = Word(
    WordDoc(
      "services", returns: "composex.service[]", "The services; inside a function only.")
  ) { session, _ in
    guard session.phase != .load else {
      throw ScriptError("services() works inside a function only", remedy: insideHint)
    }
    return .table(LuaTable(items: session.serviceViews.map { .object($0) }))
  }

  private static let tasks = Word(
    WordDoc(
      "tasks", returns: "composex.task[]",
      "The tasks: what ECS runs, each with the services that share it; inside a function only.")
  ) { session, _ in
    guard session.phase != .load else {
      throw ScriptError("tasks() works inside a function only", remedy: insideHint)
    }
    guard session.phase != .project else {
      throw ScriptError(
        "there are no tasks before they are generated", remedy: "call tasks() in each(), stack() or check()")
    }
    return .table(LuaTable(items: session.taskViews.map { .object($0) }))
  }

  private static let warn = Word(
    WordDoc(
      "warn", [("text", "string")], "A warning at this line.")
  ) { session, call in
    try session.countRemark()
    var finding = Finding.warning(
      at: session.place(call), try call.text(1, of: "warn", "a string"), notes: session.context)
    finding.isFromScript = true
    session.findings.report(finding)
    return .nil
  }

  private static let fail = Word(
    WordDoc(
      "fail", [("text", "string")], "An error at this line; ends the function.")
  ) { session, call in
    var finding = Finding.error(at: session.place(call), try call.text(1, of: "fail", "a string"))
    finding.isFromFail = true
    throw finding
  }

  private static let insideHint = "call it in the function of each(), stack() or check()"
}
