import Canonical
import Study
import Testing

@testable import Report

@Suite struct StudyPageTests {
  private func study(
    _ profile: String? = nil, _ records: [RunRecord] = ReportFixture.records()
  ) throws -> StudyRecords {
    let study = try ReportFixture.study(profile, settings: [])
    return StudyRecords(
      folder: "results/mnist shakeout/paper", study: study, records: records,
      table: ResultTable(study: study, records: records),
      figures: FigureSet(study: study, records: records, series: [:]),
      provenance: Provenance(
        study: study.name, profile: study.profile, engineRevision: 2,
        data: [.init(name: "mnist", digest: "abc", origin: "found", isVerified: true)],
        sessions: [
          .init(
            date: "2026-11-23T04:05:06Z", build: "0.1.0 (abc)",
            commandLine: ["/opt/regbench", "run", "my study.json", "--out", "x"], runs: 18,
            host: "vm", cpu: "A CPU", cores: 2, memoryMegabytes: 4096, system: "Linux",
            openBLASCore: "Haswell", openBLASConfig: "")
        ], files: nil, resolved: study.snapshot),
      timings: Dictionary(
        uniqueKeysWithValues: records.map { record in
          let cost = RunCost(
            seconds: 60, imagesPerSecond: 1, peakMegabytes: 1, threads: 2, checkpointSeconds: 0)
          return (
            record.id, RunTiming(id: record.id, date: "d", host: "vm", cpu: "", cost: cost)
          )
        }),
      commentary: ["Lower than <printed>."])
  }

  @Test func `the markup is sound`() throws {
    for profile in [nil, "smoke"] {
      let outline = try XMLOutline(StudyPage(try study(profile)).html)
      #expect(outline.isBalanced, "\(outline.problem ?? "")")
      #expect(outline.counts["h1"] == 1)
      #expect(outline.counts["table"] == outline.counts["caption"])
    }
  }

  @Test func `the page loads nothing from other servers`() throws {
    let html = StudyPage(try study()).html
    for word in ["src=", "href=\"http", "url(", "<script ", "@import"] {
      #expect(!html.contains(word), "\(word)")
    }
  }

  @Test func `every header has a scope`() throws {
    let html = StudyPage(try study()).html
    #expect(html.ranges(of: "<th").count - html.ranges(of: "<thead").count > 20)
    #expect(html.ranges(of: "<th>").isEmpty && html.ranges(of: "<th class").isEmpty)
  }

  @Test func `a reduced profile says so first`() throws {
    let html = StudyPage(
      try study("smoke", ReportFixture.records([("500", "Dropout", [6.2, 6.1])]))
    ).html
    let banner = try #require(html.ranges(of: "class=\"banner\"").first?.lowerBound)
    let table = try #require(html.ranges(of: "<table>").first?.lowerBound)
    #expect(banner < table)
    #expect(html.contains("This is the reduced profile &quot;smoke&quot;, not a reproduction"))
    #expect(!html.contains("class=\"mark good\""))
  }

  @Test func `verdicts stand in the cells`() throws {
    let html = StudyPage(try study()).html
    #expect(html.contains("<span class=\"mark good\" title=\"the 90 % interval of our mean"))
    #expect(html.contains("\">reproduced</span>"))
    #expect(html.contains("published 9.76 ± 0.26"))
    #expect(html.contains("Lower than &lt;printed&gt;."))
  }

