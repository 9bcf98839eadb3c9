/// Reads tables of comma-separated values as RFC 4180 has them: quotes may enclose commas, line breaks and doubled quotes.
enum CSV {
  /// The rows below the first, each a mapping by the names in that; all values are strings.
  ///
  /// - Throws: for a quote that is not closed, and a row that has more values than names.
  static func rows(_ bytes: [UInt8], file: SourceFile) throws(Finding) -> Node {
    var lines = try lines(bytes, file: file)
    let place = Place(file: file, line: 1)
    guard !lines.isEmpty else { return Node(.list([]), at: place) }
    let names = lines.removeFirst().values
    if let twice = names.indices.first(where: { names[..<$0].contains(names[$0]) }) {
      throw .error(at: place, "two columns are called \"\(names[twice])\"", remedy: "give one another name")
    }
    var rows: [Node] = []
    for line in lines {
      let place = Place(file: file, line: line.number)
      guard line.values.count <= names.count else {
        throw .error(
          at: place, "the row has \(line.values.count) values, and there are \(names.count) names",
          remedy: "put values that hold commas into quotes")
      }
      var fields: Node.Fields = [:]
      for (name, value) in zip(names, line.values) { fields[name] = Node(.string(value), at: place) }
      rows.append(Node(.map(fields), at: place))
    }
    return Node(.list(rows), at: place)
  }

  private static func lines(_ bytes: [UInt8], file: SourceFile) throws(Finding) -> [(number: Int, values: [String])] {
    var rows: [(number: Int, values: [String])] = []
    var values: [String] = []
    var value: [UInt8] = []
    var number = 1
    var first = 1
    var at = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    func endValue() {
      values.append(String(decoding: value, as: UTF8.self))
      value = []
    }
    func endRow() {
      endValue()
      if values != [""] { rows.append((first, values)) }
      values = []
    }
    while at < bytes.count {
      switch bytes[at] {
      case UInt8(ascii: "\"") where value.isEmpty:
        guard let end = quoted(bytes, from: at + 1, into: &value, &number) else {
          throw .error(
            at: Place(file: file, line: first), "a quote is not closed",
            remedy: "close it; a quote inside is written twice")
        }
        at = end
      case UInt8(ascii: ","): endValue()
      case UInt8(ascii: "\n"):
        if value.last == UInt8(ascii: "\r") { value.removeLast() }
        endRow()
        number += 1
        first = number
      default: value.append(bytes[at])
      }
      at += 1
    }
    if !value.isEmpty || !values.isEmpty { endRow() }
    return rows
  }

  /// Reads what stands in quotes; where the closing one stands.
  private static func quoted(_ bytes: [UInt8], from start: Int, into value: inout [UInt8], _ number: inout Int) -> Int?
  {
    var at = start
    while at < bytes.count {
      if bytes[at] == UInt8(ascii: "\"") {
        guard at + 1 < bytes.count, bytes[at + 1] == UInt8(ascii: "\"") else { return at }
        at += 1
      }
      if bytes[at] == UInt8(ascii: "\n") { number += 1 }
      value.append(bytes[at])
      at += 1
    }
    return nil
  }
}
