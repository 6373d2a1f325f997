import ArgumentParser
import Canonical

/// What the process says when it ends. The numbers are part of the interface: scripts rely on them.
enum ExitStatus: Int32, CaseIterable {
  case success = 0
  case cellsFailed = 1
  case comparisonFailed = 2
  case usage = 64
  case corruptData = 65
  case missingData = 66
  case unavailable = 69
  case bug = 70
  case cannotWrite = 74
  case interrupted = 75
  case stoppedAtOnce = 130

  /// What the number means, in a user's words.
  var meaning: String {
    switch self {
    case .success: "everything asked for is done (a diverged run is a result, too)"
    case .cellsFailed: "some runs failed; the others are recorded"
    case .comparisonFailed: "a comparison failed"
    case .usage: "the command line or a config is wrong"
    case .corruptData: "a file is damaged or is not what its name says"
    case .missingData: "a file or a data set is missing"
    case .unavailable: "this CPU or system lacks something that regbench needs"
    case .bug: "a bug in regbench"
    case .cannotWrite: "a result cannot be written"
    case .interrupted: "stopped; the same command carries on"
    case .stoppedAtOnce: "stopped at once by a second Ctrl-C"
    }
  }

  /// One line a code, for help texts.
  static var listing: String {
    allCases.map { status in
      let number = String(status.rawValue)
      let padding = String(repeating: " ", count: 5 - number.count)
      return "\(padding)\(number)  \(status.meaning)"
    }.joined(separator: "\n")
  }
}

extension ExitStatus {
  /// The code with which the program ends for a kind of error.
  init(_ kind: ErrorKind) {
    self =
      switch kind {
      case .usage: .usage
      case .corrupt: .corruptData
      case .missing: .missingData
      case .unavailable: .unavailable
      case .unwritable: .cannotWrite
      case .bug: .bug
      }
  }

  /// What a command throws to end with this code after it has said why.
  var exitCode: ExitCode { ExitCode(rawValue) }
}
