import Testing

@testable import regbench

@Suite struct TextColumnsTests {
  @Test func `text columns align words left and numbers right, without trailing spaces`() {
    var columns = TextColumns(["name", "count", "note"], leftAligned: [0, 2])
    columns.append(["a", "1,000", "x"])
    columns.append(["longer", "1", ""])
    #expect(columns.text == "name    count  note\na       1,000  x\nlonger      1\n")
  }
}
