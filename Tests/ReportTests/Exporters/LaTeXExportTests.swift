import Testing

@testable import Report

@Suite struct LaTeXExportTests {
  @Test func `one tabular a table`() throws {
    let expected = #"""
      % This is the reduced profile "smoke", not a reproduction: mnist-5k (5,000 digits in all, 3,000 of them for testing) instead of MNIST; 2 trials instead of 5; 100 updates a run instead of 10,000; 1,000 validation images instead of 10,000; hyper-parameters fixed instead of selected on validation.
      % Shown: 1 of the 6 rows of Table 3.
      \begin{table}
      \centering
      \caption{Shakeout, Table 3: convolutional network (LeNet with ReLU), here on mnist-5k instead of MNIST. Test error in percent after the last update: mean $\pm$ standard deviation (runs). Published values are what the paper prints, on MNIST. This is the reduced profile "smoke", not a reproduction: mnist-5k (5,000 digits in all, 3,000 of them for testing) instead of MNIST; 2 trials instead of 5; 100 updates a run instead of 10,000; 1,000 validation images instead of 10,000; hyper-parameters fixed instead of selected on validation.}
      \begin{tabular}{lrrrrrr}
      \hline
      training images & std-BP & published & Dropout & published & Shakeout & published \\
      \hline
      500 & 9.77 $\pm$ 0.08 (2) & 9.76 $\pm$ 0.26 & 6.13 $\pm$ 0.13 (2) & 6.16 $\pm$ 0.23 & 4.87 $\pm$ 0.09 (2) & 4.83 $\pm$ 0.11 \\
      \hline
      \end{tabular}
      \end{table}

      """#
    #expect(LaTeXExport.text(try ReportFixture.smokeTable()) == expected)
  }

  @Test func `characters that mean something are escaped`() throws {
    let config = ReportFixture.config.split(separator: "std-BP")
      .joined(separator: ##"a_b & 5% \\ #"##)
    let table = ResultTable(
      study: try ReportFixture.study(config: config), records: ReportFixture.records())
    #expect(
      LaTeXExport.text(table).contains(##"& a\_b \& 5\% \textbackslash{} \# &"##))
  }
}
