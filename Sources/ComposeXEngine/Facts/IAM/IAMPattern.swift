/// A name of an action, a resource or a principal with `*` and `?`, held against one in which references may stand.
///
/// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html (read 2026-11-29)
struct IAMPattern {
  /// What a text consists of.
  enum Element: Equatable {
    case byte(UInt8)
    /// `*`.
    case any
    /// `?`.
    case one
    /// A name that CloudFormation gives a resource of the template: like no name that anybody wrote.
    case own(String)
    /// What only the deployment, or the request, knows.
    case free(String)
  }

  private let elements: [Element]
  private let text: String

  init(_ text: String, ignoresCase: Bool = false) {
    self.text = ignoresCase ? text.lowercased() : text
    elements = Self.elements(self.text, isPattern: true)
  }

  /// The parts of a text. `<Id>` is a name of ours, `<Id.Attribute>`, `<AWS::Region>` and `${aws:username}` are not known.
  static func elements(_ text: String, isPattern: Bool) -> [Element] {
    var found: [Element] = []
    let bytes = Array(text.utf8)
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      let isVariable = byte == UInt8(ascii: "$") && index + 1 < bytes.count && bytes[index + 1] == UInt8(ascii: "{")
      let closing = byte == UInt8(ascii: "<") ? UInt8(ascii: ">") : isVariable ? UInt8(ascii: "}") : nil
      if let closing, let end = bytes[index...].firstIndex(of: closing) {
        let name = String(decoding: bytes[(index + (isVariable ? 2 : 1))..<end], as: UTF8.self)
        found.append(isPattern && isVariable ? variable(name) : token(name))
        index = end + 1
        continue
      }
      switch byte {
      case UInt8(ascii: "*"): found.append(isPattern ? .any : .free("*"))
      case UInt8(ascii: "?") where isPattern: found.append(.one)
      default: found.append(.byte(byte))
      }
      index += 1
    }
    return found
  }

  private static func token(_ name: String) -> Element {
    let isOwn =
      !name.isEmpty
      && name.utf8.allSatisfy { byte in
        (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte) || byte == UInt8(ascii: "/")
      }
    return isOwn ? .own(name) : .free(name)
  }

  /// `${*}`, `${?}` and `${$}` are the characters themselves.
  private static func variable(_ name: String) -> Element {
    ["*", "?", "$"].contains(name) ? .byte(name.utf8.first ?? 0) : .free("${\(name)}")
  }

  /// Whether the pattern fits a text.
  func matches(_ other: String) -> Certainty {
    if text == "*" || text == other && !text.contains("${") { return .yes }
    // Of an action that takes no resource.
    if other == "*" { return .no }
    let target = Self.elements(other, isPattern: false)
    var memory: [Certainty?] = Array(repeating: nil, count: (elements.count + 1) * (target.count + 1))
    return match(0, 0, target, &memory)
  }

  private func match(_ p: Int, _ t: Int, _ target: [Element], _ memory: inout [Certainty?]) -> Certainty {
    let slot = p * (target.count + 1) + t
    if let known = memory[slot] { return known }
    memory[slot] = .no
    let found = step(p, t, target, &memory)
    memory[slot] = found
    return found
  }

  private func step(_ p: Int, _ t: Int, _ target: [Element], _ memory: inout [Certainty?]) -> Certainty {
    let there = t < target.count ? target[t] : nil
    guard p < elements.count else {
      // A reference may be an empty text.
      if case .free? = there { return min(.maybe, match(p, t + 1, target, &memory)) }
      return Certainty(there == nil)
    }
    let here = elements[p]
    switch (here, there) {
    case (.any, nil): return match(p + 1, t, target, &memory)
    case (.any, _?): return max(match(p + 1, t, target, &memory), match(p, t + 1, target, &memory))
    case (.free(let a), .free(let b)?) where a == b: return match(p + 1, t + 1, target, &memory)
    case (.free, _):
      let rest = there == nil ? Certainty.no : match(p, t + 1, target, &memory)
      return min(.maybe, max(match(p + 1, t, target, &memory), rest))
    case (_, .free?):
      return min(.maybe, max(match(p, t + 1, target, &memory), match(p + 1, t, target, &memory)))
    case (_, nil): return .no
    case (.one, .byte?): return match(p + 1, t + 1, target, &memory)
    case (.byte(let a), .byte(let b)?): return a == b ? match(p + 1, t + 1, target, &memory) : .no
    case (.own(let a), .own(let b)?): return a == b ? match(p + 1, t + 1, target, &memory) : .no
    case (.own, _): return .no
    case (_, .own?): return generated(p, t, target, &memory)
    case (_, .any?), (_, .one?): return .no
    }
  }

  /// A name that CloudFormation makes up ends in letters that nobody knows: only what has a `*` in it fits.
  private func generated(_ p: Int, _ t: Int, _ target: [Element], _ memory: inout [Certainty?]) -> Certainty {
    var best = Certainty.no
    var hasAny = false
    for end in p..<elements.count {
      // Names have neither.
      if elements[end] == .byte(UInt8(ascii: ":")) || elements[end] == .byte(UInt8(ascii: "/")) { break }
      hasAny = hasAny || elements[end] == .any
      if hasAny { best = max(best, min(.maybe, match(end + 1, t + 1, target, &memory))) }
    }
    return best
  }
}
