import Study

extension ResultTable {
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
