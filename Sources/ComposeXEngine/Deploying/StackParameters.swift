/// The parameters of the root template, and the values that they get.
///
/// `--parameter` counts first. A default that changed since the last deployment counts next, since somebody changed the file. What was
/// given by hand before stays; else the default counts.
struct StackParameters {
  /// One parameter as it is sent.
  private struct Row {
    var name: String
    /// nil keeps the one that the stack has.
    var value: String?
    var isHidden: Bool
  }

  private var rows: [Row] = []
  /// Values that were given before and stay.
  private(set) var kept: [String] = []

  /// `old` is the deployed template.
  init(
    _ definitions: Node, given: [(name: String, value: String)], state: StackState?, old: Node?
  ) throws(Finding) {
    let known = definitions.fields ?? [:]
    for (name, _) in given where known[name] == nil {
      throw .error(
        at: .unknown, "the template has no parameter \"\(name)\"",
        remedy: NearName.remedy(name, in: known.keys.elements, what: "it has"))
    }
    for (name, definition) in known {
      let isHidden = definition["NoEcho"].map { $0.bool == true || $0.string?.lowercased() == "true" } ?? false
      let fallback = definition["Default"]?.scalarText ?? definition["Default"].map { Self.joined($0) }
      let before = state?.isEmpty == true ? nil : state?.parameters[name]
      if let value = given.last(where: { $0.name == name })?.value {
        rows.append(Row(name: name, value: value, isHidden: isHidden))
      } else if before != nil, isHidden || fallback == nil || Self.isGiven(name, before, fallback, old) {
        rows.append(Row(name: name, value: nil, isHidden: isHidden))
        if !isHidden, fallback != nil { kept.append("\(name)=\(before ?? "")") }
      } else if fallback == nil {
        // What a service is built as, lua/task/container_image.lua.
        let isImage = definition["Description"]?.string?.hasPrefix("The image of service ") == true
        throw .error(
          at: definition.place.file?.role == .module ? .unknown : definition.place,
          "the parameter \(name) has no value",
          remedy: "\(isImage ? "composex push builds it; or " : "")give it: --parameter \(name)=VALUE")
      } else {
        rows.append(Row(name: name, value: fallback, isHidden: isHidden))
      }
    }
  }

  /// Whether the deployed value was given by hand, and the file has not changed its mind since.
  private static func isGiven(_ name: String, _ value: String?, _ fallback: String?, _ old: Node?) -> Bool {
    guard let old = old?.at("Parameters", name) else { return false }
    let before = old["Default"]?.scalarText
    return before == fallback && value != fallback
  }

  private static func joined(_ node: Node) -> String {
    (node.list ?? []).compactMap(\.scalarText).joined(separator: ",")
  }

  /// Whether one gets another value than it has.
  func differ(_ state: StackState) -> Bool {
    rows.contains { $0.value != nil && ($0.isHidden || $0.value != state.parameters[$0.name]) }
  }

  var isEmpty: Bool { rows.isEmpty }

  /// As the aws command takes them from a file.
  var node: Node {
    Node(
      .list(
        rows.map { row in
          .object([
            ("ParameterKey", .of(row.name)),
            row.value.map { ("ParameterValue", .of($0)) } ?? ("UsePreviousValue", .of(true)),
          ])
        }), at: .unknown)
  }

  /// The values, for comparing: hidden ones are `***` on both sides, or differ where a new one is given.
  func values(_ state: StackState?) -> (before: [String: Node], after: [String: Node]) {
    var before: [String: Node] = [:]
    var after: [String: Node] = [:]
    for row in rows {
      let old = state?.parameters[row.name]
      before[row.name] = old.map { row.isHidden ? SecretValues.hidden : .of($0) }
      after[row.name] = row.isHidden ? SecretValues.hidden : (row.value ?? old).map { .of($0) }
    }
    return (before, after)
  }
}
