import Canonical
import Testing

@Suite struct BenchTests {
  @Test func `bench prints the figures of every network as JSON`() throws {
    let outcome = try Sandbox().regbench(
      "bench", "lenet", "autoencoder", "dcgan", "--batch", "2", "--steps", "1", "--windows", "1",
      "--json")
    #expect(outcome.status == 0)
    #expect(outcome.stderr == "")
    let value = try JSONParser.parse(Array(outcome.stdout.utf8), file: "stdout").get()
    let rows = try #require(value.elements)
    #expect(rows.map { $0["network"]?.stringValue } == ["lenet", "autoencoder", "dcgan"])
    for row in rows {
      for key in ["train_images_per_s", "infer_images_per_s", "gflops", "peak_mb"] {
        #expect(row[key]?.doubleValue ?? 0 > 0, "\(key)")
      }
    }
  }

  @Test func `shows where the time goes`() throws {
    let outcome = try Sandbox().regbench(
      "bench", "lenet", "--batch", "2", "--steps", "1", "--windows", "1", "--layers")
    #expect(outcome.status == 0)
    for word in ["forward ms", "backward ms", "conv1", "fc2", "update", "idle"] {
      #expect(outcome.stdout.contains(word), "\(word)")
    }
  }

  @Test func `trains with the methods that it is told`() throws {
    let outcome = try Sandbox().regbench(
      "bench", "lenet", "--batch", "2", "--steps", "1", "--windows", "1", "--layers",
      "--regularizer", #"{"name": "shakeout", "drop": 0.3, "c": 0.1}"#)
    #expect(outcome.status == 0)
    #expect(outcome.stdout.contains("ShakeoutDense") && !outcome.stdout.contains("UnitNoise"))
    for wrong in [
      "shakeout", #"{"name": "shakout"}"#, #"{"name": "dropout", "rate": 0.5}"#,
      #"{"name": "flip"}"#, #"{"name": "stochasticDepth"}"#,
    ] {
      let refused = try Sandbox().regbench("bench", "lenet", "--regularizer", wrong)
      #expect(refused.status == 64, "\(wrong)")
      #expect(refused.stderr.contains("--regularizer"), "\(wrong)")
    }
  }

  @Test func `unknown networks and regularizers are refused`() throws {
    let unknown = try Sandbox().regbench("bench", "dcgam")
    #expect(unknown.status == 64)
    #expect(unknown.stderr.contains("did you mean \"dcgan\"?"))
    let depth = try Sandbox().regbench("bench", "wrn-17-4")
    #expect(depth.status == 64)
    #expect(depth.stderr.contains("6n + 4"))
    let window = try Sandbox().regbench("bench", "lenet", "--seconds", "0")
    #expect(window.status == 64)
  }

  @Test func `numbers for which no machine has room are refused before anything is computed`()
    throws
  {
    let most = "9223372036854775807"
    for (option, value) in [
      ("--threads", most), ("--threads", "1025"), ("--threads", "0"),
      ("--batch", "9223372036854775"), ("--batch", "65537"), ("--steps", most), ("--windows", most),
    ] {
      let outcome = try Sandbox().regbench("bench", "lenet", option, value)
      #expect(outcome.status == 64, "\(option) \(value)")
      #expect(outcome.stderr.contains("\(option) must be from 1 to"), "\(option) \(value)")
    }
  }
}
