import Canonical
import Model
import Testing

@testable import Engine

@Suite struct BenchmarkSubjectTests {
  private func subject(_ name: String) throws -> BenchmarkSubject {
    try .network(
      NetworkChoice(reading: .string(name), DiagnosticCollector()), regularizers: nil)
  }

  @Test func `only classifiers without noise or normalization get dropout`() throws {
    for (name, noise) in [
      ("mlp", 1), ("lenet", 1), ("alexfastnet", 1), ("vgg-16", 2), ("resnet-20", 0),
      ("autoencoder", 0), ("dcgan-generator", 0),
    ] {
      let networks = try subject(name).networks
      #expect(networks.count == 1)
      let layers = networks[0].spec.allLayers.filter { named in
        if case .unitNoise = named.layer { true } else { false }
      }
      #expect(layers.count == noise, "\(name)")
    }
  }

  @Test func `the output decides the loss`() throws {
    for (name, isClassifier) in [
      ("lenet", true), ("autoencoder", false), ("regression-mlp", false),
    ] {
      if case .classifier = try subject(name) {
        #expect(isClassifier)
      } else {
        #expect(!isClassifier)
      }
    }
  }

  @Test func `batches are the usual ones`() {
    for (name, batch) in [
      ("mlp", 100), ("lenet", 64), ("alexfastnet", 128), ("autoencoder", 100), ("vgg-16", 128),
      ("wrn-16-4", 128), ("resnet-20", 128), ("preresnet-164", 32), ("densenet-bc-100-12", 64),
      ("dcgan", 64), ("resnext-29-8x64", 16),
    ] {
      #expect(BenchmarkSubject.usualBatch(name) == batch, "\(name)")
    }
  }

  @Test func `counts all passes of a step`() throws {
    #expect(try subject("lenet").trainingMultiplyAdds() == 3 * 2_293_000)
    #expect(
      try BenchmarkSubject.digitsDCGAN.trainingMultiplyAdds()
        == 3 * 85_612_800 + 8 * 16_772_352)
  }
}
