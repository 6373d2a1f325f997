import Canonical
import Testing

@testable import Study

/// The configs of the repository.
@Suite struct ConfigsTests {
  @Test(arguments: StudyFixture.names(in: StudyFixture.repository + "/configs", ending: ".json"))
  func `every config is sound in every profile`(name: String) throws {
    let study = try StudyFixture.config(name).printingErrors()
    #expect("\(study.name).json" == name)
    for profile in study.profiles {
      let study = try StudyFixture.config(name, profile: profile).printingErrors()
      #expect(study.warnings.isEmpty)
    }
  }
}

/// The configs of studies that no paper has.
@Suite struct BeyondConfigsTests {
  @Test(
    arguments: StudyFixture.names(
      in: StudyFixture.repository + "/configs/beyond", ending: ".json"))
  func `every config is sound in every profile`(name: String) throws {
    let study = try StudyFixture.config("beyond/\(name)").printingErrors()
    #expect("\(study.name).json" == name)
    #expect(study.reproduces.isEmpty)
    #expect(Set(study.profiles).isSuperset(of: ["smoke", "desk"]))
    for profile in study.profiles {
      _ = try StudyFixture.config("beyond/\(name)", profile: profile).printingErrors()
    }
  }
}

extension Result where Success == StudySpec, Failure == InvalidStudy {
  /// The study; its errors become the test's message.
  func printingErrors() throws -> StudySpec {
    if case .failure(let error) = self { Issue.record("\(error.text)") }
    return try get()
  }
}
