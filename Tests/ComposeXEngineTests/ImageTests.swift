import Testing

@testable import ComposeXEngine

@Suite struct ImageNameTests {
  @Test(
    arguments: [
      ("nginx", "nginx", nil, nil), ("nginx:1.27", "nginx", "1.27", nil), ("acme/web:1@sha256:a", "acme/web", "1", nil),
      ("localhost:5000/web", "localhost:5000/web", nil, "localhost:5000"),
      ("ghcr.io/acme/web:2", "ghcr.io/acme/web", "2", "ghcr.io"),
    ] as [(String, String, String?, String?)])
  func parts(_ text: String, _ repository: String, _ tag: String?, _ registry: String?) {
    let name = ImageName(text)
    #expect(name.repository == repository)
    #expect(name.tag == tag)
    #expect(name.registry == registry)
    #expect(name.ecr == nil)
  }

  @Test func registriesOfECR() throws {
    let ecr = try #require(ImageName("123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn/acme/web:1").ecr)
    #expect(ecr == (account: "123456789012", region: "cn-north-1", path: "acme/web"))
    #expect(ImageName("123456789012.dkr.ecr.example.com/acme/web").ecr == nil)
  }

  @Test(arguments: [
    ("shop", "web", "shop/web"), ("shop", "Web_API", "shop/web_api"), ("my-shop", "a--b.", "my-shop/a-b"),
    ("shop", "__", "shop/image"),
  ])
  func repositories(_ project: String, _ service: String, _ path: String) {
    #expect(ImageName.path(project, service) == path)
  }

  @Test(arguments: [
    ("nginx:1", "docker.io/library/nginx:1"), ("acme/web", "docker.io/acme/web"), ("ghcr.io/a/b", "ghcr.io/a/b"),
    ("127.0.0.1:5000/a", "127.0.0.1:5000/a"),
  ])
  func qualified(_ name: String, _ whole: String) { #expect(ImageBuilder.qualified(name) == whole) }

  @Test func aRegistryOfThisMachineSpeaksNoTLS() {
    #expect(ImageBuilder.buildah.login("127.0.0.1:5000").contains("--tls-verify=false"))
    #expect(ImageBuilder.podman.push("localhost/a:1", digest: "f").contains("--tls-verify=false"))
    #expect(!ImageBuilder.podman.push("ghcr.io/a:1", digest: "f").contains("--tls-verify=false"))
    #expect(!ImageBuilder.docker.login("127.0.0.1:5000").contains("--tls-verify=false"))
  }
}

@Suite struct SessionOutputTests {
  private func read(_ text: String) -> (String, Int32)? {
    SessionOutput(Array(text.utf8)).map { (String(decoding: $0.output, as: UTF8.self), $0.code) }
  }

  @Test func whatASessionSaysAroundIsLeftOut() throws {
    let found = try #require(
      read(
        "\nStarting session with SessionId: ecs-1\r\nThis session is encrypted using AWS KMS.\r\none\r\ntwo\r\n"
          + "\r\ncomposex-exit-code=7\r\n\r\nExiting session with sessionId: ecs-1.\r\n"))
    #expect(found == ("one\ntwo\n", 7))
  }

  @Test func anOutputWithoutALineEndKeepsNone() throws {
    let found = try #require(read("Starting session with SessionId: e\none\ncomposex-exit-code=0\n"))
    #expect(found == ("one", 0))
  }

  @Test func nothingIsSaidOfACommandThatDidNotEnd() {
    #expect(read("Starting session with SessionId: e\none\n") == nil)
  }
}
