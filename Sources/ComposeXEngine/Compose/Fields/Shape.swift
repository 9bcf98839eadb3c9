/// What a value may look like in a compose file, and with that what it becomes in the canonical model.
indirect enum Shape: Sendable {
  /// Anything; left as it is.
  case any
  case string
  /// A boolean; `quoted`: or a text that reads as one (`"true"`, `yes`, `off`).
  case boolean(quoted: Bool = true)
  /// A whole number; `quoted`: or its decimal text.
  case integer(min: Int? = nil, max: Int? = nil, quoted: Bool = true)
  case number(min: Double? = nil, max: Double? = nil, quoted: Bool = true)
  /// A size with a unit (`64m`), canonically its bytes as decimal text; `bare`: a number is fine as well.
  case bytes(bare: Bool = true)
  /// A text such as `1m30s`, canonically as Go prints it.
  case duration
  case oneOf([String])
  case pattern(Pattern)
  /// Shell words or a list of texts; canonically a list, or null for "as the image says".
  case command
  /// The test of a health check: a list, or a text for the shell; canonically a list.
  case healthTest
  /// A file mode: octal text or a number, canonically octal text.
  case fileMode
  /// A port or a range of ports as text or number, canonically text.
  case published
  /// A number of devices, or `all`.
  case deviceCount
  /// A text or a number, canonically text.
  case stringOrNumber
  /// A text or a boolean, canonically text.
  case stringOrBoolean
  case list(Shape, distinct: Bool = false)
  /// A text or a list of texts, canonically a list.
  case stringOrList
  /// A mapping whose keys are the user's; `named`: letters, digits, `.`, `_` and `-` only.
  case map(Shape, named: Bool = false)
  /// A mapping of texts, or a list of `key=value`; `nullable`: a key without value stays null.
  case pairs(nullable: Bool = false)
  /// A mapping of texts only.
  case options
  /// A scalar or a list of scalars, canonically a list of texts.
  case texts
  /// Host names and their addresses.
  case hosts
  case record(Record)
  case short(Short, Shape)
  case orNull(Shape)
}

extension Shape {
  /// The shape of the long form: without short forms and without null.
  var long: Shape {
    switch self {
    case .short(_, let long): long.long
    case .orNull(let inner): inner.long
    default: self
    }
  }

  var short: Short? {
    switch self {
    case .short(let short, _): short
    case .orNull(let inner): inner.short
    default: nil
    }
  }

  var allowsNull: Bool {
    switch self {
    case .orNull, .any, .command: true
    case .short(_, let long): long.allowsNull
    default: false
    }
  }

  /// The shape of the items of a list.
  var item: Shape? { if case .list(let item, _) = long { item } else { nil } }
}

/// A text that must match something other than a list of words.
enum Pattern: Sendable {
  /// Somewhere in it a letter or digit and then one of `[a-zA-Z0-9_.-]`.
  case containerName
  /// `always`, `never`, `build`, `if_not_present`, `missing`, `refresh`, `daily`, `weekly`, or `every_` and a time.
  case pullPolicy
}

/// A second, shorter way to write a value.
enum Short: String, Sendable {
  case build, port, mount, device, fileMount, dependsOn, names, envFile, extends, include, gpus, ulimit, ssh, external
}

/// How a value of a later file meets the one of an earlier file (compose-spec, merge).
enum Merge: String, Sendable {
  /// Mappings deep, lists appended, scalars replaced.
  case general
  /// Both sides become lists of `key=value`, appended.
  case sequence
  /// As `sequence`, without entries that are there already.
  case hosts
  /// Replaced outright, even by null.
  case replace
  /// Deep, each entry replaced.
  case entries
  /// A text is a context; then deep.
  case build
  /// A list is a mapping of `service_started`; then deep.
  case dependsOn
  /// A list is a mapping of null; then deep.
  case names
  /// Deep when the drivers agree, else replaced.
  case logging
  /// By `subnet`.
  case ipam
  /// Used up before anything is merged.
  case consumed
}

/// What makes two entries of a list the same entry.
enum UniqueKey: String, Sendable {
  /// The text before the first `=`.
  case key
  /// The container path of a mount.
  case mount
  /// The container path of a device.
  case device
  /// `target`, else `/run/secrets/<source>`.
  case secret
  /// `target`, else `/<source>`.
  case config
  case path
  case text
  /// Address, published port, target and protocol.
  case port
}

/// What a path is relative to, and which texts are no paths.
enum PathKind: String, Sendable {
  /// A file on this machine.
  case file
  /// A build context: a folder, or a URL, or `service:x`.
  case context
  /// A path that may be one of Windows.
  case host
}

/// What the loader inserts after the last file.
enum Fallback: Sendable {
  case string(String)
  case bool(Bool)
  /// `/run/secrets/<source>`
  case secretTarget
  /// `all`, when neither `count` nor `device_ids` is there.
  case allDevices
}
