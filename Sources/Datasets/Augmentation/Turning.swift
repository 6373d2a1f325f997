import Glibc

extension WorkingImage {
  /// Turns the image counter-clockwise about its centre; each pixel takes the nearest one.
  func rotate(degrees: Double, _ outside: Outside) {
    let angle = degrees * .pi / 180
    let (sine, cosine) = (sin(angle), cos(angle))
    let (middle, centre) = (Double(height) / 2, Double(width) / 2)
    resample(outside) { row, column in
      let y = Double(row) + 0.5 - middle
      let x = Double(column) + 0.5 - centre
      return (
        Int((sine * x + cosine * y + middle).rounded(.down)),
        Int((cosine * x - sine * y + centre).rounded(.down))
      )
    }
  }

  /// Moves the image: each pixel takes the one `down` and `right` of it.
  func translate(down: Double, right: Double, _ outside: Outside) {
    let rows = Int((down + 0.5).rounded(.down))
    let columns = Int((right + 0.5).rounded(.down))
    resample(outside) { ($0 &+ rows, $1 &+ columns) }
  }

  /// Moves each column by `slope` times its distance from the left border.
  func shearRows(slope: Double, _ outside: Outside) {
    resample(outside) { row, column in
      (Int((Double(row) + 0.5 + slope * (Double(column) + 0.5)).rounded(.down)), column)
    }
  }
}
