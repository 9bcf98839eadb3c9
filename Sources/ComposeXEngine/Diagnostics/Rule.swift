/// The kind of a finding, which tools group and filter by: the stage that found it. The raw values are stable.
public enum Rule: String, CaseIterable, Sendable {
  case compose, packs, scripts, keys, resources, overrides, checks, template, contracts, command

  /// What findings of this kind are about, one sentence.
  var summary: String {
    switch self {
    case .compose: "A compose file cannot be read, or does not follow the Compose specification."
    case .packs: "A pack cannot be found, does not match its digest, or its manifest is wrong."
    case .scripts: "A script or a file of a pack cannot be loaded, or declares what it may not."
    case .keys: "An x- key is not known, or has no effect."
    case .resources: "A service or a definition cannot become resources."
    case .overrides: "A default, a patch or a function of a script or a pack failed."
    case .checks: "A resource breaks a rule of a module, a pack or a script."
    case .template: "The template is not one that CloudFormation takes."
    case .contracts: "AWS refuses what stands together in the template, or it does not work there."
    case .command: "The command cannot do what it was asked for."
    }
  }

  /// The code of its findings that are of no kind of their own.
  var code: String {
    switch self {
    case .compose: "CX0001"
    case .packs: "CX0002"
    case .scripts: "CX0003"
    case .keys: "CX0004"
    case .resources: "CX0005"
    case .overrides: "CX0006"
    case .checks: "CX0007"
    case .template: "CX0008"
    case .contracts: "CX0009"
    case .command: "CX0010"
    }
  }
}
