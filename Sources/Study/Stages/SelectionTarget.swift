import Canonical

extension Selection {
  /// The template of the arm that `relativeTo` names, at the same combination of the axes, and the
  /// name of its hyper-parameter. Nil for a selection that is not relative, or to nothing.
  func target(
    among templates: [CellTemplate], beside template: CellTemplate
  ) -> (template: CellTemplate, name: String)? {
    guard let text = relativeTo?.stringValue else { return nil }
    // Names of arms and of hyper-parameters may both have dots in them.
    for other in templates
    where text.hasPrefix("\(other.armName).") && other.axes == template.axes {
      let name = String(text.dropFirst(other.armName.count + 1))
      if other.hyperparameterNames.contains(name) { return (other, name) }
    }
    return nil
  }
}
