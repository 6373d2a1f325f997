import Canonical
import Study
import Testing

@testable import Runner

@Suite struct MessagesTests {
  @Test func `what a parent says is understood`() throws {
    let order = CellOrder(
      id: "0123", spec: .object(["seed": .number(1)]), dataDigest: "ab", folder: "runs/a b/0123",
      threads: 2, checkpointSeconds: .infinity, dataFolder: "/data/ä", weightsDigest: "cd",
      keepsWeights: true)
    for message in [ParentMessage.cell(order), .stop] {
      #expect(ParentMessage(try overTheWire(message.json)) == message)
    }
  }

  @Test func `what a worker says is understood`() throws {
    let point = CurvePoint(
      update: 500, trainingLoss: 0.1 + 0.2, validationError: nil, testError: 100.0 / 3)
    let outcome = TrainingResult(
      updates: 500, last: point, bestOnValidation: nil, bestOnTest: point, lastLoss: 1e-300,
      hasDiverged: false, weightsHash: "00ff",
      cost: RunCost(
        seconds: 1.5, imagesPerSecond: 1e6, peakMegabytes: 12.25, threads: 2, checkpointSeconds: 0))
    let progress = CellProgress(update: 3, total: 9, imagesPerSecond: 0.5, loss: .infinity)
    let messages: [WorkerMessage] = [
      .ready(
        WorkerFacts(
          openBLASCore: "Zen", openBLASConfig: "OpenBLAS \"x\"\n",
          arithmetic: Arithmetic(text: "Zen 2"))),
      .claimed(id: "a", update: 0), .progress(id: "a", progress),
      .unusable(reason: "no memory"), .checkpointed(id: "a", update: 7),
      .notSaved(id: "a", reason: "full"), .done(id: "a", outcome),
      .failed(id: "a", reason: "no"), .stopped(id: "a", update: 8),
    ]
    for message in messages { #expect(WorkerMessage(try overTheWire(message.json)) == message) }
  }

  @Test(arguments: [
    "{}", #"{"type":"cell"}"#, #"{"type":"done","id":"a"}"#, #"{"type":"x","id":"a"}"#,
  ])
  func `what is incomplete is no message`(text: String) throws {
    let json = try JSONParser.parse(Array(text.utf8), file: "test").get()
    #expect(ParentMessage(json) == nil)
    #expect(WorkerMessage(json) == nil)
  }

  private func overTheWire(_ json: JSONValue) throws -> JSONValue {
    try JSONParser.parse(Array(json.canonicalText.utf8), file: "test").get()
  }
}
