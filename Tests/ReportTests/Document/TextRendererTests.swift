import Study
import Testing

@testable import Report

@Suite struct TextRendererTests {
  @Test func `stacked where narrow`() throws {
    let expected = #"""
      Shakeout on MNIST (mnist-shakeout)

      Shakeout, Table 3: convolutional network (LeNet with ReLU), on MNIST
      Test error in percent after the last update: mean ± standard deviation (runs).
      Published values are what the paper prints.

      training images           std-BP                      Dropout         Shakeout
      ------------------------------------------------------------------------------
      500              9.82 ± 0.11 (3)              6.15 ± 0.10 (3)  4.84 ± 0.08 (3)
        published          9.76 ± 0.26                  6.16 ± 0.23      4.83 ± 0.11
      1000             6.80 ± 0.10 (3)  4.05 ± 0.07 (2, 1 diverged)     diverged (3)
        published          6.73 ± 0.12                  4.01 ± 0.16      3.43 ± 0.06

      Verdict on cells with a published value: 4 reproduced, 2 undecided.

      training images      std-BP                     Dropout
      -------------------------------------------------------
      500              reproduced                  reproduced
      1000             reproduced  undecided: at least +1 run

      training images                     Shakeout
      --------------------------------------------
      500                               reproduced
      1000             undecided: at least +3 runs

      Differs from the paper's protocol: 3 trials instead of 5.

      Shown: 2 of the 6 rows of Table 3.

      4 runs diverged: counted, and left out of the means.

      """#
    #expect(TextRenderer.text(try ReportFixture.table(), width: 80) == expected)
  }

  @Test func `beside where wide`() throws {
    let expected = #"""
      Shakeout on MNIST (mnist-shakeout), profile smoke

      Shakeout, Table 3: convolutional network (LeNet with ReLU), here on mnist-5k instead of MNIST
      Test error in percent after the last update: mean ± standard deviation (runs). Published values are what the paper
      prints, on MNIST.

      training images           std-BP    published          Dropout    published         Shakeout    published
      ---------------------------------------------------------------------------------------------------------
      500              9.77 ± 0.08 (2)  9.76 ± 0.26  6.13 ± 0.13 (2)  6.16 ± 0.23  4.87 ± 0.09 (2)  4.83 ± 0.11

      Verdict: reduced profile, so no cell is judged.

      This is the reduced profile "smoke", not a reproduction: mnist-5k (5,000 digits in all, 3,000 of them for testing)
      instead of MNIST; 2 trials instead of 5; 100 updates a run instead of 10,000; 1,000 validation images instead of 10,000;
      hyper-parameters fixed instead of selected on validation.

      Shown: 1 of the 6 rows of Table 3.

      """#
    #expect(TextRenderer.text(try ReportFixture.smokeTable(), width: 120) == expected)
  }

  @Test(arguments: [45, 60, 80, 100, 200])
  func `stays within the width`(width: Int) throws {
    for table in [try ReportFixture.table(), try ReportFixture.smokeTable()] {
      let lines = TextRenderer.text(table, width: width).split(separator: "\n")
      #expect(lines.allSatisfy { $0.count <= width })
      // Narrow or not, nothing is lost.
      let text = lines.joined(separator: "\n")
      for line in table.lines where line.selection == .last {
        #expect(text.contains(line.text))
        #expect(text.contains(line.publishedText))
      }
    }
  }

  @Test func `no escape codes`() throws {
    #expect(
      !TextRenderer.text(try ReportFixture.table(), width: 80).unicodeScalars.contains("\u{1B}"))
  }
}
