import Canonical
import Study

extension ResultTable {
  /// What a terminal shows: the tables first, then what must be known about them.
  var summaryBlocks: [Block] {
    [.heading(1, heading)] + sections.flatMap { $0.tableBlocks } + warnings
  }

  /// Everything: tables, claims, selections, hyper-parameters, papers and notes.
  var fullBlocks: [Block] {
    var blocks: [Block] = [.heading(1, heading)] + warnings
    for section in sections {
      blocks += section.fullBlocks(
        claimsOfReduced: false, claimExplanation: study.claimExplanation)
    }
    if !distanceBlocks.isEmpty {
      blocks += [.heading(2, VariantDistances.heading)] + distanceBlocks
    }
    if !hyperparameterBlocks.isEmpty {
      blocks += [.heading(2, "Hyper-parameters")] + hyperparameterBlocks
    }
    if !selectionBlocks.isEmpty { blocks += [.heading(2, "Selection")] + selectionBlocks }
    if !paperBlocks.isEmpty { blocks += [.heading(2, "Published numbers")] + paperBlocks }
    if !notes.isEmpty {
      blocks += [.heading(2, "Choices and deviations"), .list(notes)]
    }
    return blocks
  }

  /// What was reduced, and the remarks.
  var warnings: [Block] {
    (reduction.map { [.warning($0)] } ?? []) + remarks.map { .paragraph($0) }
  }

  var distanceBlocks: [Block] { distances.flatMap(\.blocks) }

  var hyperparameterBlocks: [Block] {
    hyperparameterTable.map { [.paragraph(hyperparameterSource), .table($0)] } ?? []
  }

  var selectionBlocks: [Block] {
    selectionTable.map { [.paragraph(selectionExplanation), .table($0)] } ?? []
  }

  /// The papers, and what is known about their tables beyond the numbers.
  var paperBlocks: [Block] {
    let papers = sections.compactMap(\.paper).unique(by: \.paper)
    return papers.isEmpty ? [] : [.list(papers.map(\.citation) + publishedRemarks)]
  }

  /// What `compare` prints of one study: each published number that ours stand beside, then the claims.
  var comparisonBlocks: [Block] {
    var blocks: [Block] = [.heading(1, heading)]
    for section in sections {
      blocks.append(.heading(2, section.title))
      guard section.lines.contains(where: \.hasRuns) else {
        blocks.append(.paragraph("Nothing has finished yet."))
        continue
      }
      if section.hasPublishedNumbers {
        blocks.append(.table(section.comparison))
        blocks += section.legend.map { [$0] } ?? []
        blocks += section.otherPlacesBlocks
      }
      if let claims = section.claimTable {
        blocks += section.claimCaution.map { [.paragraph($0)] } ?? []
        blocks += [
          .paragraph("\(section.claimHeading):"), .table(claims), .paragraph(section.claimSummary),
        ]
        blocks += section.claimRemarks
      }
      blocks += section.addedBlocks
    }
    return blocks + distanceBlocks + [.remark(study.claimExplanation)] + warnings
  }
}

extension StudyComparison {
  /// What `compare` prints of two studies.
  var blocks: [Block] {
    sections.flatMap { [.heading(2, $0.title), .table($0.table)] }
      + [.remark(explanation)]
  }
}

extension ResultSection {
  /// The title, what the numbers are, and the table.
  var tableBlocks: [Block] {
    [.heading(2, title), .paragraph(explanation), .table(table(selection))]
      + (tuningRemark.map { [.remark($0)] } ?? [])
  }

  /// The same with the claims and the other selections.
  /// - Parameter claimsOfReduced: whether claims are shown that say little about the paper.
  func fullBlocks(claimsOfReduced: Bool, claimExplanation: String) -> [Block] {
    var blocks = tableBlocks
    if let legend { blocks.append(.details("What the verdicts mean", [legend])) }
    blocks += otherPlacesBlocks
    if let claims = claimTable, claimCaution == nil || claimsOfReduced {
      blocks.append(
        .details(
          "\(claimHeading): \(claimSummary)",
          (claimCaution.map { [.paragraph($0)] } ?? []) + [.table(claims)] + claimRemarks
            + [.remark(claimExplanation)]))
    }
    if let added = addedTable {
      blocks.append(
        .details(
          "\(Self.addedHeading): \(Self.summary(of: addedComparisons))",
          [.table(added), .remark(claimExplanation)]))
    }
    if selectionsCoincide {
      if let remark = coincidenceRemark { blocks.append(.remark(remark)) }
    } else {
      blocks += otherSelections.map { other in
        .details("The same runs \(other.label)", [.table(table(other))])
      }
    }
    return blocks
  }

