import Canonical

extension Selection {
  /// The arm and hyper-parameter that the selection is relative to, as one text; nil for one that is
  /// not relative.
  var targetText: String? {
    relativeTo?.stringValue ?? relativeTo?["value"]?.stringValue
  }

  /// The template of the arm that `relativeTo` names, and the name of its hyper-parameter: at the same
  /// combination of the axes, apart from those that `at` gives. Nil for a selection that is not
  /// relative, or to nothing.
  func target(
    among templates: [CellTemplate], beside template: CellTemplate
  ) -> (template: CellTemplate, name: String)? {
    guard let text = targetText else { return nil }
    let axes = self.axes(beside: template)
    // Names of arms and of hyper-parameters may both have dots in them.
    for other in templates where text.hasPrefix("\(other.armName).") && other.axes == axes {
      let name = String(text.dropFirst(other.armName.count + 1))
      if other.hyperparameterNames.contains(name) { return (other, name) }
    }
    return nil
  }

  private func axes(beside template: CellTemplate) -> [AxisValue] {
    guard let changes = relativeTo?["at"] else { return template.axes }
    return template.axes.map { axis in
      let change = changes[axis.key] ?? (axis.key == "trainSize" ? changes["n"] : nil)
      return change.map { AxisValue(key: axis.key, value: Axis.displayName(of: $0)) } ?? axis
    }
  }
}
