import Canonical
import Glibc
import Model

/// A cell that trains a generator of images against a discriminator, to which regularizers attach.
package struct GANSpec: TrainedTask {
  package static let blank = GANSpec()
  package static let fields: [Field<GANSpec>] =
    Field.inline(TrainingSetup.fields, \.training) + [
      .network(
        "generator", \.generator, .optional,
        "the network that makes images, where two play against each other")
    ]

  package static let learner = "a GAN"
  package static let learnsFromImages = true
  package static let isClassifier = false
  package static let hasValidationLoss = false
  package static let figures = [GANValue.figure]

  /// Its network is the discriminator.
  package var training = TrainingSetup.blank
  package private(set) var generator = NetworkChoice(DCGANGenerator())

  package var tableMetrics: [Metric] {
    [.valueRange, .largestSpike]
  }

  /// What makes images of the data's shape.
  package func generatorSpec(_ facts: DatasetFacts) -> NetworkSpec {
    generator.network(input: facts.shape, classes: 1)
  }

  package func mismatch(_ network: NetworkSpec, classes: Int) -> String? {
    guard let shape = try? network.outputShape(), network.output != .logOdds || shape.count != 1
    else { return nil }
    return "\(network.name) does not end in the log-odds that an image is real; "
      + "\"\(DCGANDiscriminator.family)\" does"
  }

  package func checkNeeds(_ facts: DatasetFacts, _ check: CellCheck) {
    if training.dataset.validation > 0 {
      check.add(
        "a GAN is not evaluated on images, so holding some out only takes them away",
        "dataset.validation", "leave it out")
    }
    if training.recipe.initialWeights != nil {
      check.add("a GAN's two networks start from drawn weights", "training.initialWeights", nil)
    }
    let generator = generatorSpec(facts)
    do throws(ShapeError) {
      let shape = try generator.outputShape()
      if generator.output != .values {
        check.add(
          "\(generator.name) does not make values of pixels; \"\(DCGANGenerator.family)\" does",
          "generator", nil)
      } else if shape != facts.shape {
        check.add(
          "\(generator.name) makes images of \(shape), not \(facts.shape)", "generator", nil)
      }
    } catch {
      check.add("\(error.layer): \(error.problem)", "generator", nil)
    }
  }
}

/// The value of the game: smallest and largest within windows of updates (Shakeout, Figs 11 and 12).
package enum GANValue {
  /// The name of the series, and of the figure that is drawn of it.
  package static let series = "ganValue"

  /// The curves of the series, each by the last update of a window.
  package enum Curve: String {
    case least = "value.min"
    case largest = "value.max"
    case mean = "value.mean"
  }

  static let figure = FigureKind(
    name: series, heading: "Value of the adversarial game",
    explanation:
      "The smallest and largest value of the game within windows of updates, all arms on one axis: "
      + "a discriminator that wins shows as spikes.", series: series,
    drawing: .charts { series in series.combinations.map { ($0, chart(series.arms(at: $0))) } })

  /// One axis for all arms, so that the widths of their bands can be compared.
  private static func chart(_ arms: [StudySeries.ArmRuns]) -> Chart {
    let layers = arms.map {
      Chart.Layer(name: $0.arm, index: $0.index, form: .band, points: windows($0.points))
    }
    let window = layers.flatMap { $0.points.map(\.x) }.min() ?? 0
    return Chart(
      title: "Value of the game", x: ChartAxis(label: "update"),
      y: ChartAxis(label: "−V(D, G) (nats)"), layers: layers,
      guides: [(log(4), "ln 4: equilibrium")],
      notes: ["Bands: least to largest in windows of \(Int(window)) updates; lines: means."])
  }

  /// The windows of a run; several runs' windows are joined.
  static func windows(_ points: [SeriesPoint]) -> [Chart.Point] {
    func values(_ curve: Curve) -> [Double: [Double]] {
      Dictionary(grouping: points.filter { $0.curve == curve.rawValue && $0.y.isFinite }) { $0.x }
        .mapValues { $0.map(\.y) }
    }
    let (least, largest, means) = (values(.least), values(.largest), values(.mean))
    return means.keys.sorted().compactMap { end in
      guard let mean = means[end].flatMap(Statistics.mean), let low = least[end]?.min(),
        let high = largest[end]?.max(), low <= high
      else { return nil }
      return Chart.Point(end, mean, interval: low...high)
    }
  }
}
