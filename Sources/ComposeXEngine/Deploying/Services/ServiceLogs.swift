/// `composex logs`: what containers wrote, those of stopped tasks too, in the order of time.
///
/// By `logs filter-log-events`, since version 1 of the aws command has no `logs tail`.
public final class ServiceLogs: DryRun {
  /// What the command line says.
  public struct Options {
    /// `--since`, in seconds before now, or nil.
    public var since: Int?
    /// `--since` as a point of time, in seconds since 1970.
    public var from: Int?
    /// `--tail`
    public var tail: Int?
    /// `--timestamps`
    public var timestamps = false
    /// Colours, on a terminal.
    public var isColoured = false
    /// `--no-log-prefix` takes it away.
    public var hasPrefix = true

    /// The last hour, without times.
    public init() {}
  }

  /// Where a container writes.
  struct Source {
    var service: String
    var group: String
    var stream: String
  }

  /// A line of a container.
  struct Event {
    var time: Int
    var id: String
    var source: Int
    var task: String
    var message: String
  }

  private let services: StackServices
  private let names: [String]
  private let options: Options
  private var sources: [Source] = []
  private var seen: Set<String> = []
  private var newest = 0

  private static let hour = 3600
  /// How far `--tail` looks back, in steps, until there are lines enough.
  private static let reaches = [hour, 24 * hour, 30 * 24 * hour]

  /// `names` are services; none is all.
  public init(_ deployment: Deployment, _ names: [String], _ options: Options) {
    services = StackServices(deployment)
    (self.names, self.options) = (names, options)
  }

  /// Logs of one task of a family.
  init(_ services: StackServices, _ family: StackServices.Family, task: String, _ options: Options) {
    (self.services, names, self.options) = (services, [], options)
    sources = self.sources(of: family).map { source in
      var source = source
      source.stream += "\(source.service)/\(task)"
      return source
    }
  }

  /// Asks where logs are.
  ///
  /// - Throws: a `Finding` when no service of those has a log group that can be read.
  public func prepare() throws {
    try services.read()
    let families = try services.chosen(names)
    for family in families {
      for source in sources(of: family) where names.isEmpty || names.contains(source.service) {
        var source = source
        source.stream += "\(source.service)/"
        sources.append(source)
      }
    }
    if sources.isEmpty {
      throw Finding.error(
        at: families.first?.definition.origin.place ?? .unknown, "no log of these services is in CloudWatch",
        remedy: "read it where their logging driver writes it")
    }
  }

  /// Where the containers of a family write; those of another driver than awslogs are left out.
  private func sources(of family: StackServices.Family) -> [Source] {
    (family.definition.properties["ContainerDefinitions"]?.list ?? []).compactMap { container in
      guard let name = container["Name"]?.string, family.services.contains(name),
        let options = container.at("LogConfiguration", "Options"), let group = group(options["awslogs-group"])
      else { return nil }
      return Source(service: name, group: group, stream: (options["awslogs-stream-prefix"]?.string ?? name) + "/")
    }
  }

  private func group(_ node: Node?) -> String? {
    if let name = node?.string { return name }
    guard case .reference(let reference)? = node?.value, case .resource(let target) = reference.target,
      let id = (target as? Resource)?.id
    else { return nil }
    return services.physical[id] ?? id
  }

  // MARK: - Reading

  /// The lines that there are now.
  public func lines() throws -> [String] {
    let now = services.aws.clock.now
    if let from = options.from ?? options.since.map({ now - $0 }) {
      return shown(tailed(try events(from: from * 1000)))
    }
    guard let tail = options.tail else { return shown(try events(from: (now - Self.hour) * 1000)) }
    var found: [Event] = []
    for reach in Self.reaches {
      found = try events(from: (now - reach) * 1000)
      if sources.indices.allSatisfy({ index in found.filter { $0.source == index }.count >= tail }) { break }
    }
    return shown(tailed(found))
  }

