import Model
import Canonical
import Study

/// Sums up groups of runs into the lines of one table.
struct SectionBuilder {
  var study: StudySpec
  var groups: [ResultGroup]
  var published: PublishedNumbers

  /// The paper's table that mappings of one metric name, with the groups they cover; nil if they cover
  /// none.
  func section(_ mappings: [Reproduction]) -> ResultSection? {
    var placed = mappings.flatMap(placed)
    guard let mapping = mappings.first, !placed.isEmpty else { return nil }
    let table = published.table(mapping.paper, mapping.table)
    let paper = published.paper(mapping.paper)
    Self.separate(&placed)
    let groups = placed.flatMap(\.groups)
    var section = ResultSection(
      paper: paper, published: table, title: Self.title(mapping, table, paper, groups),
      standing: standing(placed, table), metric: mapping.metric,
      rowMeaning: table?.rowMeaning ?? "row",
      columnMeaning: table?.columnMeaning ?? "column",
      hasPapersData: groups.allSatisfy { table?.dataset == nil || $0.dataset == table?.dataset },
      selection: table?.selection ?? .last,
      rows: [], columns: [])
    section.claimedPairs = published.claims(
      mapping.paper, mapping.table, metric: mapping.metric.name)
    section.margin = mappings.lazy.compactMap(\.margin).first
    section.isTrained = groups.contains { $0.updates != 0 }
    section.isPooled = mappings.contains { $0.pooledShare != nil }
    fill(&section, placed, paper: mapping.paper, table: mapping.table)
    return section
  }

  /// The study's own tables, one for each thing that its runs are about: of what no paper's table
  /// holds, and of what stands in the same rows.
  func ownSections(_ groups: [ResultGroup], rest: [ResultGroup]) -> [ResultSection] {
    let rows = Set(rest.map(\.axes))
    let shown = groups.filter { rows.contains($0.axes) }
    let metrics = shown.flatMap(\.metrics).unique
    return metrics.map { metric in
      ownSection(shown.filter { $0.metrics.contains(metric) }, metric, among: metrics.count)
    }
  }

  /// The groups of a mapping at their places; those of one place together where they are pooled.
  private func placed(_ mapping: Reproduction) -> [TableCell] {
    let isPooled = mapping.pooledShare != nil || mapping.along != nil
    return groups.filter { mapping.covers($0) }.reduce(into: []) { placed, group in
      let (row, column) = (mapping.row(of: group), mapping.column(of: group))
      if isPooled, let index = placed.firstIndex(where: { $0.row == row && $0.column == column }) {
        placed[index].groups.append(group)
        return
      }
      let base = mapping.over.flatMap { arm in
        groups.first { $0.arm == arm && $0.axes == group.axes }
      }
      if mapping.over != nil, base == nil { return }
      placed.append(
        TableCell(mapping: mapping, row: row, column: column, groups: [group], base: base))
    }
  }

  /// A table of the study's own: axes as rows, arms as columns; of one arm, two axes as a grid.
  private func ownSection(
    _ groups: [ResultGroup], _ metric: Metric, among count: Int
  ) -> ResultSection {
    let all = groups.first?.axes.map(\.key) ?? []
    let isGrid =
      study.arms.count == 1 && all.count == 2 && study.axes.allSatisfy { $0.values.count > 1 }
    let axes = isGrid ? Array(all.prefix(1)) : all
    let placed = groups.map { group in
      let row = group.axes.prefix(axes.count).map(\.value).joined(separator: " / ")
      return TableCell(
        row: axes.isEmpty ? group.dataset : row,
        column: isGrid ? group.axes[1].value : group.arm, groups: [group])
    }
    var section = ResultSection(
      title: (study.title?.tidy ?? study.name)
        + (count > 1 ? ": \(metric.title)" : ""),
      standing: .own, metric: metric,
      rowMeaning: axes.isEmpty
        ? "data set" : axes.map { study.axisTitle($0) }.joined(separator: " / "),
      columnMeaning: isGrid ? study.axisTitle(all[1]) : "arm", hasPapersData: true,
      selection: .last, rows: [], columns: [])
    section.isTrained = groups.contains { $0.updates != 0 }
    fill(&section, placed, paper: "", table: study.name)
    return section
  }

  /// What a paper's table can say of the paper on these runs.
  private func standing(
    _ placed: [TableCell], _ table: PublishedTable?
  ) -> ResultSection.Standing {
    guard let table else { return .own }
    let hasPapersData = placed.allSatisfy { isPapersData($0, of: table) }
    if !study.judgesCells || !hasPapersData { return .reduced }
    return placed.allSatisfy(\.isVerified) ? .judged : .unverified
  }

  private func isPapersData(_ place: TableCell, of table: PublishedTable) -> Bool {
    place.groups.allSatisfy { table.dataset == nil || $0.dataset == table.dataset }
  }

  /// Names the data that were used: numbers on other data do not stand under the paper's.
  private static func title(
    _ mapping: Reproduction, _ table: PublishedTable?, _ paper: PublishedPaper?,
    _ groups: [ResultGroup]
  ) -> String {
    let place = "\(paper?.name ?? mapping.paper), \(table?.label ?? mapping.table)"
    guard let table else { return place }
    guard let theirs = table.dataset.map(KnownDataset.title(of:)) else {
      return "\(place): \(table.title)"
    }
    let used = Set(groups.map { KnownDataset.title(of: $0.dataset) }).sorted()
    let ours = used.joined(separator: " and ")
    return "\(place): \(table.title), "
      + (ours == theirs ? "on \(theirs)" : "here on \(ours) instead of \(theirs)")
  }

