import TestSupport
import Testing

@testable import Engine

/// Tiles of eight channels against sums over windows, and each way back against the way there.
@Suite struct WinogradTransformsTests {
  private typealias Tile = [Float]

  private static func numbers(_ count: Int, _ name: String) -> Tile {
    TestNumbers.uniform(count * 8, name).map(Float.init)
  }

  private func transformed(
    _ count: Int, _ body: (UnsafeMutablePointer<Float>, UnsafeMutablePointer<Float>) -> Void
  ) -> Tile {
    var (room, result) = (
      Tile(repeating: 0, count: WinogradTransform.roomFloats), Tile(repeating: 0, count: count * 8)
    )
    room.withUnsafeMutableBufferPointer { room in
      result.withUnsafeMutableBufferPointer { result in
        guard let room = room.baseAddress, let result = result.baseAddress else { return }
        body(room, result)
      }
    }
    return result
  }

  private func inputs(_ d: Tile) -> Tile {
    transformed(36) { WinogradTransform.input(d, row: 48, column: 8, room: $0, to: $1, step: 8) }
  }

  private func outputs(_ m: Tile) -> Tile {
    transformed(16) { room, y in
      WinogradTransform.output(m, step: 8, room: room) { row, column, values in
        store(values, y + (row * 4 + column) * 8)
      }
    }
  }

  private func filters(_ g: Tile) -> Tile {
    transformed(36) { WinogradTransform.filter(g, tap: 8, room: $0, to: $1, step: 8) }
  }

  private func dot(_ a: Tile, _ b: Tile) -> Double {
    zip(a, b).reduce(0) { $0 + Double($1.0) * Double($1.1) }
  }

  @Test func `tiles are sums over windows`() {
    let (d, g) = (Self.numbers(36, "inputs"), Self.numbers(9, "filter"))
    let y = outputs(zip(inputs(d), filters(g)).map { $0 * $1 })
    for row in 0..<4 {
      for column in 0..<4 {
        for channel in 0..<8 {
          var sum = 0.0
          for tap in 0..<9 {
            let place = (row + tap / 3) * 6 + column + tap % 3
            sum += Double(d[place * 8 + channel]) * Double(g[tap * 8 + channel])
          }
          #expect(abs(Double(y[(row * 4 + column) * 8 + channel]) - sum) < 2e-5)
        }
      }
    }
  }

  /// ⟨T·a, b⟩ = ⟨a, Tᵀ·b⟩ for each transform T.
  @Test func `the ways back are adjoint`() {
    let (d, points) = (Self.numbers(36, "inputs"), Self.numbers(36, "points"))
    let back = transformed(36) {
      WinogradTransform.addInputAdjoint(points, step: 8, room: $0, to: $1, row: 48, column: 8)
    }
    #expect(abs(dot(inputs(d), points) - dot(d, back)) < 1e-3)

    let y = Self.numbers(16, "outputs")
    let up = transformed(36) {
      WinogradTransform.outputAdjoint(y, row: 32, column: 8, room: $0, to: $1, step: 8)
    }
    #expect(abs(dot(outputs(points), y) - dot(points, up)) < 1e-3)

    let g = Self.numbers(9, "filter")
    let taps = transformed(9) { room, taps in
      WinogradTransform.filterAdjoint(room: room, to: taps, tap: 8) { point in
        points.withUnsafeBufferPointer { buffer in
          buffer.baseAddress.map { load($0 + point * 8) } ?? .zero
        }
      }
    }
    #expect(abs(dot(filters(g), points) - dot(g, taps)) < 1e-3)
  }
}
