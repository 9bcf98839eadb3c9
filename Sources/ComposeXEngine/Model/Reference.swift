import OrderedCollections

/// What a reference leads to: a resource of a template, whose logical id may still change.
protocol Referent: AnyObject {
  /// The logical id that it has now.
  var id: String { get }
}

/// A reference in a template, symbolic until it is written, so that a rename or a move to another stack carries it along.
struct Reference {
  enum Target {
    case resource(any Referent)
    /// A parameter, a pseudo parameter (`AWS::Region`), or a logical id that nothing answered to yet.
    case name(String)
  }

  var target: Target
  /// nil for `Ref`; the attribute's name for `Fn::GetAtt`.
  var attribute: String?

  init(_ target: Target, attribute: String? = nil) {
    self.target = target
    self.attribute = attribute
  }

  /// The name that it is written with.
  var id: String {
    switch target {
    case .resource(let resource): resource.id
    case .name(let name): name
    }
  }

  /// `JobsQueue.Arn`, as it stands between the braces of `Fn::Sub`.
  var text: String { attribute.map { "\(id).\($0)" } ?? id }
}

/// A piece of a text with references inside (`Fn::Sub`).
enum TextPart {
  case literal(String)
  case reference(Reference)
  /// A variable of the second argument of `Fn::Sub`.
  case variable(name: String, value: Node)
}

extension [TextPart] {
  /// The parts of an `Fn::Sub` text; `variables` are those of its second argument. `${!x}` is the literal `${x}`.
  /// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-sub.html
  init(sub text: String, variables: Node.Fields = [:]) {
    self = []
    var literal = ""
    var rest = text.utf8[...]
    while let dollar = rest.firstIndex(of: UInt8(ascii: "$")) {
      literal += rest[..<dollar].text
      let inside = rest[dollar...].dropFirst()
      guard inside.first == UInt8(ascii: "{") else {
        literal += "$"
        rest = inside
        continue
      }
      guard let close = inside.firstIndex(of: UInt8(ascii: "}")) else {
        // Nor is any further one closed.
        rest = rest[dollar...]
        break
      }
      let name = inside[..<close].dropFirst().text
      rest = inside[inside.index(after: close)...]
      if name.utf8.first == UInt8(ascii: "!") {
        literal += "${" + name.utf8.dropFirst().text + "}"
        continue
      }
      if !literal.isEmpty { append(.literal(literal)) }
      literal = ""
      append(Self.part(named: name, variables: variables))
    }
    literal += rest.text
    if !literal.isEmpty || isEmpty { append(.literal(literal)) }
  }

  private static func part(named name: String, variables: Node.Fields) -> TextPart {
    if let value = variables[name] { return .variable(name: name, value: value) }
    guard let dot = name.utf8.firstIndex(of: UInt8(ascii: ".")) else { return .reference(Reference(.name(name))) }
    let attribute = String(name[name.utf8.index(after: dot)...])
    return .reference(Reference(.name(String(name[..<dot])), attribute: attribute))
  }

  /// The text as the first argument of `Fn::Sub`.
  var subText: String {
    reduce(into: "") { text, part in
      switch part {
      case .literal(let literal): text += Self.escaped(literal)
      case .reference(let reference): text += "${\(reference.text)}"
      case .variable(let name, _): text += "${\(name)}"
      }
    }
  }

  private static func escaped(_ literal: String) -> String {
    guard literal.utf8.contains(UInt8(ascii: "$")) else { return literal }
    var text: [UInt8] = []
    for byte in literal.utf8 {
      let isOpened = byte == UInt8(ascii: "{") && text.last == UInt8(ascii: "$")
      text.append(byte)
      if isOpened { text.append(UInt8(ascii: "!")) }
    }
    return String(decoding: text, as: UTF8.self)
  }
}

/// The pseudo parameters of CloudFormation.
/// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/pseudo-parameter-reference.html
enum PseudoParameter {
  static let all = [
    "AWS::AccountId", "AWS::NotificationARNs", "AWS::NoValue", "AWS::Partition", "AWS::Region", "AWS::StackId",
    "AWS::StackName", "AWS::URLSuffix",
  ]
}
