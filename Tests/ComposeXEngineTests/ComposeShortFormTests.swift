@testable import ComposeXEngine
import Testing

/// The short forms of ports, mounts, sizes, times and commands.
@Suite struct ComposeShortFormTests {
  private func ports(_ text: String) -> String {
    do throws(PortSpec.Problem) {
      return try PortSpec.parse(text).map {
        "\($0.address.map { $0 + " " } ?? "")\($0.published ?? "-")>\($0.target)/\($0.transport)"
      }
      .joined(separator: ", ")
    } catch { return error.text }
  }

  @Test(arguments: [
    ("80", "->80/tcp"), ("8080:80", "8080>80/tcp"), ("127.0.0.1:8080:80/udp", "127.0.0.1 8080>80/udp"),
    ("127.0.0.1::80", "127.0.0.1 ->80/tcp"),
    ("[::1]:6000:6001", "::1 6000>6001/tcp"), ("::1:6000:6001", "::1 6000>6001/tcp"),
    ("9-11", "->10/tcp, ->11/tcp, ->9/tcp"),
    ("9000-9002:80-82", "9000>80/tcp, 9001>81/tcp, 9002>82/tcp"), ("9000-9002:80", "9000-9002>80/tcp"),
    ("80-80:8080", "80>8080/tcp"),
    ("53:53/UDP", "53>53/udp"), ("80/", "->80/tcp"),
    ("1-2:80-85", "Invalid ranges specified for container and host Ports: 80-85 and 1-2"),
    ("x", "Invalid containerPort: x"),
    ("x:80", "Invalid hostPort: x"), ("80/xyz", "Invalid proto: xyz"),
    ("256.0.0.1:1:2", "Invalid ip address: 256.0.0.1"), ("80:", "No port specified: 80:<empty>"),
    ("70000", "Invalid containerPort: 70000"), ("9-8", "Invalid containerPort: 9-8"),
    ("", "No port specified: <empty>"), ("-1", "Invalid containerPort: -1"),
  ]) func portSpecs(_ text: String, _ result: String) {
    #expect(ports(text) == result)
  }

  @Test(arguments: [
    ("::", true), ("::1", true), ("1::", true), ("fe80::1%eth0", true), ("1:2:3:4:5:6:7:8", true),
    ("::ffff:1.2.3.4", true), ("1:2:3:4:5:6:7", false),
    ("1::2::3", false), (":1:2:3:4:5:6:7", false), ("12345::", false), ("g::", false), ("1.2.3.4", false), ("", false),
    (":", false), (":::", false),
  ]) func addresses(_ text: String, _ isIPv6: Bool) {
    #expect(Addresses.isIPv6(text) == isIPv6)
  }

  private func volume(_ text: String) -> String {
    do throws(VolumeSpec.Problem) {
      let spec = try VolumeSpec.parse(text)
      return [
        spec.kind.rawValue, spec.source ?? "-", spec.target, spec.isReadOnly ? "ro" : nil, spec.noCopy ? "nocopy" : nil,
        spec.propagation, spec.selinux,
      ].compactMap { $0 }.joined(separator: " ")
    } catch { return error.text }
  }

  @Test(arguments: [
    ("/data", "volume - /data"), ("data:/x", "volume data /x"), ("data/dir:/x", "volume data/dir /x"),
    ("./a:/x:ro", "bind ./a /x ro"),
    ("~/a:/x", "bind ~/a /x"), ("c:\\a:/x", "bind c:\\a /x"), ("c:\\a:d:\\b", "bind c:\\a d:\\b"),
    ("vol:/x:nocopy", "volume vol /x nocopy"), ("v:/x", "volume - v:/x"),
    ("/a:/x:rshared,z", "bind /a /x rshared z"), ("vol:/x:cached", "volume vol /x"),
    ("${A:-b}:/x", "volume ${A:-b} /x"), ("/", "volume - /"),
    ("", "invalid empty volume spec"), ("a:b:c:d", "bind a:b c:d"), ("a:/b:c:/d:ro", "bind a:/b c:/d ro"),
    ("name:/b:ro:x", "invalid spec: name:/b:ro:x: too many colons"),
    ("name::x", "invalid spec: name::x: empty section between colons"),
  ]) func volumeSpecs(_ text: String, _ result: String) {
    #expect(volume(text) == result)
  }

  @Test(arguments: [
    ("64m", 67_108_864), ("1gb", 1_073_741_824), ("640kb", 655_360), ("1.5 GiB", 1_610_612_736), ("-1", -1),
    ("100", 100), ("1b", 1), ("2T", 2_199_023_255_552),
    ("0.5k", 512), ("x", nil), ("", nil), ("1x", nil), ("1 m b", nil), ("m", nil), ("1..5k", nil), ("9999999p", nil),
    ("1kib", 1024), ("1ki", nil),
  ]) func sizes(_ text: String, _ bytes: Int?) {
    #expect(Quantities.bytes(text) == bytes)
  }

  @Test(arguments: [
    ("1m30s", "1m30s"), ("90s", "1m30s"), ("1.5h", "1h30m0s"), ("0", "0s"), ("500ms", "500ms"), ("1d", "24h0m0s"),
    ("1w", "168h0m0s"), ("1us", "1\u{B5}s"),
    ("1500us", "1.5ms"), ("-5s", "-5s"), ("+1s", "1s"), (".5s", "500ms"), ("1.s", "1s"), ("10ns", "10ns"),
    ("1h0m0.25s", "1h0m0.25s"), ("10", nil), ("", nil),
    ("s", nil), ("1x", nil), ("1..2s", nil), ("-", nil), ("99999999999w", nil),
  ]) func times(_ text: String, _ printed: String?) {
    #expect(Quantities.nanoseconds(text).map(Quantities.text(nanoseconds:)) == printed)
  }

  @Test(arguments: [
    ("a b  c", ["a", "b", "c"]), ("a 'b c' \"d e\"", ["a", "b c", "d e"]), ("a\\ b", ["a b"]), ("'a\\b'", ["a\\b"]),
    ("", []), ("''", [""]),
    ("echo $(date +%s) x", ["echo", "$(date +%s)", "x"]), ("echo `a b`", ["echo", "`a b`"]), ("a \"b", nil),
    ("a 'b", nil), ("(a)", nil), ("a )", nil),
    ("a\tb\nc", ["a", "b", "c"]), ("a && b", ["a", "&&", "b"]),
  ]) func shellWords(_ text: String, _ words: [String]?) {
    #expect(Quantities.shellWords(text) == words)
  }

  @Test(arguments: [
    ("/a/../b/", "/b"), ("a/./b//c", "a/b/c"), ("../a", "../a"), ("/..", "/"), ("", "."), ("a/..", "."),
  ])
  func paths(_ path: String, _ clean: String) {
    #expect(Files.clean(path) == clean)
  }
}
