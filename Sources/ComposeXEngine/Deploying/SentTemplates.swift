import Crypto

/// The templates of a project as they are sent: in the call itself, or from a bucket, each under its digest.
struct SentTemplates {
  /// A template in a bucket.
  struct File {
    var name: String
    var bytes: [UInt8]
  }

  /// The root template.
  let root: [UInt8]
  /// What has to be in the bucket; empty when the call takes it all.
  let files: [File]
  /// Where the root is in the bucket; nil when it is sent in the call.
  let url: String?
  let capabilities: [String]

  /// Where templates lie in a bucket.
  static let folder = "composex/templates"

  /// Whether a bucket is needed for these templates.
  static func needBucket(_ templates: [Pipeline.Template]) -> Bool {
    templates.count > 1 || templates.contains { $0.bytes.count > Limits.requestBytes }
  }

  /// `base` is the address of the bucket; nil when none is needed.
  init(_ outcome: Pipeline.Outcome, _ format: TemplateFormat, base: String?) {
    let parts = outcome.parts ?? [NestedLayout.Part(home: .root, stack: outcome.stack)]
    var files: [File] = []
    var addresses: [String: String] = [:]
    for part in parts.dropFirst() {
      let bytes = format.write(part.stack)
      let name = "\(Self.digest(bytes)).\(format.rawValue)"
      files.append(File(name: name, bytes: bytes))
      addresses["\(part.file).\(format.rawValue)"] = "\(base ?? "")/\(Self.folder)/\(name)"
    }
    for resource in parts[0].stack.resources.values where resource.type == "AWS::CloudFormation::Stack" {
      guard let file = resource.properties["TemplateURL"]?.string, let address = addresses[file] else { continue }
      resource.properties.set("TemplateURL", Node(.string(address), at: .unknown))
    }
    root = format.write(parts[0].stack)
    if root.count > Limits.requestBytes {
      let name = "\(Self.digest(root)).\(format.rawValue)"
      files.append(File(name: name, bytes: root))
      url = "\(base ?? "")/\(Self.folder)/\(name)"
    } else {
      url = nil
    }
    self.files = files
    capabilities = Self.capabilities(parts.map(\.stack))
  }

  /// SHA-256, in hexadecimal.
  static func digest(_ bytes: [UInt8]) -> String {
    let digits = Array("0123456789abcdef".utf8)
    return String(
      decoding: SHA256.hash(data: bytes).flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }

  private static let names = [
    "AWS::IAM::Role": "RoleName", "AWS::IAM::ManagedPolicy": "ManagedPolicyName", "AWS::IAM::User": "UserName",
    "AWS::IAM::Group": "GroupName", "AWS::IAM::InstanceProfile": "InstanceProfileName",
  ]
  private static let unnamed: Set = [
    "AWS::IAM::Policy", "AWS::IAM::RolePolicy", "AWS::IAM::UserPolicy", "AWS::IAM::GroupPolicy", "AWS::IAM::AccessKey",
    "AWS::IAM::UserToGroupAddition",
  ]

  /// What CloudFormation wants to be told that the template does.
  ///
  /// https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateChangeSet.html (read 2026-11-29)
  private static func capabilities(_ stacks: [Stack]) -> [String] {
    var isIAM = false
    var isNamed = false
    var isMacro = false
    for resource in stacks.flatMap(\.resources.values) {
      if let property = names[resource.type] {
        isIAM = true
        if resource.properties[property] != nil { isNamed = true }
      }
      if unnamed.contains(resource.type) { isIAM = true }
      if resource.type == "AWS::CloudFormation::Macro" || resource.properties.hasMacro { isMacro = true }
    }
    return (isNamed ? ["CAPABILITY_NAMED_IAM"] : isIAM ? ["CAPABILITY_IAM"] : [])
      + (isMacro ? ["CAPABILITY_AUTO_EXPAND"] : [])
  }
}

extension Node {
  /// Whether a macro is called below.
  fileprivate var hasMacro: Bool {
    switch value {
    case .map(let fields): fields["Fn::Transform"] != nil || fields.values.contains { $0.hasMacro }
    case .list(let items): items.contains { $0.hasMacro }
    default: false
    }
  }
}
