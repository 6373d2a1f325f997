/// What kind of trouble an error is; the exit code of the program follows from it.
package enum ErrorKind: Sendable {
  /// The command line or a config asks for something that cannot be.
  case usage
  /// A file is damaged, or is not what its name says.
  case corrupt
  /// A file or a data set is missing, or may not be read.
  case missing
  /// The system lacks something: memory, processes, a library.
  case unavailable
  /// A file or a folder cannot be written.
  case unwritable
  /// The program contradicts itself.
  case bug
}

/// An error that a user reads.
package protocol ReportedError: Error {
  var kind: ErrorKind { get }
  /// What is wrong and where, in one sentence without a full stop.
  var message: String { get }
  /// What to do, without a full stop.
  var advice: String? { get }
  /// Whether `message` is what `DiagnosticPrinter` makes: lines that are shown as they are.
  var isPrinted: Bool { get }
}

extension ReportedError {
  package var isPrinted: Bool { false }
}
