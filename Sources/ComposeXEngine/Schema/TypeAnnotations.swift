/// Types of resources for editors, as the Lua language server reads them: a class for a resource, its properties and everything in them.
///
/// A property that its type requires is never nil; any other may be.
public struct TypeAnnotations {
  private let types = ResourceTypes()
  private var text = ""
  private var seen: Set<String> = []

  /// The types that the patterns select: `AWS::SQS::Queue`, `AWS::ECS::*`.
  ///
  /// - Throws: a `Finding` for a pattern that selects nothing.
  public static func text(_ patterns: [String]) throws -> String {
    var made = TypeAnnotations()
    made.text = "---@meta\n-- Written by `composex types \(patterns.joined(separator: " "))`: do not edit.\n"
    for pattern in patterns {
      let glob = Selector.Glob(pattern)
      let names = made.types.allNames.filter(glob.matches)
      guard !names.isEmpty else {
        throw Finding.error(
          at: .unknown, "CloudFormation has no resource type \"\(pattern)\"",
          remedy: NearName.find(pattern, in: made.types.allNames).map { "did you mean \"\($0)\"?" }
            ?? "write a type, or AWS::SQS::*")
      }
      for name in names { if let type = made.types.type(name) { made.add(type, name) } }
    }
    return made.text
  }

  private static func klass(_ type: String) -> String { type.split(separator: ":").joined(separator: ".") }

  private mutating func add(_ type: ResourceType, _ name: String) {
    let klass = Self.klass(name)
    guard seen.insert(klass).inserted else { return }
    text +=
      "\n---@class \(klass): composex.resource\n---@field type \"\(name)\"\n---@field Properties \(klass).Properties\n"
    if !type.attributes.isEmpty {
      let names = type.attributes.map { "\"\($0)\"" }.joined(separator: "|")
      text += "---@field att fun(self: \(klass), name: \(names)): composex.reference\n"
    }
    add(type.properties, as: "\(klass).Properties", of: klass, type)
  }

  /// A class for a mapping, then those that its properties need.
  private mutating func add(_ object: ObjectSchema, as name: String, of klass: String, _ type: ResourceType) {
    guard seen.insert(name).inserted else { return }
    var open: [(ObjectSchema, String)] = []
    text += "\n---@class \(name)\n"
    for property in object.properties where !(object.name.isEmpty && type.isReadOnly([property.name])) {
      let written = Self.written(property.schema, klass, &open)
      text += "---@field \(property.name)\(property.isRequired ? "" : "?") \(written)\n"
    }
    if object.isOpen { text += "---@field [string] any\n" }
    for (below, name) in open { add(below, as: name, of: klass, type) }
  }

  private static func written(_ schema: Schema, _ klass: String, _ open: inout [(ObjectSchema, String)]) -> String {
    switch schema {
    case .scalar(let scalar): return "\(self.scalar(scalar))|composex.reference"
    case .list(let item):
      let inner = written(item, klass, &open)
      return inner.contains("|") ? "(\(inner))[]" : "\(inner)[]"
    case .map(let form): return "table<string, \(written(form, klass, &open))>"
    case .object(let object):
      let name = object.name.isEmpty ? "\(klass).Properties" : "\(klass).\(object.name)"
      open.append((object, name))
      return name
    case .json: return "table|string"
    case .any: return "any"
    case .either(let forms):
      var parts: [String] = []
      for form in forms {
        let form = written(form, klass, &open)
        // The parts of a union, unless it is that of a list's items.
        for part in form.contains("(") ? [form] : form.split(separator: "|").map(String.init)
        where !parts.contains(part) {
          parts.append(part)
        }
      }
      return parts.joined(separator: "|")
    }
  }

  private static func scalar(_ scalar: Schema.Scalar) -> String {
    switch scalar.kind {
    case .string:
      let values = scalar.values.flatMap { $0.count <= 40 ? $0 : nil } ?? []
      return (values.map { "\"\($0)\"" } + ["string"]).joined(separator: "|")
    case .integer: return "integer"
    case .number: return "number"
    case .boolean: return "boolean"
    }
  }
}
