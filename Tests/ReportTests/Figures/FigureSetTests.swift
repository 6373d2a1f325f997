import Study
import Testing

@testable import Report

@Suite struct FigureSetTests {
  private func drawn(
    _ kind: FigureKind, axes: String = "\"trainSize\": [300, 600]"
  ) throws -> FigureSet {
    let study = try FigureFixture.study([kind], axes: axes)
    let records = FigureFixture.records(study)
    return FigureSet(study: study, records: records, series: FigureFixture.series(records))
  }

  @Test(arguments: FigureKind.all)
  func `every figure is drawn from records alone`(kind: FigureKind) throws {
    let set = try drawn(kind)
    #expect(set.absent == [])
    #expect(!set.figures.isEmpty)
    for figure in set.figures {
      #expect(figure.fileName.hasPrefix(kind.name) && figure.fileName.hasSuffix(".svg"))
      #expect(!figure.svg.contains("nan"))
      let outline = try XMLOutline(figure.svg)
      #expect(outline.isBalanced, "\(figure.fileName): \(outline.problem ?? "")")
      // A reduced study says so in every drawing.
      #expect(figure.svg.contains("Hollow and dashed") || figure.svg.contains("<text"))
    }
    #expect(Set(set.figures.map(\.fileName)).count == set.figures.count)
    #expect(try drawn(kind) == set)
  }

  /// A study with two networks draws most figures twice.
  @Test(arguments: FigureKind.all)
  func `no two figures have one title, and each has marks`(kind: FigureKind) throws {
    let networks = #""network": ["lenet", {"name": "mlp", "hidden": [8]}], "trainSize": [300, 600]"#
    let set = try drawn(kind, axes: networks)
    #expect(Set(set.figures.map(\.title)).count == set.figures.count)
    for figure in set.figures {
      let drawing = figure.svg.split(separator: "<g transform").dropFirst().joined()
      let hasMarks = ["m", "h", "l", "p", "b", "k"].contains { drawing.contains(" \($0)\"") }
      #expect(hasMarks || drawing.contains("<image"), "\(figure.fileName) is empty")
    }
  }

  @Test(arguments: FigureKind.all)
  func `without records there is a reason`(kind: FigureKind) throws {
    let study = try FigureFixture.study([kind])
    let set = FigureSet(study: study, records: [], series: [:])
    #expect(set.figures.isEmpty)
    #expect(set.absent.map(\.kind) == [kind])
    #expect(set.absent.allSatisfy { !$0.reason.isEmpty && !$0.reason.hasSuffix(".") })
  }

  @Test(arguments: FigureKind.all)
  func `the order of records plays no part`(kind: FigureKind) throws {
    let study = try FigureFixture.study([kind])
    let records = FigureFixture.records(study)
    let shuffled = FigureSet(
      study: study, records: records.reversed(),
      series: FigureFixture.series(records.reversed()))
    #expect(try drawn(kind) == shuffled)
  }

  @Test func `series of other runs play no part`() throws {
    let study = try FigureFixture.study(LearningCurve.figures)
    let records = FigureFixture.records(study)
    var series = FigureFixture.series(records)
    for index in series["learningCurve"]?.indices ?? 0..<0 {
      series["learningCurve"]?[index].id = "another"
    }
    #expect(
      FigureSet(study: study, records: records, series: series).absent.map(\.reason)
        == ["no finished run has recorded the series \"learningCurve\""])
  }

  @Test func `a reduced study says so in every drawing`() throws {
    let study = try ReportFixture.study("smoke", settings: [#"figures=["errorAgainstTrainSize"]"#])
    let set = FigureSet(
      study: study,
      records: ReportFixture.records([("500", "Dropout", [6.2, 6.1])]), series: [:])
    let figure = try #require(set.figures.first)
    #expect(figure.svg.contains("Reduced profile &quot;smoke&quot; on mnist-5k"))
    #expect(figure.svg.contains("Altered study"))
  }

  @Test func `a drawing says that runs are missing where its own are`() throws {
    let unfinished = "Unfinished: not all runs are there yet."
    let study = try FigureFixture.study(LearningCurve.figures)
    let complete = FigureFixture.records(study)
    let missing = complete.filter { $0.row != study.rows[0] }
    let set = FigureSet(
      study: study, records: missing, series: FigureFixture.series(missing))
    let place = try #require(study.rows[0].axes.first { $0.key == "trainSize" }).value
    #expect(set.figures.contains { $0.fileName.contains("-\(place)") })
    for figure in set.figures {
      #expect(figure.svg.contains(unfinished) == figure.fileName.contains("-\(place)"))
    }
    let whole = FigureSet(
      study: study, records: complete, series: FigureFixture.series(complete))
    #expect(whole.figures.allSatisfy { !$0.svg.contains(unfinished) })
  }

  @Test func `names are fit for files`() {
    #expect(Figure.fileSafe("L1 λ = 0.001 / ../x") == "l1-0.001-..-x")
    let figure = Figure(Filters.figures[0], parts: ["Shakeout c 10", ""], title: "", svg: "")
    #expect(figure.fileName == "filters-shakeout-c-10.svg")
  }
}
