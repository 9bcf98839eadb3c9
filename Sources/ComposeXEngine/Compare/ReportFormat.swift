/// How a report is printed.
public enum ReportFormat: String, CaseIterable, Sendable { case text, json, markdown }

extension ChangeReport {
  /// The report, with a line end at its end.
  func shown(_ format: ReportFormat) -> [UInt8] {
    switch format {
    case .text: Array(text.utf8)
    case .json: JSONWriter.write(node)
    case .markdown: Array(markdown.utf8)
    }
  }
}

extension TemplateComparison {
  /// The report, with a line end at its end.
  public func shown(_ format: ReportFormat) -> [UInt8] { report.shown(format) }
}
