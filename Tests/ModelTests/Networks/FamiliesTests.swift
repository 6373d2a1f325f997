import Canonical
import Testing

@testable import Model

/// What holds for every network of every family.
@Suite struct FamiliesTests {
  /// The references and networks at unusual parameters.
  static let texts =
    NetworkChoice.references.map { $0.choice.json.canonicalText } + [
      #""wrn-10-1""#, #"{"name": "wrn-22-8", "dropout": 0.3}"#,
      #"{"name": "wrn", "depth": 40, "widening": 2}"#, #""resnet-56""#, #""resnet-29""#,
      #"{"name": "resnet-110", "block": "bottleneck"}"#,
      #"{"name": "resnet-11", "shortcut": "A", "width": 4}"#, #""resnet-1202""#,
      #""resnet-1001""#, #""preresnet-20""#,
      #"{"name": "preresnet-20", "block": "bottleneck", "width": 4}"#,
      #""densenet-bc-250-24""#, #"{"name": "densenet-bc-22-12", "dropout": 0.2}"#,
      #""densenet-bc-10-3""#, #"{"name": "resnext-11-2x16", "width": 8}"#, #""vgg-13""#,
      #"{"name": "vgg-11", "width": 16, "dropout": 0}"#,
      #"{"name": "alexnet-32", "width": 8}"#, #"{"name": "alexfastnet", "width": 8}"#,
      #"{"name": "resnet-18", "width": 4}"#, #"{"name": "dropact-simple", "width": 3}"#,
      #"{"name": "dcgan-generator", "noise": 10, "width": 2}"#,
      #"{"name": "dcgan-discriminator", "width": 2}"#,
    ]

  private func network(_ text: String) throws -> NetworkSpec {
    let (choice, messages) = try choice(text)
    #expect(messages.isEmpty, "\(messages)")
    let isCaffe = choice.name == "alexnet-caffe"
    let input = isCaffe ? FeatureShape(height: 227, width: 227, channels: 3) : .cifarImage
    return choice.network(input: input, classes: 10)
  }

  @Test(arguments: texts) func `layers fit and names are unique`(_ text: String) throws {
    let network = try network(text)
    let placed = try network.placedLayers()
    #expect(Set(placed.map(\.name)).count == placed.count)
    let parameters = placed.flatMap(\.parameters).map(\.name)
    #expect(Set(parameters).count == parameters.count)
    #expect(placed.allSatisfy { NamedLayer.isLegal($0.name) })
    #expect(placed.map(\.name) == network.allLayers.map(\.name))
    #expect(Set(network.defaultSites).isSubset(of: network.linearSites))
    #expect(!network.defaultSites.isEmpty)
  }

  @Test(arguments: texts) func `canonical form reads back`(_ text: String) throws {
    let first = try choice(text).choice
    let (second, messages) = try choice(first.json.canonicalText)
    #expect(messages.isEmpty)
    #expect(second == first)
    #expect(second.hashValue == first.hashValue)
    #expect(second.name == first.name)
    #expect(second.json.canonicalText == first.json.canonicalText)
  }

  /// Written layer by layer, every network is the same network.
  @Test(arguments: texts) func `layers read back`(_ text: String) throws {
    let network = try network(text)
    let list = NetworkChoice(
      LayerList(
        name: "copy", layers: network.layers.filter { !$0.name.hasSuffix(".input") },
        output: network.output, sites: network.ownDefaultSites))
    let (read, messages) = try choice(list.json.prettyText)
    #expect(messages.isEmpty)
    #expect(read == list)
    let again = read.network(input: network.input, classes: 3)
    #expect(try again.parameterCount() == network.parameterCount())
    #expect(try again.multiplyAdds() == network.multiplyAdds())
    #expect(again.defaultSites == network.defaultSites)
  }

  @Test func `depth counts layers with weights`() throws {
    // Without shortcuts, as the papers count.
    func depth(_ name: String) throws -> Int {
      let shortcuts = ["Shortcut", "shortcut", "downsample"]
      return try network("\"\(name)\"").linearSites.count { site in
        !shortcuts.contains { site.contains($0) }
      }
    }
    #expect(try depth("wrn-22-8") == 20)
    for (name, expected) in [
      ("resnet-56", 56), ("resnet-164", 164), ("preresnet-164", 164), ("resnext-29-8x64", 29),
      ("densenet-bc-250-24", 250), ("resnet-18", 18), ("densenet-bc-100-12", 100),
    ] {
      #expect(try depth(name) == expected)
    }
  }

}
