import Durable
import Glibc
import Study
import Testing

@testable import Report

@Suite struct LaTeXRendererTests {
  @Test func `one tabular a table`() throws {
    let expected = #"""
      % This is the reduced profile "smoke", not a reproduction: mnist-5k (5,000 digits in all, 3,000 of them for testing) instead of MNIST; 2 trials instead of 5; 100 updates a run instead of 10,000; 1,000 validation images instead of 10,000; hyper-parameters fixed instead of selected on validation.
      % Shown: 1 of the 6 rows of Table 3.
      % Needs \usepackage{booktabs}.
      % About 10.1 cm wide at 10 points: wider than a column of 8.4 cm, so table* takes both columns of a page with two.
      \begin{table*}
      \centering
      \caption{Shakeout, Table 3: convolutional network (LeNet with ReLU), here on mnist-5k instead of MNIST. Test error: mean $\pm$ standard deviation over 2 runs; below, what the paper prints. A reduced study, not a reproduction.}
      \label{tab:mnist-shakeout-smoke-table3-test-error}
      \begin{tabular}{lrrr}
      \toprule
      training images & std-BP & Dropout & Shakeout \\
      \midrule
      500 & 9.77 $\pm$ 0.08 & 6.13 $\pm$ 0.13 & \textbf{4.87 $\pm$ 0.09} \\
      published & 9.76 $\pm$ 0.26 & 6.16 $\pm$ 0.23 & 4.83 $\pm$ 0.11 \\
      \bottomrule
      \end{tabular}
      \end{table*}

      """#
    #expect(LaTeXRenderer.text(try ReportFixture.smokeTable()) == expected)
  }

  @Test func `characters that mean something are escaped`() throws {
    let config = ReportFixture.config.split(separator: "std-BP")
      .joined(separator: ##"a_b & 5% \\ #"##)
    let table = ResultTable(
      study: try ReportFixture.study(config: config), records: ReportFixture.records())
    #expect(
      LaTeXRenderer.text(table).contains(##"& a\_b \& 5\% \textbackslash{} \# &"##))
  }

  @Test func `LaTeX ligatures and options come out as typed`() {
    #expect(
      LaTeXRenderer.escaped("a--b <x> |y|")
        == "a-{}-b \\textless{}x\\textgreater{} \\textbar{}y\\textbar{}")
    #expect(LaTeXRenderer.escaped("λ = 10⁻²") == "$\\lambda$ = 10$^-$$^2$")
    #expect(LaTeXRenderer.escaped("日") == "\\textless{}U+65E5\\textgreater{}")
  }

  private static let hasLaTeX =
    (getenv("PATH").map { String(cString: $0) } ?? "").split(separator: ":")
    .contains { FileContents.exists("\($0)/pdflatex") }

  @Test func `the number of runs stands in a cell where runs diverged`() throws {
    let text = LaTeXRenderer.text(try ReportFixture.table())
    #expect(text.contains("(2, 1 diverged)"))
    #expect(text.contains("standard deviation (runs); below, what the paper prints."))
  }

  @Test func `a table of which nothing has finished is a comment`() throws {
    let table = ResultTable(study: try ReportFixture.study(), records: [])
    #expect(!LaTeXRenderer.text(table).contains("\\begin{tabular}"))
    #expect(LaTeXRenderer.text(table).contains("nothing has finished yet."))
  }

  @Test(.enabled(if: hasLaTeX, "pdflatex is not installed"))
  func `tables of odd names compile`() throws {
    let names = [
      "[32;16]", "*starred*", "a_b & 5% \\\\ #", "<x>|y|", "a--b---c", "?`x!`y", "λ τ √ ∞ 10⁻²",
      "日本 😀", "éàüßŁø", "~^$x$", "'q' ''q''",
      "\\\\input{x}".replacing("{", with: "(").replacing("}", with: ")"), "[", "*", "--", "%",
      "−1 ≤ x", "e\\u0301",
    ]
    let arms = names.map { "{\"name\": \"\($0)\"}" }.joined(separator: ",")
    let config = ReportFixture.config
      .replacing(#"{"name": "std-BP"},"#, with: arms + #", {"name": "std-BP"},"#)
      .replacing(#""row": "{trainSize}""#, with: #""row": "[{trainSize}] *""#)
      .replacing(#""trials": 3,"#, with: #""trials": 3, "reduced": "more\n\\undefined arms","#)
    let study = try ReportFixture.study(config: config)
    var records = ReportFixture.records()
    for row in study.rows where !records.contains(where: { $0.arm == row.arm }) {
      records.append(ReportFixture.record(size: "500", arm: row.arm, trial: 1, error: 5))
    }
    let tables = LaTeXRenderer.text(ResultTable(study: study, records: records))
    let folder = "/tmp/regbench-latex-\(getpid())"
    try Folder.create(folder)
    defer { try? Folder.remove(folder) }
    try AtomicFile.write(
      "\\documentclass[twocolumn]{article}\n\\usepackage{booktabs}\n\\begin{document}\n\(tables)"
        + "\\end{document}\n",
      to: "\(folder)/t.tex")
    let command = "cd \(folder) && pdflatex -interaction=nonstopmode -halt-on-error t.tex >out.txt"
    let log = {
      String(decoding: (try? FileContents.read("\(folder)/out.txt")) ?? [], as: UTF8.self)
    }
    #expect(system(command) == 0, "\(log().suffix(1500))")
  }
}
