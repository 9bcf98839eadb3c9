/// The version of this build.
public enum ComposeXVersion {
  public static let text = "1.0.0"
}
