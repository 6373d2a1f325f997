import Canonical
import Testing

@testable import Study

@Suite struct SeriesCSVTests {
  private let curves = Series(
    name: "weightHistogram",
    points: [
      SeriesPoint(curve: "fc1.weight", x: -0.5, y: 0.125),
      SeriesPoint(curve: "fc1.weight", x: 0.1, y: 1.0 / 3),
      SeriesPoint(curve: "a, \"b\"", x: 1e-30, y: .nan),
    ])
  private let pictures = Series(images: [
    FilterImage(unit: 3, width: 2, height: 1, low: -0.5, high: 0.25, pixels: [0, 255]),
    FilterImage(unit: 4, width: 1, height: 2, low: 0, high: 0, pixels: [16, 10]),
  ])

  private func run(_ id: String, _ series: Series, trial: Int = 1) -> SeriesRun {
    SeriesRun(
      id: id, arm: "Shakeout", axes: [AxisValue(key: "trainSize", value: "500")], trial: trial,
      series: series)
  }

  @Test func `the file of a series has the documented form`() {
    #expect(
      SeriesCSV.text(curves.name, [run("0a", curves)], axes: ["trainSize"]) == """
        id,arm,trainSize,trial,curve,x,y
        0a,Shakeout,500,1,fc1.weight,-0.5,0.125
        0a,Shakeout,500,1,fc1.weight,0.1,0.3333333333333333
        0a,Shakeout,500,1,"a, ""b""\",1e-30,nan

        """)
    #expect(
      SeriesCSV.text("filters", [run("0a", pictures)], axes: ["trainSize"]) == """
        id,arm,trainSize,trial,unit,width,height,low,high,pixels
        0a,Shakeout,500,1,3,2,1,-0.5,0.25,00ff
        0a,Shakeout,500,1,4,1,2,0,0,100a

        """)
  }

  @Test func `files read back`() throws {
    for series in [curves, pictures] {
      let runs = [run("0a", series), run("0b", series, trial: 2)]
      let text = SeriesCSV.text(series.name, runs, axes: ["trainSize"])
      #expect(try SeriesCSV.parse(text, name: series.name, file: "f").get() == runs)
      #expect(Series(series.json) == series)
    }
    #expect(SeriesCSV.series(inFile: SeriesCSV.fileName("filters")) == "filters")
    for other in [".csv", "README.md", ".tmp.csv"] {
      #expect(SeriesCSV.series(inFile: other) == nil)
    }
  }

  @Test func `the name of a series cannot lead out of the folder`() throws {
    for name in ["../runs", "a/b", "", ".hidden", "a\u{1B}[2J"] {
      let json = JSONValue.object(["name": .string(name), "rows": .string("a,1,2\n")])
      #expect(Series(json) == nil, "\(name)")
    }
    #expect(
      Series(.object(["name": .string("unitMaxima"), "rows": .string("a,1,2\n")])) != nil)
  }

  @Test func `damage is an error with a line`() {
    let head = "id,arm,trial,curve,x,y\n"
    func message(_ text: String, _ name: String = "unitMaxima") -> String? {
      guard case .failure(let problem) = SeriesCSV.parse(text, name: name, file: "s.csv") else {
        return nil
      }
      return "\(problem.location.line): \(problem.message)"
    }
    #expect(message(head) == nil)
    #expect(message(head + "a,b,1,c,0,1\n") == nil)
    let header = "1: not the header of a series: id, arm, the axes, trial, curve, x, y"
    #expect(message("") == header)
    #expect(message("id,arm,trial,unit,width,height,low,high,pixels\n") == header)
    #expect(message(head + "a,b,1,c,0\n") == "2: expected 6 fields, found 5")
    let row = "not a row of trial, curve, x, y"
    #expect(message(head + "a,b,1,c,0,1\na,b,1,c,zero,1\n") == "3: \(row)")
    #expect(message(head + "a,b,first,c,0,1\n") == "2: \(row)")
    #expect(
      message(head + "a,b,1,c,0,1\na,b,2,c,0,1\n")
        == "3: run a has another arm, axis or trial than on line 2")
    #expect(message(head + "a,b,1,\"c,0,1\n") == "2: a quote that is never closed")
    let pictures = "id,arm,trial,unit,width,height,low,high,pixels\n"
    #expect(
      message(pictures + "a,b,1,0,2,1,0,1,00f\n", "filters")?.hasPrefix("2: not a row") == true)
    #expect(
      message(pictures + "a,b,1,0,1,1,0,1,0g\n", "filters")?.hasPrefix("2: not a row") == true)
    #expect(message(pictures + "a,b,1,0,1,1,0,1,0f\n", "filters") == nil)
  }

  @Test func `the digest of a series changes with every point but not with their order`() {
    let both = Series.digest([curves, pictures])
    #expect(both.count == 16)
    #expect(both == Series.digest([pictures, curves]))
    #expect(Series.digest([]) == "" && Series.digest([Series(name: "x", points: [])]) == "")
    var other = curves
    other.points[1].y = 0.3333333333333334
    #expect(Series.digest([other, pictures]) != both)
    other = curves
    other.points.removeLast()
    #expect(Series.digest([other, pictures]) != both)
    #expect(Series.digest([curves]) != both)
  }

  @Test func `records of runs without series have no column of them`() throws {
    var record = RunRecordCSVTests.example
    let axes = record.axes.map(\.key)
    let plain = RecordedRuns.csv([record], axes: axes)
    #expect(plain.hasPrefix(RecordedRuns.header(axes: axes, hasSeries: false)))
    record.seriesDigest = "0123456789abcdef"
    let text = RecordedRuns.csv([RunRecordCSVTests.example, record], axes: axes)
    #expect(text.split(separator: "\n").first?.hasSuffix(",arithmetic,series,digest") == true)
    #expect(text.hasSuffix(",0123456789abcdef,\(record.rowDigest)\n"))
    #expect(
      try RecordedRuns(text, file: "r").records == [RunRecordCSVTests.example, record])
    #expect(RunRecordCSVTests.example != record)
  }
}
