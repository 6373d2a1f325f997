import Canonical

/// What one run has given to one file below `series/`.
package struct SeriesRun: Equatable, Sendable {
  /// The run's id.
  package var id: String
  /// The arm's name.
  package var arm: String
  /// The axes' values in the order of the config.
  package var axes: [AxisValue]
  /// 1…n: selection measures no series.
  package var trial: Int
  /// The points.
  package var series: Series

  package init(id: String, arm: String, axes: [AxisValue], trial: Int, series: Series) {
    self.id = id
    self.arm = arm
    self.axes = axes
    self.trial = trial
    self.series = series
  }

  package init(_ record: RunRecord, _ series: Series) {
    self.init(
      id: record.id, arm: record.arm, axes: record.axes, trial: record.trial, series: series)
  }

  /// The series of runs by their names, in the order of the runs.
  package static func byName(_ runs: [FinishedRun]) -> [String: [SeriesRun]] {
    var found: [String: [SeriesRun]] = [:]
    for run in runs {
      for series in run.series {
        found[series.name, default: []].append(SeriesRun(run.record, series))
      }
    }
    return found
  }
}

/// The files below `series/`: `<name>.csv` with the columns `id,arm,<axes…>,trial,curve,x,y`, and
/// `filters.csv`, where a picture stands for curve and point: `unit,width,height,low,high,pixels`.
package enum SeriesCSV {
  private static let head = ["id", "arm"]

  /// A file's name in the folder `series`.
  package static func fileName(_ series: String) -> String { "\(series).csv" }

  /// The name of the series in a file; nil for a file that is none.
  package static func series(inFile name: String) -> String? {
    guard name.hasSuffix(".csv") else { return nil }
    return (try? PathComponent(String(name.dropLast(4))))?.text
  }

  /// A whole file: header, then the rows of each run in the order given.
  /// - Parameters:
  ///   - name: of the series that all runs give.
  ///   - axes: the keys of the study's axes.
  package static func text(_ name: String, _ runs: [SeriesRun], axes: [String]) -> String {
    var text = CSV.row(head + axes + ["trial"] + Series.columns(of: name))
    for run in runs {
      let key = [run.id, run.arm] + run.axes.map(\.value) + [String(run.trial)]
      for row in run.series.rows { text += CSV.row(key + row) }
    }
    return text
  }

  /// The runs of a file in the order of their first rows.
  /// - Parameters:
  ///   - name: of the series, as the file's name says it.
  ///   - file: the name that errors carry.
  package static func parse(
    _ text: String, name: String, file: String
  ) -> Result<[SeriesRun], Diagnostic> {
    func problem(_ line: Int, _ message: String) -> Diagnostic {
      Diagnostic(at: SourceLocation(file: file, line: line, column: 1), message)
    }
    let lines: [(line: Int, fields: [String])]
    switch CSV.parse(text) {
    case .failure(let error): return .failure(problem(error.line, error.message))
    case .success(let parsed): lines = parsed
    }
    let tail = ["trial"] + Series.columns(of: name)
    guard let header = lines.first?.fields, header.starts(with: head),
      header.count >= head.count + tail.count, Array(header.suffix(tail.count)) == tail
    else {
      return .failure(
        problem(1, "not the header of a series: id, arm, the axes, \(tail.joined(separator: ", "))")
      )
    }
    let axes = header.dropFirst(head.count).dropLast(tail.count)
    let width = head.count + axes.count + 1
    var places: [String: Int] = [:]
    var found: [(key: [String], line: Int, rows: [[String]])] = []
    for line in lines.dropFirst() {
      guard line.fields.count == header.count else {
        return .failure(
          problem(line.line, "expected \(header.count) fields, found \(line.fields.count)"))
      }
      let (key, row) = (Array(line.fields[..<width]), Array(line.fields[width...]))
      guard Series(name: name, rows: [row]) != nil, Int(key[width - 1]) != nil else {
        return .failure(problem(line.line, "not a row of \(tail.joined(separator: ", "))"))
      }
      if let place = places[key[0]] {
        guard found[place].key == key else {
          return .failure(
            problem(
              line.line,
              "run \(key[0]) has another arm, axis or trial than on line "
                + "\(found[place].line)"))
        }
        found[place].rows.append(row)
      } else {
        places[key[0]] = found.count
        found.append((key, line.line, [row]))
      }
    }
    return .success(
      found.compactMap { run in
        guard let series = Series(name: name, rows: run.rows), let trial = Int(run.key[width - 1])
        else { return nil }
        let values = zip(axes, run.key[2...]).map { AxisValue(key: $0, value: $1) }
        return SeriesRun(
          id: run.key[0], arm: run.key[1], axes: values, trial: trial, series: series)
      })
  }
}
