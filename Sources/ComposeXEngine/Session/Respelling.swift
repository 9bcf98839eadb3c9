/// One value that stood where an older spelling has it, and where it stands now: what `composex migrate` writes into the file.
struct Respelling {
  /// Where a part of the value went.
  struct Target {
    /// The mapping that was there already, and got something.
    let base: Node
    /// The key below it that is new, or whose list got items.
    let key: String
    /// The keys from there down to the value.
    let path: [String]
    /// What stands under `key` now.
    let node: Node
    /// The items that a list got which was there already; nil when all below `key` is new.
    let items: [Node]?
  }

  /// The mapping that had the old key.
  let holder: Node
  let key: String
  /// What stood under it; its place and that of its key are in the file.
  let old: Node
  let targets: [Target]
  /// Whether the value stays as it is, and only its key has another name.
  let isRename: Bool
}
