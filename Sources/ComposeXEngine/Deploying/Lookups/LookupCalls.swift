/// The calls that find things, each with what IAM must allow.
enum LookupCalls {
  /// `sqs get-queue-attributes` with the parts in place; nil when one is not known.
  static func call(_ words: String, _ options: [String], _ action: String, _ parts: [String: String]) -> AWSCall? {
    let names = words.split(separator: " ").map(String.init)
    var call = AWSCall(names[0], names[1]).needs(action)
    for option in options {
      guard let word = ARNTemplate.filled(option, parts) else { return nil }
      call = call.word(word)
    }
    return call
  }

  static func step(_ step: LookupKind.Step, _ parts: [String: String]) -> AWSCall? {
    call(step.call, step.options, step.action, parts)
  }

  static func listing(_ listing: LookupKind.Listing) -> AWSCall? {
    call(listing.call, listing.options, listing.action, [:])
  }

  /// What has all of these tags; without tags, all that is or was tagged.
  static func tagged(_ types: [String], _ tags: [LookupTag], region: String?) -> AWSCall {
    let call = AWSCall("resourcegroupstaggingapi", "get-resources").needs("tag:GetResources")
      .option("--resource-type-filters", each: types)
    let filters = tags.isEmpty ? call : call.json("--tag-filters", "tags.json", LookupTag.node(tags, "Key", "Values"))
    return region.map { filters.in(region: $0) } ?? filters
  }

  /// `ec2 describe-vpcs`
  static func network(_ operation: String, _ action: String, _ tags: [LookupTag], vpc: String? = nil) -> AWSCall {
    var filters = tags.map {
      LookupTag(key: $0.values.isEmpty ? "tag-key" : "tag:\($0.key)", values: $0.values.isEmpty ? [$0.key] : $0.values)
    }
    if let vpc { filters.insert(LookupTag(key: "vpc-id", values: [vpc]), at: 0) }
    let call = AWSCall("ec2", operation).needs("ec2:\(action)")
    return filters.isEmpty ? call : call.json("--filters", "filters.json", LookupTag.node(filters, "Name", "Values"))
  }

  static func key(_ id: String) -> AWSCall {
    AWSCall("kms", "describe-key").option("--key-id", id).needs("kms:DescribeKey")
  }

  static func assume(_ role: String) -> AWSCall {
    AWSCall("sts", "assume-role").option("--role-arn", role).option("--role-session-name", "composex-lookup")
      .needs("sts:AssumeRole", on: role)
  }
}

/// A tag that something must have, with one of the values; without values, with any.
struct LookupTag {
  var key: String
  var values: [String]

  /// Those of a `Tags`: a mapping, or a list of mappings of which each has one key. A key that stands twice may have either value.
  static func read(_ node: Node?) -> [LookupTag] {
    var tags: [LookupTag] = []
    let pairs = node?.fields.map { $0.map { ($0.key, $0.value) } } ?? (node?.list ?? []).flatMap(pairs)
    for (key, value) in pairs {
      let values = value.list?.compactMap(\.scalarText) ?? (value.isNull ? [] : [value.scalarText ?? ""])
      if let at = tags.firstIndex(where: { $0.key == key }) {
        tags[at].values += values
      } else {
        tags.append(LookupTag(key: key, values: values))
      }
    }
    return tags
  }

  /// `{name: a}`, or `{Key: name, Value: a}` as AWS writes tags.
  private static func pairs(_ item: Node) -> [(String, Node)] {
    if let key = item["Key"]?.string, let value = item["Value"] ?? item["Values"] { return [(key, value)] }
    return (item.fields ?? [:]).map { ($0.key, $0.value) }
  }

  static func node(_ tags: [LookupTag], _ key: String, _ values: String) -> Node {
    Node(
      .list(
        tags.map { tag in
          .object([(key, .of(tag.key))] + (tag.values.isEmpty ? [] : [(values, .of(tag.values))]))
        }), at: .unknown)
  }
}
