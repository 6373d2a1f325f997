import Testing

@testable import Report

@Suite struct MarkdownRendererTests {
  @Test func `full profile`() throws {
    let expected = #"""
      # Shakeout on MNIST (mnist-shakeout)

      **Differs from the paper's protocol: 3 trials instead of 5.**

      Shown: 2 of the 6 rows of Table 3.

      4 runs diverged: counted, and left out of the means.

      ## Shakeout, Table 3: convolutional network (LeNet with ReLU), on MNIST

      Test error in percent after the last update: mean ± standard deviation (runs). Published values are what the paper prints.

      | training images | std-BP | published | Dropout | published | Shakeout | published |
      | --- | ---: | ---: | ---: | ---: | ---: | ---: |
      | 500 | 9.82 ± 0.11 (3) | 9.76 ± 0.26 | 6.15 ± 0.10 (3) | 6.16 ± 0.23 | 4.84 ± 0.08 (3) | 4.83 ± 0.11 |
      | 1000 | 6.80 ± 0.10 (3) | 6.73 ± 0.12 | 4.05 ± 0.07 (2, 1 diverged) | 4.01 ± 0.16 | diverged (3) | 3.43 ± 0.06 |

      Verdict on cells with a published value: 4 reproduced, 2 undecided.

      | training images | std-BP | Dropout | Shakeout |
      | --- | ---: | ---: | ---: |
      | 500 | reproduced | reproduced | reproduced |
      | 1000 | reproduced | undecided: at least +1 run | undecided: at least +3 runs |

      What the verdicts mean:

      - reproduced: the 90 % interval of our mean minus the published one lies within the margin on both sides of 0.
      - undecided: the 90 % interval of our mean minus the published one holds both 0 and the margin, or fewer than three runs are finite; behind + stands how many further runs would settle it if mean and spread stayed as they are (at least so many where fewer than three have no spread to go by), and "near the margin" where no number would unless our mean moves.
      - The published mean's own error enters by the spread that the paper prints and its number of runs. Where the paper prints no spread, one that it quotes from elsewhere or one that cannot be right, ours stands for it: with n runs of ours and a published number of one run this is a prediction interval, s·√(1 + 1/n). The margin is the larger of twice the printed spread and a tenth of the published number, for accuracies of what they lack to 100 %, unless the study names its own. Verdicts speak about training noise, with one training subset, validation split, test set and choice of hyper-parameters, and each about its cell alone: they are not adjusted for the number of cells.

      The paper's claims: 3 confirmed, 3 too few runs.

      | training images | claim | place | advantage | ± 95 % | ± test set | n | p | Holm | sign-flip | smallest | outcome |
      | --- | --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | --- |
      | 500 | Dropout beats std-BP | Section 4.2.1 | 3.67 | 0.39 | 0.75 | 3 | \<0.001 | 0.004 | 0.125 | 0.125 | confirmed |
      | 500 | Shakeout beats std-BP | Section 4.2.1 | 4.98 | 0.36 | 0.72 | 3 | \<0.001 | 0.002 | 0.125 | 0.125 | confirmed |
      | 500 | Shakeout beats Dropout | Section 4.2.1 | 1.31 | 0.46 | 0.63 | 3 | 0.003 | 0.042 | 0.125 | 0.125 | confirmed |
      | 1000 | Dropout beats std-BP | Section 4.2.1 | – | – | 0.63 | 2 | – | – | – | – | too few runs |
      | 1000 | Shakeout beats std-BP | Section 4.2.1 | – | – | – | 0 | – | – | – | – | too few runs |
      | 1000 | Shakeout beats Dropout | Section 4.2.1 | – | – | – | 0 | – | – | – | – | too few runs |

      - Shakeout beats Dropout: the paper speaks of scarce data without a number; read as up to 3,000 images, where it prints a lower error for Shakeout.

      One-sided paired t tests over trials (Welch's where runs cannot be paired). A claim holds where its p is below 5 % after Holm's adjustment for all claims of the table, finished or not; the p beside it is not adjusted. The exact sign-flip test stands beside, with the smallest p that so few pairs can give. The tests speak about training noise alone (initial weights, batches, masks), on one training subset, on one validation split, one test set and one choice of hyper-parameters, which was made on one run of each candidate: that noise is not in the tests. "± test set" is the 95 % half width that another test set of the same size would give the advantage if the mistakes of the two methods were independent.

      The same runs at the lowest validation error:

      | training images | std-BP | Dropout | Shakeout |
      | --- | ---: | ---: | ---: |
      | 500 | 9.79 ± 0.11 (3) | 6.12 ± 0.10 (3) | 4.81 ± 0.08 (3) |
      | 1000 | 6.77 ± 0.10 (3) | 4.02 ± 0.07 (2, 1 diverged) | diverged (3) |

      The same runs at the lowest test error (oracle):

      | training images | std-BP | Dropout | Shakeout |
      | --- | ---: | ---: | ---: |
      | 500 | 9.72 ± 0.11 (3) | 6.05 ± 0.10 (3) | 4.74 ± 0.08 (3) |
      | 1000 | 6.70 ± 0.10 (3) | 3.95 ± 0.07 (2, 1 diverged) | diverged (3) |

      ## Hyper-parameters

      Selected on the validation split: lowest validation error of one run each.

      | network | training images | arm | drop | c |
      | --- | ---: | --- | ---: | ---: |
      | lenet | 500 | Dropout | 0.5 | – |
      | lenet | 500 | Shakeout | 0.4 | 0.044721 |
      | lenet | 1000 | Dropout | 0.5 | – |
      | lenet | 1000 | Shakeout | 0.4 | 0.044721 |

      ## Published numbers

      - Guoliang Kang, Jun Li, Dacheng Tao. Shakeout: A New Approach to Regularized Deep Neural Network Training. IEEE Transactions on Pattern Analysis and Machine Intelligence 40 (5), 1245-1258. 2018.
      - Table 3: the paper states no number of updates; 10,000 is Caffe's LeNet example

      ## Choices and deviations

      - training: The paper names no solver; this is that of Caffe's LeNet \| a \*bar\*.

      """#
    #expect(MarkdownRenderer.text(try ReportFixture.table()) == expected)
  }

  @Test func `reduced profile`() throws {
    let expected = #"""
      # Shakeout on MNIST (mnist-shakeout), profile smoke

      **This is the reduced profile "smoke", not a reproduction: mnist-5k (5,000 digits in all, 3,000 of them for testing) instead of MNIST; 2 trials instead of 5; 100 updates a run instead of 10,000; 1,000 validation images instead of 10,000; hyper-parameters fixed instead of selected on validation.**

      Shown: 1 of the 6 rows of Table 3.

      ## Shakeout, Table 3: convolutional network (LeNet with ReLU), here on mnist-5k instead of MNIST

      Test error in percent after the last update: mean ± standard deviation (runs). Published values are what the paper prints, on MNIST.

      | training images | std-BP | published | Dropout | published | Shakeout | published |
      | --- | ---: | ---: | ---: | ---: | ---: | ---: |
      | 500 | 9.77 ± 0.08 (2) | 9.76 ± 0.26 | 6.13 ± 0.13 (2) | 6.16 ± 0.23 | 4.87 ± 0.09 (2) | 4.83 ± 0.11 |

      Verdict: reduced profile, so no cell is judged.

      The other selections give the same numbers: at the lowest validation error; at the lowest test error (oracle).

      ## Hyper-parameters

      Fixed.

      | network | training images | arm | drop | c |
      | --- | ---: | --- | ---: | ---: |
      | lenet | 500 | Dropout | 0.5 | – |
      | lenet | 500 | Shakeout | 0.4 | 0.044721 |

      ## Published numbers

      - Guoliang Kang, Jun Li, Dacheng Tao. Shakeout: A New Approach to Regularized Deep Neural Network Training. IEEE Transactions on Pattern Analysis and Machine Intelligence 40 (5), 1245-1258. 2018.
      - Table 3: the paper states no number of updates; 10,000 is Caffe's LeNet example

      ## Choices and deviations

      - training: The paper names no solver; this is that of Caffe's LeNet \| a \*bar\*.

      """#
    #expect(MarkdownRenderer.text(try ReportFixture.smokeTable()) == expected)
  }
}
