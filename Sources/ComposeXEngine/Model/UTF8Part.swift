extension Substring.UTF8View {
  /// A part of a text that was found by its bytes, as a text of its own. Appending the part itself would go through an append for
  /// all sequences, which is slow and asks the runtime for conformances.
  var text: String { String(Substring(self)) }
}
