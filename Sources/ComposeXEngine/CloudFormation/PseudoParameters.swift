extension Node {
  /// Turns texts that hold `${AWS::Region}` and its like, anywhere below, into texts with references: in a compose file they mean
  /// what they mean in `Fn::Sub`. Any other `${...}` stays the text that it is.
  func readPseudoParameters() {
    switch value {
    case .string(let text) where text.utf8.contains(UInt8(ascii: "$")):
      let parts = [TextPart](sub: text)
      guard parts.contains(where: \.isPseudoParameter) else { return }
      value = .text(parts.map { $0.isPseudoParameter ? $0 : $0.asWritten })
    case .list(let items): for item in items { item.readPseudoParameters() }
    case .map(let fields):
      // `Fn::Sub` reads its own text.
      if Intrinsics.function(self) == nil { for field in fields.values { field.readPseudoParameters() } }
    default: break
    }
  }
}

extension TextPart {
  fileprivate var isPseudoParameter: Bool {
    guard case .reference(let reference) = self, reference.attribute == nil else { return false }
    return PseudoParameter.all.contains(reference.id)
  }

  fileprivate var asWritten: TextPart {
    if case .reference(let reference) = self { return .literal("${\(reference.text)}") }
    return self
  }
}
