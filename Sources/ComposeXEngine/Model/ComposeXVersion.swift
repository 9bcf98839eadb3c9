/// The version of this build.
public enum ComposeXVersion {
  /// As `major.minor.patch` (https://semver.org).
  public static let text = "1.0.0"
}
