import Glibc
import Testing

@testable import Report

@Suite struct MarkColourTests {
  /// Relative luminance of `#rrggbb` (WCAG 2.2).
  private func luminance(_ colour: Substring) throws -> Double {
    let number = try #require(Int(colour.dropFirst(), radix: 16))
    let channels = [16, 8, 0].map { shift -> Double in
      let share = Double(number >> shift & 255) / 255
      return share <= 0.04045 ? share / 12.92 : pow((share + 0.055) / 1.055, 2.4)
    }
    return 0.2126 * channels[0] + 0.7152 * channels[1] + 0.0722 * channels[2]
  }

  @Test(arguments: [false, true])
  func `text has enough contrast with its background`(isDark: Bool) throws {
    let values = MarkColour.variables(isDark: isDark).split(separator: ";")
    #expect(values.count == 2 * MarkColour.allCases.count)
    for pair in 0..<values.count / 2 {
      let colours = try values[2 * pair...(2 * pair + 1)].map {
        try luminance($0.drop { $0 != "#" })
      }
      let contrast = ((colours.max() ?? 0) + 0.05) / ((colours.min() ?? 0) + 0.05)
      #expect(contrast >= 4.5, "\(values[2 * pair]): \(contrast)")
    }
  }

  @Test func `figures have the colours of pages`() {
    for isDark in [false, true] {
      for value in MarkColour.variables(isDark: isDark).split(separator: ";") {
        #expect(MarkColour.markStyle.contains(value.drop { $0 != "#" }))
      }
    }
  }
}