  /// The lines that came since; waits before it asks, the longer the less there is.
  public func more(after idle: Int) throws -> [String] {
    services.aws.clock.wait(min(2 + idle, 10))
    return Interruption.isRequested ? [] : try newer()
  }

  /// Whether some of it is in CloudWatch.
  var hasSources: Bool { !sources.isEmpty }

  /// The lines that came since, without waiting.
  func newer() throws -> [String] {
    // Lines may come late.
    shown(try events(from: max(newest - 10_000, 0)).filter { !seen.contains($0.id) })
  }

  private func tailed(_ events: [Event]) -> [Event] {
    guard let tail = options.tail else { return events }
    var left = Array(repeating: tail, count: sources.count)
    var kept: [Event] = []
    for event in events.reversed() where left[event.source] > 0 {
      left[event.source] -= 1
      kept.append(event)
    }
    return kept.reversed()
  }

  /// What was written since that millisecond, in the order of time.
  func events(from start: Int) throws(Finding) -> [Event] {
    var found: [Event] = []
    var open = sources.indices.map { ($0, String?.none) }
    while !open.isEmpty, !Interruption.isRequested {
      let answers = services.aws.runAll(open.map { Self.filter(sources[$0.0], start, $0.1) })
      var next: [(Int, String?)] = []
      for ((index, _), answer) in zip(open, answers) {
        // A group that nobody wrote to may not be there.
        if case .failure(let failure) = answer, failure.isMissing { continue }
        let page = try services.finding(answer)
        for event in page["events"]?.list ?? [] {
          let stream = event["logStreamName"]?.string ?? ""
          found.append(
            Event(
              time: event["timestamp"]?.int ?? 0, id: event["eventId"]?.string ?? "", source: index,
              task: stream.split(separator: "/").last.map(String.init) ?? "", message: event["message"]?.string ?? ""))
        }
        if let token = page["nextToken"]?.string { next.append((index, token)) }
      }
      open = next
    }
    return found.enumerated().sorted { ($0.element.time, $0.offset) < ($1.element.time, $1.offset) }.map(\.element)
  }

  private static func filter(_ source: Source, _ start: Int, _ token: String?) -> AWSCall {
    AWSCall("logs", "filter-log-events").option("--log-group-name", source.group)
      .option("--log-stream-name-prefix", source.stream).option("--start-time", "\(start)")
      .option("--next-token", ifAny: token).flag("--no-paginate").needs("logs:FilterLogEvents")
  }

  /// What is sent, with words for what is not known before.
  public func nominalCalls() throws -> [DryCall] {
    // Those of one task are known.
    if !sources.isEmpty { return sources.map { DryCall(call: Self.filter($0, 0, nil)) } }
    let (calls, families) = try services.nominal(names)
    let sources = families.flatMap(sources(of:)).filter { names.isEmpty || names.contains($0.service) }
    return (calls + sources.map { Self.filter($0, 0, nil) }).map(DryCall.init)
  }

  // MARK: - Shown

  private func shown(_ events: [Event]) -> [String] {
    let width = sources.map(\.service.count).max() ?? 0
    return events.map { event in
      seen.insert(event.id)
      newest = max(newest, event.time)
      let name = sources[event.source].service
      var line = ""
      if options.hasPrefix {
        let task = event.task.prefix(6)
        let prefix = "\(name)-\(task)" + String(repeating: " ", count: width - name.count) + " | "
        let colour = 31 + (event.source % 6)
        line = options.isColoured ? "\u{1b}[\(colour)m\(VisibleText.of(prefix))\u{1b}[0m" : VisibleText.of(prefix)
      }
      if options.timestamps { line += "\(AWSTime.text(event.time / 1000)) " }
      return line + VisibleText.of(event.message)
    }
  }
}

/// Times of the command line.
public enum Timestamp {
  /// Seconds since 1970 of `2026-01-01T00:00:00Z`; nil for another text.
  public static func seconds(_ text: String) -> Int? { text.contains("T") ? AWSTime.seconds(text) : nil }
}
