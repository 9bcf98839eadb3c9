extension Selector {
  /// What a key stands for in a rule: every resource of the kind, whoever made it.
  struct Kinds {
    /// The key, and those of modules that are `like` it.
    var keys: Set<String>
    var types: Set<String>

    func holds(_ resource: Resource) -> Bool {
      types.contains(resource.type) || (resource.origin.part == "main" && keys.contains(resource.origin.key))
    }
  }
}
