// swift-tools-version: 6.1
import PackageDescription

// The release binary is one static file; a debug build stays dynamic, so that it links in a moment.
let staticExecutable: [SwiftSetting] = [.unsafeFlags(["-static-executable"], .when(configuration: .release))]

let package = Package(
  name: "composex",
  products: [.executable(name: "composex", targets: ["composex"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
  ],
  targets: [
    // The static archives of Debian's -dev packages: no pkg-config, no shared library at run time.
    .target(
      name: "CLua",
      linkerSettings: [.linkedLibrary(":liblua5.4.a"), .linkedLibrary("m"), .linkedLibrary("dl")]),
    .target(name: "CYAML", linkerSettings: [.linkedLibrary(":libyaml.a")]),
    .target(name: "CEmbedded"),
    .target(name: "ComposeXLua", dependencies: ["CLua"]),
    .target(
      name: "ComposeXEngine",
      dependencies: [
        "ComposeXLua", "CYAML", "CEmbedded",
        .product(name: "OrderedCollections", package: "swift-collections"),
      ]),
    .executableTarget(
      name: "composex",
      dependencies: [
        "ComposeXEngine",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: staticExecutable,
      linkerSettings: [.unsafeFlags(["-static-executable"], .when(configuration: .release))]),
    // Started by tests: scripts that end their process.
    .executableTarget(
      name: "LuaProbe", dependencies: ["ComposeXLua"], path: "Tests/LuaProbe", swiftSettings: staticExecutable,
      linkerSettings: [.unsafeFlags(["-static-executable"], .when(configuration: .release))]),
    .testTarget(name: "ComposeXLuaTests", dependencies: ["ComposeXLua", "CLua", "LuaProbe"]),
    .testTarget(name: "ComposeXEngineTests", dependencies: ["ComposeXEngine"]),
    .testTarget(name: "ComposeXTests", dependencies: ["ComposeXEngine", "composex"]),
  ],
  swiftLanguageModes: [.v6]
)
