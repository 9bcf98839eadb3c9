extension ComparedTemplates {
  /// Names of the root template in a folder that `composex render -o FOLDER` wrote.
  private static let rootNames = ["template.yaml", "template.json"]

  /// Whether a path is a folder of templates.
  public static func isFolder(_ path: String) -> Bool {
    Files.isDirectory(path) && rootNames.contains { Files.isPlainFile(Files.join(path, $0)) }
  }

  /// Reads a template, or a folder of them, with the nested ones that it names beside it; nil for a file that is no template.
  ///
  /// - Throws: a `Finding` when a file cannot be read.
  public init?(templateAt path: String) throws(Finding) {
    let root = Self.rootNames.map { Files.join(path, $0) }.first(where: Files.isPlainFile) ?? path
    guard let tree = try Self.read(root), tree["Resources"]?.fields != nil else { return nil }
    var nested: [(stack: String, tree: Node)] = []
    for (id, resource) in tree["Resources"]?.fields ?? [:]
    where resource["Type"]?.string == "AWS::CloudFormation::Stack" {
      guard let url = resource.at("Properties", "TemplateURL")?.string else { continue }
      let file = Files.join(Files.directory(of: root), Files.lastComponent(url))
      if Files.isPlainFile(file), let tree = try Self.read(file) { nested.append((id, tree)) }
    }
    self.init(tree, nested: nested, named: path)
  }

  private static func read(_ path: String) throws(Finding) -> Node? {
    do throws(Files.Failure) {
      return TemplateSource.read(String(decoding: try Files.readPlain(path), as: UTF8.self))
    } catch {
      throw .error(
        at: Place(file: SourceFile(name: path, role: .commandLine)), "cannot be read: \(error.reason)",
        remedy: "name a template that can be read")
    }
  }
}
