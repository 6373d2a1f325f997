import Canonical
import Study
import Testing

@testable import Report

@Suite struct JSONExportTests {
  /// One arm of the smoke profile.
  private func oneArm() throws -> ResultTable {
    ResultTable(
      study: try ReportFixture.study("smoke", only: ["arm=Shakeout"]),
      records: ReportFixture.records([("500", "Shakeout", [4.8, 4.93])]))
  }

  @Test func `every cell`() throws {
    let expected = #"""
      {
        "study": "mnist-shakeout",
        "profile": "smoke",
        "altered": true,
        "trials": 2,
        "reduction": "This is the reduced profile \"smoke\", not a reproduction: mnist-5k (5,000 digits in all, 3,000 of them for testing) instead of MNIST; 2 trials instead of 5; 100 updates a run instead of 10,000; 1,000 validation images instead of 10,000; hyper-parameters fixed instead of selected on validation. Altered by --set, --only or user files, so nothing is judged.",
        "remarks": ["Shown: 1 of the 6 rows of Table 3."],
        "tables": [
          {
            "title": "Shakeout, Table 3: convolutional network (LeNet with ReLU), here on mnist-5k instead of MNIST",
            "paper": "shakeout",
            "citation": "Guoliang Kang, Jun Li, Dacheng Tao. Shakeout: A New Approach to Regularized Deep Neural Network Training. IEEE Transactions on Pattern Analysis and Machine Intelligence 40 (5), 1245-1258. 2018.",
            "table": "table3",
            "selection": "last",
            "cells": [
              {
                "row": "500",
                "column": "Shakeout",
                "metric": "test_error",
                "unit": "percent",
                "selection": "last",
                "oracle": false,
                "mean": 4.865,
                "spread": 0.0919238815542511,
                "spread_kind": "std",
                "n": 2,
                "diverged": 0,
                "published_mean": 4.83,
                "published_spread": 0.11,
                "verdict": "reduced profile"
              },
              {
                "row": "500",
                "column": "Shakeout",
                "metric": "test_error",
                "unit": "percent",
                "selection": "validation",
                "oracle": false,
                "mean": 4.834999999999999,
                "spread": 0.0919238815542511,
                "spread_kind": "std",
                "n": 2,
                "diverged": 0,
                "published_mean": null,
                "published_spread": null,
                "verdict": null
              },
              {
                "row": "500",
                "column": "Shakeout",
                "metric": "test_error",
                "unit": "percent",
                "selection": "test",
                "oracle": true,
                "mean": 4.765000000000001,
                "spread": 0.0919238815542511,
                "spread_kind": "std",
                "n": 2,
                "diverged": 0,
                "published_mean": null,
                "published_spread": null,
                "verdict": null
              }
            ]
          }
        ],
        "notes": ["training: The paper names no solver; this is that of Caffe's LeNet | a *bar*."]
      }

      """#
    let text = JSONExport.text(try oneArm())
    #expect(text == expected)
  }

  @Test func `is JSON`() throws {
    let text = JSONExport.text(try ReportFixture.table())
    let value = try JSONParser.parse(Array(text.utf8), file: "").get()
    let cells = value["tables"]?.elements?.first?["cells"]?.elements ?? []
    #expect(cells.count == 18)
    #expect(cells.count { $0["oracle"] == .bool(true) } == 6)
    #expect(
      cells.allSatisfy { ($0["selection"] == .string("test")) == ($0["oracle"] == .bool(true)) })
  }
}
