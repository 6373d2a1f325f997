import Testing

@testable import Study

@Suite struct CSVTests {
  private func parse(_ text: String) throws -> [[String]] {
    try CSV.parse(text).get().map(\.fields)
  }

  @Test func `reads plain and quoted fields`() throws {
    #expect(
      try parse("a,b\r\n\"1,5\",\"say \"\"hi\"\"\"\n\"two\nlines\",\n")
        == [["a", "b"], ["1,5", "say \"hi\""], ["two\nlines", ""]])
    #expect(try parse("") == [])
    #expect(try parse("\n\n") == [])
    #expect(try parse("\"\"\n") == [[""]])
    #expect(try parse("a") == [["a"]])
    #expect(try parse(",\n") == [["", ""]])
  }

  @Test func `each row knows its line number`() throws {
    let rows = try CSV.parse("a\n\"b\nc\"\n\nd\n").get()
    #expect(rows.map(\.line) == [1, 2, 5])
  }

  @Test(arguments: [
    ["a", "b"], ["", ""], ["x,y", "\"", "\n", "\r\n", "é😀"], [" a ", "'"],
    ["=1+2", "+x", "-L2", "@SUM(A1)"], ["'=x", "''-y", "'a", "-1.5", "-inf", "+2"],
  ])
  func `written rows read back`(fields: [String]) throws {
    #expect(try parse(CSV.row(fields)) == [fields])
  }

  @Test func `broken quotes are errors`() {
    #expect(throws: CSV.Problem(line: 2, message: "a quote that is never closed")) {
      try CSV.parse("a\n\"b\nc").get()
    }
    #expect(throws: CSV.Problem(line: 1, message: "a quote in the middle of a field")) {
      try CSV.parse("a\"b\"").get()
    }
    #expect(throws: CSV.Problem(line: 1, message: "a quote in the middle of a field")) {
      try CSV.parse("\"a\"b").get()
    }
  }

  @Test
  func `text that a spreadsheet would compute gets an apostrophe, numbers do not`() {
    #expect(
      CSV.row(["=HYPERLINK(1)", "+x", "-L2", "@a", "-0.5", "-1e-9", "1", "–", "a=b"])
        == "'=HYPERLINK(1),'+x,'-L2,'@a,-0.5,-1e-9,1,–,a=b\n")
  }
}
