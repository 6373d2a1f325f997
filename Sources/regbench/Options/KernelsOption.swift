import ArgumentParser
import Engine

extension MatrixKernels: ExpressibleByArgument {}

/// `--kernels`.
struct KernelsOption: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Kernels of OpenBLAS: \"pinned\" gives the same bits on every processor with AVX2, "
        + "\"fastest\" are OpenBLAS's own choice for this one.",
      valueName: "kernels"))
  var kernels = MatrixKernels.pinned
}
