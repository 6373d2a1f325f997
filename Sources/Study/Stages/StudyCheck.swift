import Canonical

/// Builds every cell of a study once, so that no error is left for the time of training.
struct StudyCheck {
  let templates: [CellTemplate]
  let seed: UInt32
  let selectOn: SelectionCriterion
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
  /// one, and leaves a candidate whatever that arm chooses, and every `notWorseThan` an arm.
  private func checkReferences(of template: CellTemplate) -> Bool {
    var isSound = checkRules(of: template)
    for selection in template.selections {
      guard let relativeTo = selection.relativeTo else { continue }
      if selection.target(among: templates, beside: template) == nil {
        reportNoTarget(selection, relativeTo, in: template)
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
            "no value stays between 0 and 1 if \(selection.targetText ?? "") is \(chosen)",
            advice: "add the offset 0"))
        isSound = false
      }
    }
    return isSound
  }

  private func checkRules(of template: CellTemplate) -> Bool {
    let rules = template.selections.compactMap(\.rule)
    if rules.count > 1 {
      diagnostics.add(
        Diagnostic(at: rules[1].location, "an arm chooses by one rule; this is its second"))
    }
    guard let rule = rules.first, let written = rule.notWorseThan else { return rules.count < 2 }
    let name = written.stringValue ?? ""
    guard let other = template.bound(among: templates), other.armName != template.armName else {
      let known = templates.filter {
        $0.axes == template.axes && $0.armName != template.armName && $0.candidateLimit > 1
      }.map(\.armName)
      diagnostics.add(
        Diagnostic(
          at: written.location, "\"notWorseThan\" names no other arm: \"\(name)\"",
          advice: Advice.among(known, insteadOf: name)))
      return false
    }
    guard other.candidateLimit > 1 else {
      diagnostics.add(
        Diagnostic(
          at: written.location,
          "\"\(name)\" chooses nothing, so that no validation error of it is known",
          advice: "name an arm that selects"))
      return false
    }
    return rules.count < 2
  }

  private func reportNoTarget(
    _ selection: Selection, _ relativeTo: JSONValue, in template: CellTemplate
  ) {
    let others = templates.filter { $0.axes == template.axes && $0.armName != template.armName }
    let known = others.flatMap { arm in arm.hyperparameterNames.map { "\(arm.armName).\($0)" } }
    let message: String
    if let text = selection.targetText {
      let place = relativeTo["at"].map { " at \($0.canonicalText)" } ?? ""
      message = "no arm has a value \"\(text)\"\(place)"
    } else {
      message = "\"relativeTo\" must name an arm and its value, found \(relativeTo.kindName)"
    }
    diagnostics.add(
      Diagnostic(
        at: relativeTo.location, message,
        advice: Advice.among(known, insteadOf: selection.targetText ?? "")))
  }

  /// Whether the selections that a template's depend on, directly or not, go round in a circle.
  private func waitsForItself(_ template: CellTemplate, path: Set<String>) -> Bool {
    if path.contains(template.key) { return true }
    return template.dependencies(among: templates).contains {
      waitsForItself($0, path: path.union([template.key]))
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

  /// Choosing needs validation images, unless it is an oracle's.
  private func checkValidation(of template: CellTemplate) {
    guard selectOn != .test, let selection = template.selections.first,
      template.candidateLimit > 1,
      template.document["dataset"]?.members != nil,
      template.document["dataset"]?["validation"]?.intValue ?? 0 == 0
    else { return }
    diagnostics.add(
      Diagnostic(
        at: selection.location, "selection needs validation images",
        advice: "set \"dataset.validation\""))
  }
}
