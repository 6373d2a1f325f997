// swift-tools-version: 6.2
import PackageDescription

// A package of its own, so that the sanitizer's flags, which scripts/fuzz.sh gives, stay out of the
// product.
let package = Package(
  name: "Fuzz",
  dependencies: [.package(name: "regbench", path: "../..")],
  targets: [
    .executableTarget(
      name: "FuzzReaders",
      dependencies: [.product(name: "Datasets", package: "regbench")])
  ]
)
