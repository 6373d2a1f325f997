import Study

extension ResultTable {
  /// Half the width of the widest 95 % t interval among the means that the tables show first; nil
  /// while any of them has fewer than two finite runs.
  package var widestHalfWidth: Double? {
    var widest = 0.0
    for group in groups {
      let section = section(of: group)
      let values = group.runs.filter { !$0.diverged }
        .compactMap { $0.value(of: section?.metric ?? .testError, section?.selection ?? .last) }
        .filter(\.isFinite)
      guard let interval = MeanInterval(of: values, confidence: 0.95) else { return nil }
      widest = max(widest, interval.halfWidth)
    }
    return groups.isEmpty ? nil : widest
  }

  /// The first table that holds a group.
  func section(of group: ResultGroup) -> ResultSection? {
    guard let mapping = study.reproduces.first(where: { $0.covers(group) }) else {
      return sections.first {
        $0.paper == nil && $0.published == nil && $0.metric == group.metrics.first
      }
    }
    return sections.first {
      $0.published?.table == mapping.table && $0.paper?.paper == mapping.paper
    }
  }
}
