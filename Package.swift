// swift-tools-version: 6.2
import PackageDescription

// Swift compiles for the oldest x86-64 unless told otherwise; the kernels need AVX2 and FMA.
// `REGBENCH_PORTABLE=1 swift build` leaves the flags out.
var kernelSettings: [SwiftSetting] = []
var buildIsPortable = true
#if arch(x86_64)
  if Context.environment["REGBENCH_PORTABLE"] != "1" {
    kernelSettings = [.unsafeFlags(["-Xcc", "-march=x86-64-v3"])]
    buildIsPortable = false
  }
#endif
if buildIsPortable { kernelSettings.append(.define("REGBENCH_PORTABLE")) }
var shimSettings: [CSetting] = buildIsPortable ? [.define("REGBENCH_PORTABLE")] : []

// `make` says which commit it builds; a plain `swift build` says "unknown". An environment variable
// cannot go stale as a generated file would.
let buildSettings: [CSetting] =
  Context.environment["REGBENCH_BUILD"].map { [.define("REGBENCH_BUILD", to: $0)] } ?? []

// `make install` and `make dist` set this: the program then needs no library but the C library's.
let linksStatically = Context.environment["REGBENCH_STATIC"] == "1"
func library(_ name: String) -> LinkerSetting {
  linksStatically ? .linkedLibrary(":lib\(name).a") : .linkedLibrary(name)
}
if linksStatically { shimSettings.append(.define("REGBENCH_STATIC")) }

let package = Package(
  name: "regbench",
  products: [
    .executable(name: "regbench", targets: ["regbench"]),
    // For Tests/Fuzz, a package of its own.
    .library(name: "Datasets", targets: ["Datasets"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2")
  ],
  targets: [
    // Arrows only run downwards: each target may import what is listed here and nothing else, which
    // a test compares.
    .executableTarget(
      name: "regbench",
      dependencies: [
        "Report", "Runner", "Study", "Datasets", "Engine", "Weights", "Model", "Durable",
        "System", "Canonical", "CEmbedded",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      exclude: ["Documentation"]),
    .target(
      name: "Report", dependencies: ["Study", "Model", "Durable", "Canonical"]),
    .target(
      name: "Runner",
      dependencies: [
        "Study", "Engine", "Datasets", "Weights", "Model", "Durable", "System", "Canonical",
      ]),
    .target(name: "Study", dependencies: ["Model", "Durable", "Canonical", "CEmbedded"]),
    .target(
      name: "Datasets",
      dependencies: ["Model", "Durable", "System", "Canonical", "CZlib", "CEmbedded"]),
    .target(
      name: "Weights", dependencies: ["Model", "Durable", "Canonical"]),
    .target(name: "Engine", dependencies: ["Model", "System", "Canonical", "CBLASShim"]),
    .target(name: "Model", dependencies: ["Canonical"]),
    .target(name: "Durable", dependencies: ["System", "Canonical"]),
    .target(name: "System"),
    .target(name: "Canonical", dependencies: ["CSHA256"]),

    // C, and only here: what Swift cannot import, or cannot do before main.
    // OpenBLAS is loaded when it is needed (gemm.c says why), unless it is linked in.
    .target(
      name: "CBLASShim", cSettings: shimSettings,
      linkerSettings: linksStatically ? [library("openblas")] : []),
    .target(name: "CZlib", linkerSettings: [library("z")]),
    .target(name: "CSHA256"),
    .target(name: "CEmbedded", exclude: ["data"], cSettings: buildSettings),

    // Writes the generated parts of the documentation; no part of the product.
    .executableTarget(
      name: "GenerateDocs", dependencies: ["Report", "Study", "Model", "Durable", "Canonical"]),

    // Counts allocations; an executable of its own because it replaces malloc.
    .executableTarget(
      name: "AllocationProbe", dependencies: ["Engine", "Model"], path: "Tests/AllocationProbe",
      linkerSettings: [
        .unsafeFlags(
          ["malloc", "calloc", "realloc", "memalign", "aligned_alloc", "posix_memalign"].flatMap {
            ["-Xlinker", "--defsym=\($0)=counting_\($0)"]
          })
      ]),
    .target(
      name: "TestSupport", dependencies: ["Model", "Durable"],
      path: "Tests/TestSupport"),
    .testTarget(name: "CanonicalTests", dependencies: ["Canonical"]),
    .testTarget(name: "ModelTests", dependencies: ["Model", "Canonical"]),
    .testTarget(name: "SystemTests", dependencies: ["System"]),
    .testTarget(
      name: "DurableTests", dependencies: ["Durable", "Canonical", "TestSupport"]),
    .testTarget(
      name: "DatasetsTests",
      dependencies: ["Datasets", "Model", "Durable", "Canonical", "CZlib", "TestSupport"],
      exclude: ["Fixtures"]),
    .testTarget(
      name: "WeightsTests",
      dependencies: ["Weights", "Model", "Durable", "Canonical", "TestSupport"],
      exclude: ["Files"]),
    .testTarget(
      name: "EngineTests",
      dependencies: ["Engine", "Weights", "Model", "Durable", "Canonical", "TestSupport"],
      exclude: ["References/PyTorch"]),
    .testTarget(
      name: "StudyTests",
      dependencies: ["Study", "Model", "Durable", "Canonical", "TestSupport"],
      exclude: ["Cases"]),
    .testTarget(
      name: "RunnerTests",
      dependencies: [
        "Runner", "Report", "Study", "Engine", "Datasets", "Weights", "Model", "Durable", "System",
        "Canonical", "TestSupport",
      ]),
    .testTarget(
      name: "ReportTests",
      dependencies: ["Report", "Study", "Durable", "Canonical", "TestSupport"]),
    .testTarget(
      name: "CommandTests",
      dependencies: [
        "regbench", "Report", "Runner", "Study", "Durable", "Canonical", "TestSupport",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),
    .testTarget(
      name: "DocumentationTests",
      dependencies: ["GenerateDocs", "regbench", "Durable", "Canonical", "TestSupport"]),
  ]
)

for target in package.targets {
  target.swiftSettings = (target.swiftSettings ?? []) + kernelSettings
}

// `REGBENCH_TESTS=StudyTests,ModelTests swift test` builds these test targets alone.
if let wanted = Context.environment["REGBENCH_TESTS"]?.split(separator: ",").map(String.init) {
  package.targets.removeAll { $0.type == .test && !wanted.contains($0.name) }
}

// `ImageSet` lends spans of the memory that it owns, which the language does not let a library say
// without this name yet.
for target in package.targets where target.name == "Datasets" {
  target.swiftSettings?.append(.enableExperimentalFeature("Lifetimes"))
}
