/// Sums up groups of runs into the lines of one table.
struct SectionBuilder {
  var outline: StudyOutline
  var published: PublishedNumbers

  /// A group and its place in a table.
  private struct Placed {
    var group: ResultGroup
    var row: String
    var column: String
  }

  /// The paper's table that mappings name, with the groups they cover.
  func section(
    _ parts: [(mapping: StudyOutline.Mapping, groups: [ResultGroup])]
  ) -> ResultSection {
    let mapping = parts[0].mapping
    let groups = parts.flatMap(\.groups)
    let table = published.table(mapping.paper, mapping.table)
    let paper = published.paper(mapping.paper)
    var placed = parts.flatMap { part in
      part.groups.map { group in
        Placed(group: group, row: part.mapping.row(group), column: part.mapping.column(group))
      }
    }
    Self.separate(&placed)
    let unit = placed.lazy.compactMap { cell($0, mapping)?.unit }.first ?? table?.unit ?? "percent"
    var section = ResultSection(
      paper: paper, published: table, title: Self.title(mapping, table, paper, groups),
      metric: mapping.metric, unit: unit, rowMeaning: table?.rowMeaning ?? "row",
      columnMeaning: table?.columnMeaning ?? "column",
      hasPapersData: groups.allSatisfy { table?.dataset == nil || $0.dataset == table?.dataset },
      selection: table?.selection ?? .last,
      rows: [], columns: [], lines: [])
    section.margin = mapping.margin
    fill(&section, placed, paper: mapping.paper, table: mapping.table) { cell($0, mapping) }
    return section
  }

  /// A table of the study's own: axes as rows, arms as columns.
  func ownSection(_ groups: [ResultGroup]) -> ResultSection {
    let axes = groups.first?.axes.map(\.key) ?? []
    let placed = groups.map { group in
      Placed(
        group: group,
        row: axes.isEmpty ? group.dataset : group.axes.map(\.value).joined(separator: " / "),
        column: group.arm)
    }
    var section = ResultSection(
      title: outline.title ?? outline.name, metric: .testError, unit: "percent",
      rowMeaning: axes.isEmpty ? "data set" : axes.joined(separator: " / "),
      columnMeaning: "arm", hasPapersData: true, selection: .last, rows: [], columns: [], lines: [])
    fill(&section, placed, paper: "", table: outline.name) { _ in nil }
    return section
  }

  /// Names the data that were used: numbers on other data do not stand under the paper's.
  private static func title(
    _ mapping: StudyOutline.Mapping, _ table: PublishedTable?, _ paper: PublishedPaper?,
    _ groups: [ResultGroup]
  ) -> String {
    let place = "\(paper?.name ?? mapping.paper), \(table?.label ?? mapping.table)"
    guard let table else { return place }
    guard let theirs = table.dataset.map(DatasetLabel.text) else {
      return "\(place): \(table.title)"
    }
    let used = Set(groups.map { DatasetLabel.text($0.dataset) }).sorted()
    let ours = used.joined(separator: " and ")
    return "\(place): \(table.title), "
      + (ours == theirs ? "on \(theirs)" : "here on \(ours) instead of \(theirs)")
  }

  /// Two groups with the same labels are different experiments: their rows then name all axes.
  private static func separate(_ placed: inout [Placed]) {
    let places = Dictionary(grouping: placed.indices) { [placed[$0].row, placed[$0].column] }
    let rows = Set(places.values.filter { $0.count > 1 }.map { placed[$0[0]].row })
    for index in placed.indices where rows.contains(placed[index].row) {
      let axes = placed[index].group.axes.map { "\($0.key)=\($0.value)" }
      placed[index].row += " (\(axes.joined(separator: ", ")))"
    }
  }

  private func cell(_ placed: Placed, _ mapping: StudyOutline.Mapping) -> PublishedCell? {
    published.cell(mapping.paper, mapping.table, row: placed.row, column: placed.column)
  }

  private func fill(
    _ section: inout ResultSection, _ placed: [Placed], paper: String, table: String,
    _ cell: (Placed) -> PublishedCell?
  ) {
    for place in placed {
      if !section.rows.contains(place.row) { section.rows.append(place.row) }
      if !section.columns.contains(place.column) { section.columns.append(place.column) }
    }
    for row in section.rows {
      for column in section.columns {
        guard let place = placed.first(where: { $0.row == row && $0.column == column }) else {
          continue
        }
        for selection in ErrorSelection.allCases {
          let line = line(place, cell(place), section, selection, paper: paper, table: table)
          section.lines.append(line)
        }
      }
    }
  }

  private func line(
    _ place: Placed, _ cell: PublishedCell?, _ section: ResultSection, _ selection: ErrorSelection,
    paper: String, table: String
  ) -> ResultLine {
    let kind = section.published?.spreadKind ?? .standardDeviation
    let finite = place.group.runs.filter { !$0.diverged }
    let byTrial = finite.reduce(into: [Int: Double]()) { values, run in
      let value = run.value(of: section.metric, selection)
      if let value, value.isFinite { values[run.trial] = value }
    }
    let values = byTrial.keys.sorted().compactMap { byTrial[$0] }
    let isCompared = selection == section.selection && place.group.isVerified
    return ResultLine(
      paper: paper, table: table, row: place.row, column: place.column,
      metric: section.metric.name, unit: section.unit, selection: selection,
      mean: Statistics.mean(values), spread: kind.spread(of: values), spreadKind: kind,
      count: values.count, diverged: place.group.runs.count - finite.count,
      publishedMean: isCompared ? cell?.mean : nil,
      publishedSpread: isCompared ? cell?.spread : nil,
      verdict: isCompared ? verdict(values, place.group, cell, section) : nil,
      profile: outline.profile, values: byTrial)
  }

  private func verdict(
    _ values: [Double], _ group: ResultGroup, _ cell: PublishedCell?, _ section: ResultSection
  ) -> Verdict? {
    guard let cell, cell.mean != nil, let table = section.published, !group.runs.isEmpty else {
      return nil
    }
    let isPapersData = table.dataset == nil || table.dataset == group.dataset
    if !outline.isFullProfile || !isPapersData { return .reducedProfile }
    if outline.isAltered { return .altered }
    return Verdict.judging(values, against: cell, of: table, margin: section.margin)
  }
}
