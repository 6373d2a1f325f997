import Canonical

/// Builds every cell of a study once, so that no error is left for the time of training.
struct StudyCheck {
  let templates: [CellTemplate]
  let seed: UInt32
  let diagnostics: DiagnosticCollector

  /// Adds what is wrong to the diagnostics.
  func run() {
    for template in templates {
      guard checkCount(of: template), checkReferences(of: template) else { continue }
      checkValidation(of: template)
      for values in variants(of: template) {
        let collector = DiagnosticCollector()
        let cell = template.cell(.final, trial: 1, seed: seed, values: values, collector)
        let isReadable = !collector.hasErrors
        for diagnostic in collector.diagnostics { diagnostics.add(diagnostic) }
        if isReadable {
          CellCheck(cell: cell, document: template.filled(values), diagnostics: diagnostics).run()
        }
      }
    }
  }

  /// Every candidate of every selection occurs in one variant; not every combination does.
  private func variants(of template: CellTemplate) -> [[JSONValue]] {
    let columns = template.selections.map { selection in
      possible(selection, in: template).flatMap { base in
        selection.candidates(base: base, n: template.n)
      }
    }
    guard columns.allSatisfy({ !$0.isEmpty }) else { return [] }
    let first = columns.map { $0[0] }
    var variants = [first]
    for (index, column) in columns.enumerated() {
      for value in column.dropFirst() {
        var variant = first
        variant[index] = value
        variants.append(variant)
      }
    }
    return variants
  }

  /// What another arm may choose; one nil where a selection is not relative.
  private func possible(_ selection: Selection, in template: CellTemplate) -> [Double?] {
    guard let target = selection.target(among: templates, beside: template) else { return [nil] }
    let other = target.template
    guard let source = other.selections.first(where: { $0.name == target.name }) else {
      let stand = other.selections.map { _ in JSONValue.number(0.5) }
      return [other.hyperparameter(target.name, closedBy: stand)]
    }
    var seen: Set<Double> = []
    return possible(source, in: other).flatMap { base in
      source.candidates(base: base, n: other.n).compactMap(\.doubleValue)
    }.filter { seen.insert($0).inserted }
  }

  /// Whether every `relativeTo` names a value of another arm that does not wait for this
  /// one, and leaves a candidate whatever that arm chooses.
  private func checkReferences(of template: CellTemplate) -> Bool {
    var isSound = true
    for selection in template.selections {
      guard let relativeTo = selection.relativeTo else { continue }
      if selection.target(among: templates, beside: template) == nil {
        reportNoTarget(relativeTo, in: template)
        isSound = false
      } else if waitsForItself(template, path: []) {
        diagnostics.add(
          Diagnostic(
            at: relativeTo.location, "the selections of \"\(template.armName)\" wait for themselves"
          )
        )
        isSound = false
      } else if let base = possible(selection, in: template).first(where: {
        selection.candidates(base: $0, n: template.n).isEmpty
      }) {
        let chosen = base?.shortestText ?? "unknown"
        diagnostics.add(
          Diagnostic(
            at: selection.location,
            "no value stays between 0 and 1 if \(relativeTo.stringValue ?? "") is \(chosen)",
            advice: "add the offset 0"))
        isSound = false
      }
    }
    return isSound
  }

  private func reportNoTarget(_ relativeTo: JSONValue, in template: CellTemplate) {
    let others = templates.filter { $0.axes == template.axes && $0.armName != template.armName }
    let known = others.flatMap { arm in arm.hyperparameterNames.map { "\(arm.armName).\($0)" } }
    let message: String
    if let text = relativeTo.stringValue {
      message = "no arm has a value \"\(text)\""
    } else {
      message = "\"relativeTo\" must name an arm and its value, found \(relativeTo.kindName)"
    }
    diagnostics.add(
      Diagnostic(
        at: relativeTo.location, message,
        advice: Advice.among(known, insteadOf: relativeTo.stringValue ?? "")))
  }

  /// Whether the selections that a template's depend on, directly or not, go round in a circle.
  private func waitsForItself(_ template: CellTemplate, path: Set<String>) -> Bool {
    if path.contains(template.armName) { return true }
    return template.selections.contains { selection in
      selection.target(among: templates, beside: template).map {
        waitsForItself($0.template, path: path.union([template.armName]))
      } ?? false
    }
  }

  private func checkCount(of template: CellTemplate) -> Bool {
    let drawn = template.selections.filter(\.isDrawn)
    if let other = drawn.first(where: { $0.values.count != drawn[0].values.count }) {
      diagnostics.add(
        Diagnostic(
          at: other.location,
          "random search draws all values of an arm together: \(drawn[0].values.count) and "
            + "\(other.values.count) candidates do not go together"))
      return false
    }
    guard let last = template.selections.last,
      template.candidateLimit > CellTemplate.candidateMaximum
    else { return true }
    diagnostics.add(
      Diagnostic(
        at: last.location,
        "the selections of \"\(template.armName)\" have more than \(CellTemplate.candidateMaximum) "
          + "combinations"))
    return false
  }

  /// Choosing needs validation images.
  private func checkValidation(of template: CellTemplate) {
    guard let selection = template.selections.first, template.candidateLimit > 1,
      template.document["dataset"]?.members != nil,
      template.document["dataset"]?["validation"]?.intValue ?? 0 == 0
    else { return }
    diagnostics.add(
      Diagnostic(
        at: selection.location, "selection needs validation images",
        advice: "set \"dataset.validation\""))
  }
}
