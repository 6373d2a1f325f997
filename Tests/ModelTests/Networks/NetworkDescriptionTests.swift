import Canonical
import Testing

@testable import Model

@Suite struct NetworkDescriptionTests {
  @Test func `a block is described with everything in it`() throws {
    let description = try NetworkDescription(network("resnet-20"))
    let json = description.json
    #expect(json["parameters"]?.intValue == description.parameters)
    let layers = try #require(json["layers"]?.elements)
    let block = try #require(layers.first { $0["name"]?.stringValue == "layer2.0" })
    #expect(block["kind"]?.stringValue == "residual")
    #expect(block["body"]?.elements?.count == 5)
    let shortcut = try #require(block["shortcut"]?.elements)
    #expect(
      shortcut[0].canonicalText == """
        {"input":[16,32,32],"kind":"convolution","multiply_adds":131072,"name":\
        "layer2.0.downsample.0","output":[32,16,16],"parameters":[{"count":512,"fan_in":16,\
        "fan_out":32,"name":"layer2.0.downsample.0.weight","role":"weight","shape":[32,16,1,1]}],\
        "settings":{"bias":false,"groups":1,"kernel":1,"outputs":32,"padding":0,"stride":2}}
        """)
    #expect(
      shortcut[1]["statistics"]?.canonicalText == """
        [{"name":"layer2.0.downsample.1.running_mean","shape":[32],"start":0},\
        {"name":"layer2.0.downsample.1.running_var","shape":[32],"start":1}]
        """)
  }

  /// The described layers, read as a config, are the network again.
  @Test(arguments: ["wrn-10-1", "densenet-bc-22-12", "resnext-11-2x16", "alexfastnet"])
  func `the description rebuilds the network`(_ name: String) throws {
    let original = try network(name)
    let layers = try #require(try NetworkDescription(original).json["layers"]?.elements)
    let text = JSONValue.object([
      "layers": .array(layers.map(config)),
      "sites": .array(original.defaultSites.map { .string($0) }),
    ]).canonicalText
    let (copy, messages) = try choice(text)
    #expect(messages.isEmpty)
    #expect(copy.network(input: original.input, classes: 10).layers == original.layers)
  }

  /// A described layer in the form of a config.
  private func config(_ layer: JSONValue) -> JSONValue {
    var members = (layer.members ?? []).filter { $0.name == "kind" || $0.name == "name" }
    members += layer["settings"]?.members ?? []
    for branch in ["body", "shortcut"] {
      guard let elements = layer[branch]?.elements else { continue }
      members.append(.init(branch, .array(elements.map(config))))
    }
    return .object(members)
  }

  @Test func `replacements are described`() throws {
    let network = try network("lenet", .mnistImage).attaching([Shakeout(drop: 0.4, c: 0.01)])
    let layers = try #require(try NetworkDescription(network).json["layers"]?.elements)
    #expect(layers.last?["settings"]?["replacement"]?["c"]?.doubleValue == 0.01)
  }

  @Test func `the multiply-adds of a description are the sum over its layers`() throws {
    let description = try NetworkDescription(network("densenet-bc-100-12"))
    #expect(description.multiplyAdds == description.layers.reduce(0) { $0 + $1.multiplyAdds })
    #expect(description.layers.count > description.tree.count)
  }
}
