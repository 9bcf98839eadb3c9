# Homebrew formula for Linux; `make package` fills in version and digest.
class Composex < Formula
  desc "Turns a Docker Compose file into AWS CloudFormation that runs it on ECS"
  homepage "@HOMEPAGE@"
  url "@HOMEPAGE@/releases/v@VERSION@/composex-@VERSION@-linux-@MACHINE@.tar.gz"
  version "@VERSION@"
  sha256 "@SHA256@"
  license "Apache-2.0"

  depends_on :linux

  def install
    bin.install "bin/composex"
    man1.install Dir["share/man/man1/*"]
    bash_completion.install "share/bash-completion/completions/composex"
    zsh_completion.install "share/zsh/vendor-completions/_composex"
    fish_completion.install "share/fish/vendor_completions.d/composex.fish"
    doc.install Dir["share/doc/composex/*"]
  end

  test do
    (testpath/"compose.yaml").write "services: {web: {image: 'nginx:1.27'}}\n"
    assert_match "AWS::ECS::Service", shell_output("#{bin}/composex render -q")
  end
end
