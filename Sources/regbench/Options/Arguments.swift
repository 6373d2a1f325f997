import ArgumentParser
import Runner
import Study

extension StoppingRule: ExpressibleByArgument {
  /// Reads `verdict` or `ci=0.2`.
  package init?(argument: String) { self.init(argument) }
}

extension Shard: ExpressibleByArgument {
  /// Reads `0/4`.
  package init?(argument: String) { self.init(argument) }
}
