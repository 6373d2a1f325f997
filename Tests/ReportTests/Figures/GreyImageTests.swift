import Testing

@testable import Report

@Suite struct GreyImageTests {
  @Test func `the file is what another program writes`() {
    var image = GreyImage(width: 2, height: 2, grey: 0)
    image.put([0, 128, 255, 7], width: 2, row: 0, column: 0)
    // Made with Python's zlib and struct: a stored block with its check sums.
    let file =
      "iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAAAAABX3VL4AAAAEUlEQVR4AQEG"
      + "APn/AACAAP8HBAsBhzNxtKwAAAAASUVORK5CYII="
    #expect(image.address == "data:image/png;base64,\(file)")
  }

  @Test func `tiles are at their places`() {
    var image = GreyImage(width: 4, height: 3, grey: 9)
    image.put([1, 2], width: 1, row: 1, column: 3)
    #expect(image.pixels == [9, 9, 9, 9, 9, 9, 9, 1, 9, 9, 9, 2])
  }

  @Test func `a large picture needs several blocks`() {
    let file = GreyImage(width: 300, height: 300, grey: 3).file
    #expect(file.count > 90_300)
  }
}
