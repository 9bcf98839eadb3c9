/// One run of the user's `aws` command: `aws cloudformation describe-stacks --stack-name shop`.
struct AWSCall {
  /// A word of its command line.
  enum Word {
    case text(String)
    /// A file, handed over by its path (`file://` before it unless `isPath`): what is long, or nobody's business in a list of processes.
    case file(name: String, bytes: [UInt8], isPath: Bool)
    /// A folder with files.
    case folder(name: String, files: [(name: String, bytes: [UInt8])])
  }

  /// What a call writes to standard output: a JSON document, a line, or nothing that is read.
  enum Answer { case json, line, nothing }

  /// What IAM must allow for it.
  struct Permission {
    var action: String
    var resource: String
  }

  let service: String
  let operation: String
  private(set) var words: [Word] = []
  private(set) var permissions: [Permission] = []
  /// What it writes to standard output.
  private(set) var answer = Answer.json
  /// Whether it is sent to another region than the others.
  private(set) var region: String?

  /// `service` and `operation` as the aws command spells them.
  init(_ service: String, _ operation: String) {
    (self.service, self.operation) = (service, operation)
  }

  /// Adds an option with values.
  func option(_ name: String, _ values: String...) -> AWSCall { adding([.text(name)] + values.map(Word.text)) }

  /// Adds an option with any number of values; nothing when there are none.
  func option(_ name: String, each values: [String]) -> AWSCall {
    values.isEmpty ? self : adding([.text(name)] + values.map(Word.text))
  }

  /// Adds an option when there is a value.
  func option(_ name: String, ifAny value: String?) -> AWSCall {
    value.map { adding([.text(name), .text($0)]) } ?? self
  }

  /// Adds a word as it is.
  func word(_ word: String) -> AWSCall { adding([.text(word)]) }

  /// Adds a flag.
  func flag(_ name: String, _ isSet: Bool = true) -> AWSCall { isSet ? word(name) : self }

  /// Adds an option whose value is the content of a file.
  func file(_ option: String, _ name: String, _ bytes: [UInt8]) -> AWSCall {
    adding([.text(option), .file(name: name, bytes: bytes, isPath: false)])
  }

  /// Adds an option whose value is JSON, handed over as a file.
  func json(_ option: String, _ name: String, _ node: Node) -> AWSCall { file(option, name, JSONWriter.write(node)) }

  /// Adds an option that takes the path of a file.
  func path(_ option: String, _ name: String, _ bytes: [UInt8]) -> AWSCall {
    adding([.text(option), .file(name: name, bytes: bytes, isPath: true)])
  }

  /// Adds a folder of files, as `s3 sync` takes it.
  func folder(_ name: String, _ files: [(name: String, bytes: [UInt8])]) -> AWSCall {
    adding([.folder(name: name, files: files)])
  }

  /// Says what IAM must allow.
  func needs(_ action: String, on resource: String = "*") -> AWSCall {
    var call = self
    call.permissions.append(Permission(action: action, resource: resource))
    return call
  }

  /// The answer is not read.
  var withoutAnswer: AWSCall {
    var call = self
    call.answer = .nothing
    return call
  }

  /// The answer is a line of text.
  var withLine: AWSCall {
    var call = self
    call.answer = .line
    return call
  }

  /// Sends it to that region.
  func `in`(region: String) -> AWSCall {
    var call = self
    call.region = region
    return call
  }

  private func adding(_ more: [Word]) -> AWSCall {
    var call = self
    call.words += more
    return call
  }
}

extension AWSCall {
  /// The command line as a shell takes it; files by their names.
  func shown(_ connection: AWSConnection) -> String {
    let texts = words.map { word -> String in
      switch word {
      case .text(let text): ShellText.word(text)
      case .file(let name, _, let isPath): ShellText.word(isPath ? name : "file://\(name)")
      case .folder(let name, _): ShellText.word("\(name)/")
      }
    }
    let options = connection.options(of: self).map(ShellText.word)
    return (["aws", service, operation] + texts + options).joined(separator: " ")
  }
}