  /// Where a published table has several measures, each section's title names its own.
  static func distinguishTitles(_ sections: inout [ResultSection]) {
    for places in Dictionary(grouping: sections.indices, by: { sections[$0].title }).values
    where places.count > 1 {
      for place in places { sections[place].title += ": \(sections[place].metric.title)" }
    }
  }

  /// Two groups with the same labels are different experiments: their rows then name all axes.
  private static func separate(_ placed: inout [TableCell]) {
    let places = Dictionary(grouping: placed.indices) { [placed[$0].row, placed[$0].column] }
    let rows = Set(places.values.filter { $0.count > 1 }.map { placed[$0[0]].row })
    for index in placed.indices where rows.contains(placed[index].row) {
      let axes = placed[index].groups[0].axes.map { "\($0.key)=\($0.value)" }
      placed[index].row += " (\(axes.joined(separator: ", ")))"
    }
  }

  private func cell(_ placed: TableCell) -> PublishedCell? {
    placed.mapping.flatMap {
      published.cell($0.paper, $0.table, row: placed.row, column: placed.column)
    }
  }

  private func fill(
    _ section: inout ResultSection, _ placed: [TableCell], paper: String, table: String
  ) {
    section.rows = placed.map(\.row).unique
    section.columns = placed.map(\.column).unique
    let places = Dictionary(placed.map { ([$0.row, $0.column], $0) }) { first, _ in first }
    for row in section.rows {
      for column in section.columns {
        guard let place = places[[row, column]] else { continue }
        if section.metric == .argmin, let published = cell(place)?.mean {
          section.otherPlaces +=
            placeOnGrid(place, section.selection)?.comparisons(against: published) ?? []
        }
        for selection in ErrorSelection.allCases {
          section.lines.append(line(place, section, selection, paper: paper, table: table))
        }
      }
    }
  }

  private func line(
    _ place: TableCell, _ section: ResultSection, _ selection: ErrorSelection, paper: String,
    table: String
  ) -> ResultLine {
    let kind = section.published?.spreadKind ?? .standardDeviation
    let cell = cell(place)
    let byTrial = place.values(of: section.metric, selection)
    let trials = byTrial.keys.sorted()
    let values = trials.compactMap { byTrial[$0] }
    let grid = section.metric == .argmin ? placeOnGrid(place, selection) : nil
    let mean = grid.map(\.lowest) ?? Statistics.mean(values)
    let isCompared = selection == section.selection && place.isVerified
    return ResultLine(
      paper: paper, table: table, row: place.row, column: place.column,
      metric: section.metric, selection: selection,
      mean: mean, spread: kind.spread(of: values), spreadKind: kind,
      count: mean == nil ? 0 : place.count(of: section.metric, values),
      diverged: place.divergedCount,
      publishedMean: isCompared ? cell?.mean : nil,
      publishedSpread: isCompared ? cell?.spread : nil,
      judgement: isCompared ? judgement(trials, values, grid, place, cell, section) : nil,
      profile: study.profile, p: place.p(of: section.metric, selection),
      publishedP: isCompared ? cell?.p : nil, testImages: place.groups.first?.testImages,
      studyRows: place.groups.map(\.row), values: byTrial, firstStage: firstStage(place))
  }

  private func judgement(
    _ trials: [Int], _ values: [Double], _ grid: PlaceOnGrid?, _ place: TableCell,
    _ cell: PublishedCell?,
    _ section: ResultSection
  ) -> Judgement? {
    guard let cell, let theirs = cell.mean, let table = section.published, place.runCount > 0 else {
      return nil
    }
    let planned = place.plannedRuns(trials: study.trials)
    if !study.isWhole || !isPapersData(place, of: table) {
      return Judgement(.reducedProfile, plannedRuns: planned, detail: nil)
    }
    if study.isAltered { return Judgement(.altered, plannedRuns: planned, detail: nil) }
    if place.mapping?.pooledShare != nil {
      return Judgement(.notJudged, plannedRuns: planned, detail: "runs of different settings")
    }
    if let grid { return grid.judgement(published: theirs) }
    return Judgement(
      values, against: cell, of: table, metric: section.metric, margin: place.mapping?.margin,
      plannedRuns: planned,
      resolution: section.metric.resolution(testImages: place.groups.first?.testImages),
      firstStage: firstStage(place).map { stage in trials.count { $0 <= stage } })
  }

  private func placeOnGrid(_ place: TableCell, _ selection: ErrorSelection) -> PlaceOnGrid? {
    PlaceOnGrid(
      place, plannedRuns: study.trials, firstStage: firstStage(place), selection: selection)
  }

  /// The study's first stage; none for a pool, whose runs are numbered otherwise.
  private func firstStage(_ place: TableCell) -> Int? {
    place.mapping?.pooledShare == nil ? study.firstStage : nil
  }
}

extension StudySpec {
  /// Mappings, those of one table and metric together, in the order of their first.
  static func byTable(_ mappings: [Reproduction]) -> [[Reproduction]] {
    mappings.reduce(into: []) { tables, mapping in
      let index = tables.firstIndex { other in
        other[0].paper == mapping.paper && other[0].table == mapping.table
          && other[0].metric == mapping.metric
      }
      if let index { tables[index].append(mapping) } else { tables.append([mapping]) }
    }
  }
}