  @Test func `commands can be typed`() throws {
    let html = StudyPage(try study()).html
    #expect(
      html.contains(
        "<code>regbench run &#39;my study.json&#39; --out &#39;results/mnist shakeout/paper&#39;</code>"
      ))
    #expect(html.contains("regbench run &#39;my study.json&#39; --out again\n"))
    #expect(html.contains("regbench table &#39;results/mnist shakeout/paper&#39; --write"))
  }

  @Test func `the command of an altered study has what altered it, and its folder`() throws {
    let study = try ReportFixture.study(settings: ["trials=2"])
    func words(_ folder: String, _ typed: String...) -> [String] {
      RunCommand(study, folder: folder, commandLine: ["regbench", "run"] + typed).words
    }
    #expect(
      words("rd", "own.json", "--trials", "2", "--jobs", "4", "--seed=3", "-o", "rd")
        == ["run", "own.json", "--trials", "2", "--seed=3", "--out", "rd"])
    #expect(
      words("/home/a/results/\(study.folder)", "mnist-shakeout", "--arms", "Dropout")
        == ["run", "mnist-shakeout", "--arms", "Dropout"])
    #expect(
      words("results/\(study.folder)", "configs/a.json", "configs/mnist-shakeout.json")
        == ["run", "configs/mnist-shakeout.json"])
  }

  @Test func `an altered study of one's own says so in the table and on its page`() throws {
    let document = try ReportFixture.ownStudy().resolved.prettyText
    for (settings, kicker, sentence) in [
      ([], "own, the study as its file stands", nil),
      (
        ["training.iterations=3"], "own, the study of its file, altered by options",
        "Altered by options such as --set, --trials or --only: not the study as its file stands."
      ),
    ] as [([String], String, String?)] {
      let study = try ReportFixture.study(settings: settings, config: document)
      let table = ResultTable(study: study, records: [])
      #expect(table.reduction == sentence)
      let html = StudyPage(
        StudyRecords(
          folder: "rd", study: study, records: [], table: table,
          figures: FigureSet(study: study, records: [], series: [:]), provenance: nil, timings: [:],
          commentary: [])
      ).html
      #expect(html.contains(kicker))
    }
  }

  @Test func `a smaller profile of one's own study is no failed reproduction`() throws {
    var document = try JSONParser.parse(Array(ReportFixture.config.utf8), file: "").get()
    document["reproduces"] = nil
    let study = try ReportFixture.study("smoke", config: document.prettyText)
    #expect(
      ResultTable(study: study, records: []).reduction
        == "This is the profile \"smoke\", not the whole study.")
  }

  @Test func `times are those of one core`() throws {
    let records = ReportFixture.records()
    let html = StudyPage(try study()).html
    #expect(html.contains("took \(Quantities.duration(Double(records.count) * 120)) of one core."))
  }

  @Test func `the same records make the same page`() throws {
    #expect(StudyPage(try study()).html == StudyPage(try study()).html)
  }

  @Test func `timings of any age are read`() {
    let timings = RunTiming.parse(
      "id,date,host,cpu,threads,seconds\na,d,h,c,2,1.5\nb,d,h,c,x,nothing\n")
    #expect(timings.map(\.id) == ["a"])
    #expect(timings.first?.host == "h" && timings.first?.cost.seconds == 1.5)
    #expect(RunTiming.parse("").isEmpty)
  }

  @Test func `the table of candidates shows the errors that were compared`() throws {
    let config = ReportFixture.config.replacing(
      #""trials": 3,"#, with: #""trials": 3, "selectOn": "test", "oracle": true,"#)
    let study = try ReportFixture.study(config: config)
    let candidates = [(0.4, 7.25), (0.5, 6.25)].map { drop, error in
      var record = ReportFixture.record(
        size: "500", arm: "Dropout", trial: 0, error: error, stage: .selection)
      record.id = "candidate-\(drop)"
      record.hyperparameters = [Hyperparameter(name: "drop", value: drop)]
      return record
    }
    let records = ReportFixture.records() + candidates
    let html = StudyPage(
      StudyRecords(
        folder: "results/oracle", study: study, records: records,
        table: ResultTable(study: study, records: records),
        figures: FigureSet(study: study, records: records, series: [:]), provenance: nil,
        timings: [:], commentary: [])
    ).html
    #expect(html.contains("test error (%)</th>"))
    #expect(html.contains("<td>7.25</td>"))
    // The validation error is 0.2 higher.
    #expect(!html.contains("7.45"))
  }
}