  /// The table as papers print it: rows and methods, and under the section's own selection the
  /// published values and the verdicts.
  func table(_ selection: ErrorSelection) -> Table {
    let isMain = selection == self.selection
    return Table(
      caption: isMain ? title : "The same runs \(selection.label)",
      header: [rowMeaning] + columns,
      cells: rows.map { row in
        [Table.Cell(text: row)]
          + columns.map { column in
            guard let line = line(row: row, column: column, selection) else {
              return Table.Cell(text: ResultLine.nothing)
            }
            let mark = line.judgement.flatMap { judgement in
              judgement.verdict.isJudgement
                ? Table.Mark(
                  word: judgement.mark, colour: judgement.verdict.colour,
                  meaning: judgement.verdict.meaning(of: metric)) : nil
            }
            return Table.Cell(
              text: line.text,
              published: isMain && line.publishedMean != nil ? line.publishedText : nil,
              mark: isMain ? mark : nil)
          }
      }, summary: isMain ? verdictSummary : nil)
  }

  /// Each published number beside ours, with what the verdict rests on.
  var comparison: Table {
    func text(_ value: Double?, _ line: ResultLine) -> String {
      value.map { DecimalText.fixed($0, decimals: line.decimals) } ?? ResultLine.nothing
    }
    return Table(
      caption: title,
      header: [
        rowMeaning, "method", "published", "ours (n)", "difference", "± 90 %", "margin", "verdict",
      ],
      rows: lines.filter {
        $0.selection == selection && $0.publishedMean != nil && $0.hasRuns
      }.map { line in
        [
          line.row, line.column, line.publishedText, line.text,
          line.deltaText ?? ResultLine.nothing,
          text(line.judgement?.difference?.halfWidth, line), text(line.judgement?.margin, line),
          line.judgement?.words ?? ResultLine.nothing,
        ]
      }, words: [1, 7], summary: verdictSummary)
  }

  /// What stands below the claims: how sentences are read, and which gains cells cannot confirm.
  var claimRemarks: [Block] {
    (published == nil
      ? [.paragraph(Comparison.bothDirections)] : [])
      + (claimReadings.isEmpty ? [] : [.list(claimReadings)])
      + (gainRemark.map { [.paragraph($0)] } ?? [])
  }

  /// Each other place of a grid against the paper's.
  var otherPlacesBlocks: [Block] {
    guard otherPlaces.contains(where: { $0.outcome != .tooFew }) else { return [] }
    let caption = "Whether the test error is lower at the paper's place than at each other one"
    return [
      .paragraph("\(caption), by paired tests over trials:"),
      .table(Self.table(otherPlaces, caption: caption, rowMeaning: "place", metric: .testError)),
    ]
  }

  /// What the verdicts that occur mean; nil where none is a judgement.
  package var legend: Block? {
    let shown = verdicts.filter(\.isJudgement)
    return shown.isEmpty
      ? nil
      : .list(
        shown.map { "\($0.rawValue): \($0.meaning(of: metric))" } + [
          metric.source == .axis ? Verdict.ruleOfPlaces : Verdict.rule
        ])
  }

  /// What stands above the claims.
  var claimHeading: String {
    switch standing {
    case .own where comparesAllPairs: "Whether one method beats another"
    case .own: "Whether each method beats the first"
    case .judged: "The paper's claims"
    case .reduced, .unverified: "The paper's claims, on this study"
    }
  }

  /// Why the claims say little about the paper; nil where they say something, or are no paper's.
  var claimCaution: String? {
    switch standing {
    case .own, .judged: nil
    case .reduced: "A reduced or altered study says little about the paper."
    case .unverified: "A study on unverified data says little about the paper."
    }
  }

  /// The comparisons of added methods as `compare` prints them.
  var addedBlocks: [Block] {
    guard let table = addedTable else { return [] }
    return [
      .paragraph("\(Self.addedHeading):"), .table(table),
      .paragraph(Self.summary(of: addedComparisons)),
    ]
  }

  /// How many claims came out how.
  var claimSummary: String { Self.summary(of: claims) }

  private static func summary(of comparisons: [Comparison]) -> String {
    let counts = comparisons.map(\.outcome).counts
    return counts.map { "\($0.count) \($0.kind.rawValue)" }.joined(separator: ", ") + "."
  }
}
