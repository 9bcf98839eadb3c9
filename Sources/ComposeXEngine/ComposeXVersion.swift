/// The version of this build.
public enum ComposeXVersion {
  public static let text = "0.1.0"
}
