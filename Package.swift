// swift-tools-version: 6.1
import PackageDescription

// `make release` links one static file (-Xswiftc -static-executable); other builds stay dynamic and link in a moment.
let package = Package(
  name: "composex",
  products: [.executable(name: "composex", targets: ["composex"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
  ],
  targets: [
    // The static archives of Debian's -dev packages: no pkg-config, no shared library at run time.
    .target(
      name: "CLua",
      linkerSettings: [.linkedLibrary(":liblua5.4.a"), .linkedLibrary("m"), .linkedLibrary("dl")]),
    .target(name: "CYAML", linkerSettings: [.linkedLibrary(":libyaml.a")]),
    // The text files are #embed-ded; SwiftPM has nothing to do with them.
    .target(name: "CEmbedded", exclude: ["resource-types.txt", "lua-files.inc", "template-files.inc"]),
    .target(name: "CHeap"),
    .target(name: "ComposeXLua", dependencies: ["CLua"]),
    .target(
      name: "ComposeXEngine",
      dependencies: [
        "ComposeXLua", "CYAML", "CEmbedded",
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "OrderedCollections", package: "swift-collections"),
      ]),
    .executableTarget(
      name: "composex",
      dependencies: [
        "CHeap", "ComposeXEngine",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),
    // Started by tests: scripts that end their process.
    .executableTarget(name: "LuaProbe", dependencies: ["ComposeXLua"], path: "Tests/LuaProbe"),
    .testTarget(name: "ComposeXLuaTests", dependencies: ["ComposeXLua", "CLua", "LuaProbe"]),
    .testTarget(name: "ComposeXEngineTests", dependencies: ["ComposeXEngine"]),
    .testTarget(name: "ComposeXTests", dependencies: ["ComposeXEngine", "composex"]),
  ],
  swiftLanguageModes: [.v6]
)
