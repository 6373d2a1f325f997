#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif
import Canonical
import Testing

@testable import Study

/// Configs with mistakes, and the exact text that their authors get to see. With
/// `REGBENCH_RECORD=1` in the environment the texts are written anew, to be read before they are
/// committed.
@Suite struct BrokenConfigTests {
  private static let isRecording = getenv("REGBENCH_RECORD") != nil

  @Test(arguments: StudyFixture.names(in: StudyFixture.cases, ending: ".json"))
  func `each broken config gets the expected messages`(name: String) throws {
    let folder = StudyFixture.cases
    let result = StudySpec.load(file: name) { (file) throws(UnreadableFile) in
      try StudyFixture.read(folder + "/" + file)
    }
    guard case .failure(let error) = result else {
      Issue.record("\(name) was accepted")
      return
    }
    let golden = folder + "/" + name.dropLast(".json".count) + ".txt"
    if Self.isRecording, let file = fopen(golden, "wb") {
      fputs(error.text, file)
      fclose(file)
    }
    let expected = String(decoding: try StudyFixture.read(golden), as: UTF8.self)
    #expect(error.text == expected)
  }

  @Test func `there are at least as many cases as expected`() {
    #expect(StudyFixture.names(in: StudyFixture.cases, ending: ".json").count >= 60)
  }
}
